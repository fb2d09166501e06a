package io.facelogin.infra.doctor;

import io.facelogin.contract.v1.Reason;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** What a running site tells about itself that somebody should see to. */
final class SiteRisks {

  private static final String NAME = "risk";
  private static final Duration BACKUP_EVERY = Duration.ofDays(7);
  private static final Duration SOON = Duration.ofDays(14);

  /** Rounding on its way through JSON is no miss. */
  private static final double MISSED = 1.01;

  private SiteRisks() {}

  /**
   * @param state as {@code /backups} has it
   */
  static List<Check> backups(JsonNode state, Instant now) {
    List<Check> found = new ArrayList<>();
    Optional<Instant> last = state.path("lastMadeAt").asStringOpt().map(Instant::parse);
    if (last.isEmpty()) {
      found.add(
          Check.risk(
              NAME,
              "there is no backup: a lost disk is the end of this site. Make one each day:"
                  + " face-login backup FILE, on another disk"));
    } else if (last.get().plus(BACKUP_EVERY).isBefore(now)) {
      found.add(
          Check.risk(
              NAME,
              "the last backup is "
                  + Duration.between(last.get(), now).toDays()
                  + " days old: whoever was enrolled since is lost with the disk. face-login backup"
                  + " FILE"));
    }
    for (var fault : state.path("faults").properties()) {
      found.add(
          Check.risk(
              NAME,
              "the backups in "
                  + fault.getKey()
                  + " cannot be told who is erased ("
                  + fault.getValue().asString("")
                  + "): whoever is comes back with them. Make the folder writable again, or delete"
                  + " those backups and make one elsewhere"));
    }
    return found;
  }

  /**
   * @param tokens as {@code /tokens} has them
   */
  static List<Check> tokens(JsonNode tokens, Instant now) {
    List<Check> found = new ArrayList<>();
    for (JsonNode token : tokens) {
      if (!token.path("state").asString("").equals("VALID")
          || token.path("administratorLink").asBoolean(false)) {
        continue;
      }
      String name = "the token \"" + token.path("name").asString("") + "\"";
      Optional<Instant> expires = token.path("expiresAt").asStringOpt().map(Instant::parse);
      if (expires.isEmpty()) {
        found.add(
            Check.risk(
                NAME,
                name
                    + " never expires: whoever finds it in a year can use it. Make one with --days"
                    + " instead, then face-login token revoke "
                    + token.path("id").asString("")));
      } else if (expires.get().isBefore(now.plus(SOON))) {
        found.add(
            Check.risk(
                NAME,
                name
                    + " expires at "
                    + expires.get()
                    + ", and what uses it stops then: face-login token create"));
      }
    }
    return found;
  }

  /**
   * @param decisions as {@code /decisions} has them, newest first
   * @param wantedFpir of the settings
   */
  static List<Check> recognition(JsonNode decisions, double wantedFpir) {
    for (JsonNode decision : decisions.path("decisions")) {
      int people = decision.path("galleryPeople").asInt(0);
      double fpir = decision.path("fpir").asDouble(0);
      boolean outOfReach =
          decision
              .path("reasons")
              .valueStream()
              .anyMatch(reason -> reason.asString("").equals(Reason.FPIR_OUT_OF_REACH.name()));
      if (people == 0) {
        continue;
      }
      return fpir > wantedFpir * MISSED || outOfReach
          ? List.of(
              Check.risk(
                  NAME,
                  "with "
                      + people
                      + " people the wanted FPIR "
                      + wantedFpir
                      + " is out of reach (now "
                      + "%.1e".formatted(fpir)
                      + "): choose an encoder that tells people apart better (--model, face-login"
                      + " models list), or enrol fewer people at this site"))
          : List.of();
    }
    return List.of();
  }
}
