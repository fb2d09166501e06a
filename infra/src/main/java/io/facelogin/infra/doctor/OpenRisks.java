package io.facelogin.infra.doctor;

import io.facelogin.contract.kafka.Retention;
import io.facelogin.infra.site.SiteKeys;
import io.facelogin.models.store.ModelStore;
import io.facelogin.models.store.StoredModel;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the present configuration leaves open, with what to do about it. A RISK is a way in, or a
 * way to read what is nobody else's; a note is a choice that somebody should have made.
 */
public final class OpenRisks {

  private static final String NAME = "risk";
  private static final double USUAL_FPIR = 0.001;
  private static final int FIRST_PERSON_UID = 1000;
  private static final int NOBODY_UID = 65_534;

  private final Path data;
  private final Map<String, String> settings;
  private final List<Check> found = new ArrayList<>();

  /**
   * @param settings what a site runs with, or would, by the names of the options of `up`; those
   *     that are off are not in it
   */
  public OpenRisks(Path data, Map<String, String> settings) {
    this.data = data;
    this.settings = settings;
  }

  /** One line if there are none. */
  public List<Check> all() {
    liveness();
    network();
    threshold();
    people();
    machine();
    keys();
    return found.isEmpty() ? List.of(Check.fine(NAME, "none that a setting leaves open")) : found;
  }

  private void liveness() {
    boolean challenge = !is("challenge", "off");
    if (is("attack-check", "off")) {
      found.add(
          challenge && is("challenge", "always")
              ? Check.note(
                  NAME,
                  "the check against photographs is off, the challenge alone guards a login: set"
                      + " --attack-check required")
              : Check.risk(
                  NAME,
                  "a photograph opens the door: set --attack-check required, or --challenge"
                      + " always"));
    } else if (!attackNetworksAreHere()) {
      found.add(
          challenge
              ? Check.note(
                  NAME,
                  "the weights of the attack check are not here, so a login must follow a"
                      + " challenge: face-login models fetch minifasnet")
              : Check.risk(
                  NAME,
                  "the weights of the attack check are not here and --challenge is off, so nobody"
                      + " can log in: face-login models fetch minifasnet, or --challenge auto"));
    }
    if (is("attack-check-cameras", "off")) {
      found.add(
          Check.note(
              NAME,
              "site cameras name a photograph too: set --attack-check-cameras required where a name"
                  + " on a camera opens anything"));
    }
    if (is("stills", "allow")) {
      found.add(
          Check.note(
              NAME,
              "single pictures over REST cannot be checked for life: --stills refuse, unless"
                  + " whoever has a token may be trusted with that"));
    }
  }

  private boolean attackNetworksAreHere() {
    List<StoredModel> networks =
        new ModelStore(data.resolve("models"))
            .list().stream()
                .filter(model -> model.manifest().id().value().startsWith("minifasnet"))
                .toList();
    return !networks.isEmpty()
        && networks.stream()
            .allMatch(
                model ->
                    model.state() == StoredModel.State.PACKAGED
                        || model.state() == StoredModel.State.PRESENT);
  }

  private void network() {
    String host = settings.getOrDefault("host", "127.0.0.1");
    if (isLoopback(host)) {
      return;
    }
    if (!settings.containsKey("tls-cert") && !settings.containsKey("tls-self-signed")) {
      found.add(
          Check.risk(
              NAME,
              "pages are served at "
                  + host
                  + " without TLS: pictures and tokens can be read on the way. Set --tls-cert, or"
                  + " put a proxy with TLS before it and serve at 127.0.0.1"));
    }
  }

  private static boolean isLoopback(String host) {
    try {
      return InetAddress.getByName(host).isLoopbackAddress();
    } catch (UnknownHostException e) {
      return false;
    }
  }

  private void threshold() {
    number("fpir")
        .filter(fpir -> fpir > USUAL_FPIR)
        .ifPresent(
            fpir ->
                found.add(
                    Check.risk(
                        NAME,
                        "one stranger in "
                            + Math.round(1 / fpir)
                            + " tracks may be taken for somebody enrolled: lower --fpir to 0.001 or"
                            + " less")));
  }

  /** Who may enrol, and how long is kept what they leave. */
  private void people() {
    if (is("enrolment", "visitors")) {
      String text =
          "whoever reaches the pages may enrol: set --enrolment operators, unless enrolling opens"
              + " nothing";
      found.add(
          isLoopback(settings.getOrDefault("host", "127.0.0.1"))
              ? Check.note(NAME, text)
              : Check.risk(NAME, text));
    }
    Retention defaults = Retention.defaults();
    if (number("keep-decisions").equals(Optional.of((double) defaults.decisions().toDays()))
        && number("keep-faces").equals(Optional.of((double) defaults.faces().toDays()))) {
      found.add(
          Check.note(
              NAME,
              "decisions are kept 30 days and faces a day because nobody has said otherwise: choose"
                  + " --keep-decisions and --keep-faces as your privacy policy has them"));
    }
  }

  /** The embedded broker asks nobody for a password. */
  private void machine() {
    long people;
    try (var users = Files.lines(Path.of("/etc/passwd"))) {
      people =
          users
              .map(line -> line.split(":"))
              .filter(cells -> cells.length > 6)
              .filter(cells -> !cells[6].endsWith("nologin") && !cells[6].endsWith("false"))
              .mapToInt(cells -> Integer.parseInt(cells[2]))
              .filter(uid -> uid >= FIRST_PERSON_UID && uid < NOBODY_UID)
              .count();
    } catch (IOException | NumberFormatException e) {
      return;
    }
    if (people > 1) {
      found.add(
          Check.risk(
              NAME,
              people
                  + " people can log in to this machine, and each can read and write the topics of"
                  + " the embedded broker, which asks for no password. Run the site on a machine of"
                  + " its own, or workers on a Kafka with access rules (infra/README.md)"));
    }
  }

  private void keys() {
    if (!settings.containsKey("master-key-file")
        && System.getenv("FACE_LOGIN_MASTER_KEY") == null
        && Files.exists(SiteKeys.file(data))) {
      found.add(
          Check.note(
              NAME,
              "the master key lies beside the data it seals: whoever takes the whole disk can open"
                  + " them. Keep it elsewhere with --master-key-file (a mounted secret, another"
                  + " disk)"));
    }
  }

  private boolean is(String key, String value) {
    return settings.getOrDefault(key, "").equalsIgnoreCase(value);
  }

  private Optional<Double> number(String key) {
    try {
      return Optional.ofNullable(settings.get(key)).map(Double::valueOf);
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }
}
