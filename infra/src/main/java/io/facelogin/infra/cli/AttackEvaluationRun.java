package io.facelogin.infra.cli;

import io.facelogin.contract.json.AttackEvaluation;
import io.facelogin.infra.OutsideMissingException;
import io.facelogin.infra.evaluation.UnusablePairFileException;
import io.facelogin.infra.evaluation.attack.AttackPlot;
import io.facelogin.infra.evaluation.attack.Judged;
import io.facelogin.infra.evaluation.attack.Presentation;
import io.facelogin.infra.evaluation.attack.PresentationFile;
import io.facelogin.infra.evaluation.attack.PresentationJudge;
import io.facelogin.models.FaceFinder;
import io.facelogin.models.align.AlignmentTemplate;
import io.facelogin.models.align.FaceAligner;
import io.facelogin.models.liveness.LivenessSettings;
import io.facelogin.models.manifest.UnusableManifestException;
import io.facelogin.models.quality.QualityJudge;
import io.facelogin.models.quality.QualityThresholds;
import io.facelogin.models.store.ModelStore;
import io.facelogin.models.weights.UnusableWeightsException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** {@code evaluate --attacks}: attacks and people, judged as at the door. */
final class AttackEvaluationRun {

  /** What a browser's page sends, more or less. */
  private static final Duration INTERVAL = Duration.ofMillis(125);

  @Option(
      names = "--attacks",
      paramLabel = "DIR",
      description =
          "measure the attack check instead: a folder with labels.csv (file,label,kind; label is"
              + " live or attack) of pictures and clips")
  private @Nullable Path attacks;

  @Option(
      names = "--live",
      paramLabel = "DIR",
      split = Settings.LIST_SEPARATOR,
      description = "with --attacks: all pictures and clips below this folder are of people")
  private List<Path> live = List.of();

  boolean isWanted() {
    if (attacks == null && !live.isEmpty()) {
      throw new MisuseException("--live goes with --attacks DIR");
    }
    return attacks != null;
  }

  int run(
      ModelStore store,
      int minFacePx,
      @Nullable Path plot,
      JsonOutput json,
      PrintWriter out,
      PrintWriter err)
      throws UnusableManifestException, UnusableWeightsException {
    List<Presentation> presentations = presentations();
    var manifest = store.manifest(ModelStore.DEFAULT_ATTACK_DETECTOR);
    double threshold = manifest.attackThresholdOrThrow();
    List<Judged> judged = judge(store, minFacePx, threshold, presentations, err);
    String name = String.valueOf(attacks == null ? "" : attacks.toAbsolutePath().getFileName());
    AttackEvaluation result = AttackReport.of(name, manifest.id().value(), threshold, judged);
    if (json.isWanted()) {
      json.print(result, out);
    } else {
      out.print(AttackReport.text(result));
      out.flush();
    }
    if (plot != null) {
      draw(plot, name, judged, threshold);
      err.println("Wrote " + plot);
    }
    return ExitCode.DONE;
  }

  private List<Judged> judge(
      ModelStore store,
      int minFacePx,
      double threshold,
      List<Presentation> presentations,
      PrintWriter err)
      throws UnusableManifestException, UnusableWeightsException {
    LivenessSettings liveness = LivenessSettings.defaults();
    List<Judged> judged = new ArrayList<>();
    try (var networks = store.openAttackDetector();
        var finder =
            new FaceFinder(
                store.openDetector(),
                new FaceAligner(AlignmentTemplate.ARCFACE_112),
                new QualityJudge(QualityThresholds.defaults()));
        var progress = Terminal.progress("Presentations", presentations.size(), err)) {
      var judge =
          new PresentationJudge(
              finder,
              networks,
              minFacePx,
              liveness.limits().withAttackScore(threshold),
              liveness.patience(),
              INTERVAL);
      for (Presentation presentation : presentations) {
        judged.add(judge.judge(presentation));
        progress.step();
      }
    } catch (IOException e) {
      throw new MisuseException("A file cannot be read: " + e);
    }
    return judged;
  }

  private List<Presentation> presentations() {
    if (attacks == null) {
      return List.of();
    }
    try {
      List<Presentation> all = new ArrayList<>(PresentationFile.read(attacks));
      for (Path folder : live) {
        try (Stream<Path> files = Files.walk(folder)) {
          files
              .filter(file -> Files.isRegularFile(file) && InputFiles.isPictureOrVideo(file))
              .sorted()
              .forEach(file -> all.add(new Presentation(file, false, "live")));
        }
      }
      return all;
    } catch (UnusablePairFileException e) {
      throw new MisuseException(String.valueOf(e.getMessage()));
    } catch (IOException e) {
      throw new MisuseException("--live cannot be read: " + e);
    }
  }

  private static void draw(Path plot, String name, List<Judged> judged, double threshold) {
    try {
      AttackPlot.write(plot, name, judged, threshold);
    } catch (IOException e) {
      throw new MisuseException("The plot cannot be written to " + plot + ": " + e);
    } catch (UnsatisfiedLinkError | NoClassDefFoundError e) {
      throw new OutsideMissingException(
          "This Java cannot draw text. On Debian or Ubuntu: sudo apt-get install fontconfig"
              + " libfreetype6 fonts-dejavu-core",
          e);
    }
  }
}
