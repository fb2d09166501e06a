package io.facelogin.infra.cli;

import io.facelogin.infra.benchmark.fpir.FpirResult;
import io.facelogin.infra.benchmark.fpir.FpirSimulation;
import io.facelogin.models.store.ModelStore;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Tries strangers against galleries of real pictures. */
@Command(
    name = "fpir",
    description = "Play strangers against galleries, and see whether the wanted FPIR is kept.",
    footer = {
      "",
      "Example: face-login benchmark fpir --same Hasan_Wirayuda=Hassan_Wirajuda lfw",
      "FOLDER has one folder per person. In each draw people are split anew: on some the impostor",
      "distribution is measured, some are enrolled, all pictures of the others are probes. 3,000",
      "pictures take about three minutes on two cores. --same says that two folders are one",
      "person: data sets have such errors, and each is a stranger who looks exactly alike.",
      "Exit code 1: more strangers got in than promised, interval considered."
    })
final class BenchmarkFpirCommand implements Callable<Integer> {

  private static final int ALL = Integer.MAX_VALUE;

  @Spec private CommandSpec spec;
  @Mixin private GlobalOptions global;
  @Mixin private ModelOptions models;
  @Mixin private JsonOutput json;

  @Option(
      names = "--people",
      split = ",",
      paramLabel = "N",
      defaultValue = "10,100,1000",
      description = "sizes of the gallery (default: ${DEFAULT-VALUE})")
  private List<Integer> sizes = List.of();

  @Option(
      names = "--fpir",
      split = ",",
      paramLabel = "RATE",
      defaultValue = "0.01,0.001",
      description = "wanted rates (default: ${DEFAULT-VALUE})")
  private List<Double> wanted = List.of();

  @Option(
      names = "--draws",
      paramLabel = "N",
      defaultValue = "40",
      description = "how often people are split anew (default: ${DEFAULT-VALUE})")
  private int draws;

  @Option(
      names = "--same",
      paramLabel = "NAME=NAME",
      description = "two folders that show one person; repeatable")
  private Map<String, String> same = new LinkedHashMap<>();

  @Parameters(paramLabel = "FOLDER", description = "one folder of pictures per person")
  private Path folder;

  @Override
  public Integer call() throws Exception {
    if (draws < 1 || draws > 10_000 || wanted.stream().anyMatch(rate -> !(rate > 0 && rate < 1))) {
      throw new MisuseException("--draws must be 1 to 10000 and --fpir between 0 and 1");
    }
    Map<String, List<Path>> pictures = pictures();
    for (int size : sizes) {
      if (size < 1 || !FpirSimulation.isPossible(pictures.size(), size)) {
        throw new MisuseException(
            "%s shows %d people: besides a gallery of %d, 300 are needed to calibrate on and to try"
                .formatted(folder, pictures.size(), size));
      }
    }
    var simulation = new FpirSimulation(encoded(pictures), draws, 1);
    List<FpirResult> results = new ArrayList<>();
    PrintWriter err = spec.commandLine().getErr();
    try (var progress = Terminal.progress("Simulations", 2 * sizes.size() * wanted.size(), err)) {
      for (int templates : new int[] {1, ALL}) {
        for (int size : sizes) {
          for (double rate : wanted) {
            results.add(simulation.run(size, templates, rate));
            progress.step();
          }
        }
      }
    }
    report(results);
    return results.stream().allMatch(FpirResult::isKept) ? ExitCode.DONE : ExitCode.NEGATIVE;
  }

  private Map<String, List<Path>> pictures() throws IOException {
    if (!Files.isDirectory(folder)) {
      throw new MisuseException("There is no folder " + folder);
    }
    Map<String, List<Path>> byPerson = new TreeMap<>();
    try (Stream<Path> people = Files.list(folder)) {
      for (Path person : people.filter(Files::isDirectory).sorted().toList()) {
        String name = person.getFileName().toString();
        try (Stream<Path> files = Files.list(person)) {
          byPerson
              .computeIfAbsent(same.getOrDefault(name, name), n -> new ArrayList<>())
              .addAll(files.sorted().toList());
        }
      }
    }
    return byPerson;
  }

  /** People of whose pictures none shows a face are left out. */
  private List<List<float[]>> encoded(Map<String, List<Path>> pictures) throws Exception {
    List<Path> all = pictures.values().stream().flatMap(List::stream).toList();
    Subjects subjects;
    PrintWriter err = spec.commandLine().getErr();
    var store = new ModelStore(global.models());
    try (var networks = VariantNetworks.open(store, List.of(models.mirroredVariant(store)));
        var progress = Terminal.progress("Pictures", all.size(), err)) {
      subjects = Subjects.encode(networks, all, models.minFacePx(), progress::step);
    }
    return pictures.values().stream()
        .map(
            own ->
                own.stream()
                    .flatMap(picture -> subjects.of(picture, 0).stream())
                    .map(seen -> seen.embedding().vector())
                    .toList())
        .filter(own -> !own.isEmpty())
        .toList();
  }

  private void report(List<FpirResult> results) {
    PrintWriter out = spec.commandLine().getOut();
    if (json.isWanted()) {
      json.print(results, out);
      return;
    }
    out.println(
        "| people | templates | calibrated on | wanted FPIR | threshold | measured FPIR | 95 %"
            + " interval | with margin | kept |");
    out.println("|---:|---:|---:|---:|---:|---:|---:|---:|---|");
    for (FpirResult r : results) {
      out.printf(
          Locale.ROOT,
          "| %,d | %,d | %,d | %.2f %% | %.3f%s | %.3f %% | %.3f to %.3f %% | %.3f %% | %s |%n",
          r.people(),
          r.templates(),
          r.calibrationPeople(),
          100 * r.wantedFpir(),
          r.threshold(),
          r.extrapolatedShare() > 0.5 ? " (extrapolated)" : "",
          100 * r.fpir(),
          100 * r.lowFpir(),
          100 * r.highFpir(),
          100 * r.fpirWithMargin(),
          r.isKept() ? "yes" : "NO");
    }
  }
}
