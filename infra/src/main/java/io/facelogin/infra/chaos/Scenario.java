package io.facelogin.infra.chaos;

import java.time.Duration;

/**
 * Something that happens to a site.
 *
 * @param name the word on the command line
 * @param fault what happens, in the words of the table
 * @param act makes it happen, and ends it
 */
record Scenario(String name, String fault, Act act) {

  /** Makes the fault, looks while it lasts, ends it, and waits until the site serves again. */
  @FunctionalInterface
  interface Act {
    Observation happenTo(RehearsalSite site, Residents residents) throws Exception;
  }

  /**
   * @param meanwhile what was seen while it lasted
   * @param recovery from the end of the fault until people were recognised again
   */
  record Observation(String meanwhile, Duration recovery) {}
}
