package io.facelogin.infra.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.facelogin.infra.SharedData;
import io.facelogin.infra.rest.SiteConnection;
import io.facelogin.infra.site.Site;
import io.facelogin.infra.site.SiteSettings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Clips of real people played as site cameras, a few at a time, at their own pace. */
class ClipsAsCamerasIT {

  private static final int AT_ONCE = 4;
  private static final Duration PATIENCE = Duration.ofSeconds(45);

  @TempDir static Path folder;

  @Test
  void camerasNameWhoIsEnrolledAndNeverSomebodyElse() throws Exception {
    Path video = SharedData.folder("video");
    Path data = folder.resolve("data");
    try (Site site = Site.start(SiteSettings.onAnyPort(data))) {
      var connection = new SiteConnection(site.url(), site.runToken(), java.util.Optional.empty());
      Map<Path, String> owners = new LinkedHashMap<>();
      for (Path person : sorted(video.resolve("people"))) {
        String name = String.valueOf(person.getFileName());
        List<Path> clips = sorted(person);
        Run run =
            Run.of("enrol", "--data", data.toString(), "--name", name, clips.get(0).toString());
        assertThat(run.exitCode()).as(run.toString()).isZero();
        clips.subList(1, clips.size()).forEach(clip -> owners.put(clip, name));
      }
      int clips = owners.size();
      sorted(video.resolve("strangers")).forEach(clip -> owners.put(clip, ""));

      int named = 0;
      List<Path> all = List.copyOf(owners.keySet());
      for (int from = 0; from < all.size(); from += AT_ONCE) {
        List<Path> batch = all.subList(from, Math.min(from + AT_ONCE, all.size()));
        Map<Path, Set<String>> names = play(connection, batch, owners);
        for (Path clip : batch) {
          String owner = String.valueOf(owners.get(clip));
          Set<String> seen = names.getOrDefault(clip, Set.of());
          assertThat(seen).as(clip.toString()).isSubsetOf(owner);
          named += seen.isEmpty() ? 0 : 1;
        }
      }
      assertThat(named).as("of " + clips).isGreaterThanOrEqualTo(clips * 9 / 10);
    }
  }

  /** The names that were said in each clip. */
  private static Map<Path, Set<String>> play(
      SiteConnection site, List<Path> clips, Map<Path, String> owners) throws Exception {
    Map<Path, String> cameras = new LinkedHashMap<>();
    for (Path clip : clips) {
      String id = String.valueOf(clip.getFileName()).replaceAll("[^A-Za-z0-9-]", "-");
      site.post(
          "/cameras", Map.of("id", id, "name", id, "address", clip.toString(), "minFacePx", 40));
      cameras.put(clip, id);
    }
    Map<Path, Set<String>> names = new LinkedHashMap<>();
    Instant begin = Instant.now();
    for (Path clip : clips) {
      String id = String.valueOf(cameras.get(clip));
      Duration left = PATIENCE.minus(Duration.between(begin, Instant.now()));
      boolean stranger = String.valueOf(owners.get(clip)).isEmpty();
      try {
        Awaitility.await()
            .atMost(left.isNegative() ? Duration.ofSeconds(1) : left)
            .pollInterval(Duration.ofMillis(500))
            .until(() -> stranger ? wasDecided(site, id) : !names(site, id).isEmpty());
      } catch (ConditionTimeoutException e) {
        // Not named: the share of those is held against its bound.
      }
    }
    for (Path clip : clips) {
      String id = String.valueOf(cameras.get(clip));
      names.put(clip, names(site, id));
      site.delete("/cameras/" + id);
    }
    return names;
  }

  private static boolean wasDecided(SiteConnection site, String camera) throws Exception {
    for (JsonNode decision : decisions(site, camera)) {
      if (decision.path("framesUsed").asInt() > 0) {
        return true;
      }
    }
    return false;
  }

  private static Set<String> names(SiteConnection site, String camera) throws Exception {
    Set<String> names = new TreeSet<>();
    for (JsonNode decision : decisions(site, camera)) {
      if (decision.path("outcome").asString("").equals("ACCEPTED")) {
        names.add(decision.path("person").path("name").asString(""));
      }
    }
    return names;
  }

  private static List<JsonNode> decisions(SiteConnection site, String camera) throws Exception {
    List<JsonNode> list = new ArrayList<>();
    site.get("/decisions?camera=" + camera).path("decisions").forEach(list::add);
    return list;
  }

  private static List<Path> sorted(Path directory) throws Exception {
    try (var content = Files.list(directory)) {
      return content.filter(path -> !path.toString().endsWith(".csv")).sorted().toList();
    }
  }
}
