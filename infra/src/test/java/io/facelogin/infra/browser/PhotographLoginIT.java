package io.facelogin.infra.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static java.nio.file.StandardCopyOption.REPLACE_EXISTING;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import io.facelogin.infra.SharedData;
import io.facelogin.infra.cli.Run;
import io.facelogin.infra.site.Site;
import io.facelogin.infra.site.SiteSettings;
import io.facelogin.infra.stages.PipelineSettings;
import io.facelogin.models.liveness.LivenessSettings;
import io.facelogin.models.liveness.LivenessSettings.Rule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/**
 * Photographs of an enrolled person held before the camera of the log-in page: at a site with the
 * settings that a site has by default, and at one that asks for no acts, where nothing but the
 * passive check stands between a photograph and the door.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class PhotographLoginIT {

  private static final String NAME = "Alex Example";
  private static final int TRIES = 20;

  /** More would make each other slow on two cores. */
  private static final int AT_ONCE = 2;

  /** Longer than a site with its own settings looks before it asks for acts. */
  private static final Duration LOOK = Duration.ofSeconds(5);

  private static final double PATIENCE_MS = 120_000;

  @TempDir private static Path folder;

  private static List<Path> photographs;
  private static Path clips;
  private static Site site;

  @BeforeAll
  static void enrolSomebody() throws Exception {
    Chromium.assumePresent();
    clips = SharedData.folder("video/people/l");
    photographs = new ArrayList<>(FakeCamera.stills(clips.resolve("l1.mp4"), TRIES / 2, folder));
    photographs.addAll(FakeCamera.stills(clips.resolve("l2.mp4"), TRIES / 2, folder));
    site = Site.start(settings(LivenessSettings.defaults()));
    List<String> enrol = new ArrayList<>(List.of("enrol", "--name", NAME));
    photographs.subList(0, 3).forEach(photograph -> enrol.add(photograph.toString()));
    Run enrolled = run(enrol);
    assertThat(enrolled.exitCode()).as(enrolled.toString()).isZero();
  }

  @AfterAll
  static void closeTheSite() {
    if (site != null) {
      site.close();
    }
  }

  private static SiteSettings settings(LivenessSettings liveness) {
    Path weights = SharedData.folder("weights");
    return SiteSettings.onAnyPort(folder.resolve("data"))
        .withPipeline(
            PipelineSettings.defaults().withLiveness(liveness).withWeightsFrom(weights.toString()));
  }

  private static Run run(List<String> words) throws Exception {
    List<String> all = new ArrayList<>(words);
    all.addAll(List.of("--data", folder.resolve("data").toString()));
    return Run.of(all.toArray(String[]::new));
  }

  /** Else it would be no merit to turn them away. */
  @Test
  @Order(1)
  void eachPhotographAsAPictureIsRecognised() throws Exception {
    List<String> identify = new ArrayList<>(List.of("identify", "--json"));
    photographs.forEach(photograph -> identify.add(photograph.toString()));
    Run identified = run(identify);
    assertThat(identified.exitCode()).as(identified.toString()).isZero();
    assertThat(identified.json()).hasSize(TRIES);
    assertThat(identified.json())
        .allMatch(one -> one.get("person").get("name").asString().equals(NAME));
  }

  @Test
  @Order(2)
  void livingPersonIsWelcomedWithoutBeingAskedForAnything() throws Exception {
    Path living = FakeCamera.ofClip(clips.resolve("l2.mp4"), folder);
    try (Chromium chromium = new Chromium(living, 800, 800)) {
      Page page = chromium.open(at(site));
      assertThat(page.locator("#result.good h2")).hasText("Welcome, " + NAME, patiently());
      chromium.assertNoComplaints();
    }
  }

  @Test
  @Order(3)
  void photographIsAskedForActsAndCannotDoThem() throws Exception {
    Path camera = FakeCamera.ofStill(photographs.get(5), TRIES, folder);
    try (Chromium chromium = new Chromium(camera, 480, 640)) {
      Page page = chromium.open(at(site));
      assertThat(page.locator("#challenge")).isVisible(visiblyPatient());
      assertThat(page.locator("#challenge-acts li")).hasCount(2);
      assertThat(page.locator("#result.bad"))
          .containsText(
              "What was asked for was not done",
              new LocatorAssertions.ContainsTextOptions().setTimeout(PATIENCE_MS));
      chromium.assertNoComplaints();
    }
  }

  @Test
  @Order(4)
  void photographIsRefusedInEachOfTwentyTriesByHowItLooksAlone() throws Exception {
    site.close();
    site =
        Site.start(
            settings(LivenessSettings.defaults().withChallenge(Rule.OFF).withPatience(LOOK)));
    ExecutorService visitors = Executors.newFixedThreadPool(AT_ONCE);
    try {
      List<Callable<List<String>>> shares = new ArrayList<>();
      for (int visitor = 0; visitor < AT_ONCE; visitor++) {
        int first = visitor;
        shares.add(() -> answers(first));
      }
      List<String> answers = new ArrayList<>();
      for (Future<List<String>> share : visitors.invokeAll(shares)) {
        answers.addAll(share.get());
      }
      assertThat(answers)
          .hasSize(TRIES)
          .allMatch(answer -> answer.startsWith("Refused"))
          .allMatch(answer -> answer.contains("It may not have been a living face"));
    } finally {
      visitors.shutdownNow();
    }
  }

  /** What the page says to every second photograph or so, one after the other in one browser. */
  private static List<String> answers(int first) throws IOException {
    List<String> answers = new ArrayList<>();
    Path camera = FakeCamera.ofStill(photographs.get(first), first, folder);
    try (Chromium chromium = new Chromium(camera, 480, 640)) {
      for (int i = first; i < TRIES; i += AT_ONCE) {
        // The browser opens the file anew whenever a page asks for the camera.
        Files.move(FakeCamera.ofStill(photographs.get(i), i, folder), camera, REPLACE_EXISTING);
        answers.add(judgedAnswer(chromium));
      }
    }
    return answers;
  }

  /**
   * What the page says at the end of a try. On a busy machine the check may be late: that is a
   * refusal too, but one that says nothing of the photograph, so it is held up again.
   */
  private static String judgedAnswer(Chromium chromium) {
    String answer = answer(chromium);
    for (int again = 0; answer.contains("A required check gave no answer") && again < 2; again++) {
      answer = answer(chromium);
    }
    return answer;
  }

  private static String answer(Chromium chromium) {
    try (Page page = chromium.open(at(site))) {
      Locator result = page.locator("#result");
      assertThat(result).isVisible(visiblyPatient());
      return result.textContent();
    }
  }

  private static String at(Site site) {
    return site.url().toString().replace("127.0.0.1", "localhost") + "/";
  }

  private static LocatorAssertions.HasTextOptions patiently() {
    return new LocatorAssertions.HasTextOptions().setTimeout(PATIENCE_MS);
  }

  private static LocatorAssertions.IsVisibleOptions visiblyPatient() {
    return new LocatorAssertions.IsVisibleOptions().setTimeout(PATIENCE_MS);
  }
}
