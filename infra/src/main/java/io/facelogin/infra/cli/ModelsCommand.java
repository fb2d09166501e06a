package io.facelogin.infra.cli;

import io.facelogin.models.store.FetchProgress;
import io.facelogin.models.store.ModelStore;
import io.facelogin.models.store.StoredModel;
import io.facelogin.models.weights.UnusableWeightsException;
import io.facelogin.models.weights.WeightImport;
import io.facelogin.models.weights.Weights;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** What is known of the networks, and how to get their weights. */
@Command(
    name = "models",
    description = "List, fetch, import and verify the networks.",
    subcommands = {
      ModelsCommand.ListModels.class,
      ModelsCommand.Fetch.class,
      ModelsCommand.Import.class,
      ModelsCommand.Verify.class
    },
    footer = {"", "Example: face-login models list"})
final class ModelsCommand {

  @SuppressWarnings("UnusedVariable") // it brings --help and the like
  @Mixin
  private GlobalOptions global;

  /**
   * One network as {@code --json} shows it.
   *
   * @param state PACKAGED, PRESENT, ABSENT or ALTERED
   */
  record ModelState(
      String model, String kind, String state, String licence, String trainingData, String detail) {

    static ModelState of(StoredModel stored) {
      var manifest = stored.manifest();
      return new ModelState(
          manifest.id().value(),
          manifest.kind().name(),
          stored.state().name(),
          manifest.licence(),
          manifest.trainingData(),
          stored.detail());
    }
  }

  private static void print(StoredModel stored, PrintWriter out) {
    ModelState model = ModelState.of(stored);
    out.printf(
        "%-18s %-15s %-9s %s%n%-18s %s%n",
        model.model(), model.kind(), model.state(), model.licence(), "", model.detail());
  }

  @Command(
      name = "list",
      description = "List the known networks and whether their weights are here.",
      footer = {"", "Example: face-login models list --json"})
  static final class ListModels implements Callable<Integer> {

    @Spec private CommandSpec spec;
    @Mixin private GlobalOptions global;
    @Mixin private JsonOutput json;

    @Override
    public Integer call() {
      PrintWriter out = spec.commandLine().getOut();
      List<StoredModel> models = new ModelStore(global.models()).list();
      if (json.isWanted()) {
        json.print(models.stream().map(ModelState::of).toList(), out);
      } else {
        models.forEach(model -> print(model, out));
      }
      return ExitCode.DONE;
    }
  }

  @Command(
      name = "fetch",
      description = "Get the weights of a network; goes on where an earlier fetch broke off.",
      footer = {
        "",
        "Example: face-login models fetch facenet --from /media/usb/weights",
        "Each file is checked against the sha256 of its manifest."
      })
  static final class Fetch implements Callable<Integer> {

    @Spec private CommandSpec spec;
    @Mixin private GlobalOptions global;

    @Option(
        names = "--from",
        paramLabel = "FOLDER|URL",
        description = "a folder or mirror (default: the place of publication)")
    private @Nullable String from;

    @Option(
        names = "--accept-licence",
        paramLabel = "LICENCE",
        description = "its name; only for licences that forbid a use that many have in mind")
    private @Nullable String acceptedLicence;

    @Parameters(paramLabel = "NAME", description = "a network of `models list`, or a manifest")
    private String name;

    @Override
    public Integer call() throws Exception {
      FetchProgress progress =
          Terminal.showsProgress() ? FetchProgress.bar() : FetchProgress.lines(System.err);
      StoredModel model =
          new ModelStore(global.models())
              .fetch(
                  name, Optional.ofNullable(from), Optional.ofNullable(acceptedLicence), progress);
      print(model, spec.commandLine().getOut());
      return ExitCode.DONE;
    }
  }

  @Command(
      name = "import",
      description =
          "Turn weights of another format into safetensors: TFLite, PyTorch, NumPy, frozen"
              + " TensorFlow.",
      footer = {
        "",
        "Example: face-login models import --to mtcnn.safetensors det1.npy det2.npy det3.npy"
      })
  static final class Import implements Callable<Integer> {

    @Spec private CommandSpec spec;

    @SuppressWarnings("UnusedVariable") // it brings --help and the like
    @Mixin
    private GlobalOptions global;

    @Option(
        names = "--to",
        paramLabel = "FILE",
        required = true,
        description = "file to write; replaced only when all went well")
    private Path output;

    @Parameters(paramLabel = "FILE", arity = "1..*", description = "weights of one network")
    private List<Path> inputs;

    @Override
    public Integer call() {
      Weights weights;
      try {
        weights = WeightImport.toSafetensors(inputs, output);
      } catch (UnusableWeightsException e) {
        // Here the files are the input: nothing is missing outside.
        throw new MisuseException(String.valueOf(e.getMessage()));
      }
      spec.commandLine()
          .getOut()
          .println(
              output + ": " + weights.all().size() + " tensors from " + inputs.size() + " files");
      return ExitCode.DONE;
    }
  }

  @Command(
      name = "verify",
      description = "Hold weights against the sha256 of their manifest.",
      footer = {
        "",
        "Example: face-login models verify mobilefacenet",
        "Without a name all that are here. Exit code 3: one is missing or altered."
      })
  static final class Verify implements Callable<Integer> {

    @Spec private CommandSpec spec;
    @Mixin private GlobalOptions global;
    @Mixin private JsonOutput json;

    @Parameters(
        paramLabel = "NAME",
        arity = "0..*",
        description = "networks of `models list`, or manifests")
    private List<String> names = List.of();

    @Override
    public Integer call() throws Exception {
      var store = new ModelStore(global.models());
      List<StoredModel> models = new ArrayList<>();
      if (names.isEmpty()) {
        store.list().stream()
            .filter(model -> model.state() != StoredModel.State.ABSENT)
            .forEach(models::add);
      }
      for (String name : names) {
        models.add(store.verify(name));
      }
      PrintWriter out = spec.commandLine().getOut();
      if (json.isWanted()) {
        json.print(models.stream().map(ModelState::of).toList(), out);
      } else {
        models.forEach(model -> print(model, out));
      }
      return models.stream().allMatch(StoredModel::usable)
          ? ExitCode.DONE
          : ExitCode.OUTSIDE_MISSING;
    }
  }
}
