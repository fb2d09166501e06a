package io.facelogin.infra.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.apache.commons.text.similarity.JaroWinklerDistance;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.YAMLException;
import picocli.CommandLine.IDefaultValueProvider;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * What options are where the command line does not say it: the environment first, then one YAML
 * file. {@code --min-face} is {@code FACE_LOGIN_MIN_FACE} there and {@code min-face} here.
 */
final class Settings implements IDefaultValueProvider {

  static final String PREFIX = "FACE_LOGIN_";

  /** Read by tests, by the script and by infra/compose.yaml, not by any option. */
  private static final Set<String> OTHER_VARIABLES =
      Set.of(
          "FACE_LOGIN_DATA",
          "FACE_LOGIN_JAVA_OPTIONS",
          "FACE_LOGIN_DATABASE_PASSWORD",
          MasterKeyOption.VARIABLE);

  /** Between the values of an option that is a list in the file; such an option splits there. */
  static final String LIST_SEPARATOR = "\n";

  private static final String FILE_NAME = "face-login.yaml";

  private final List<String> args;
  private final Map<String, String> environment;
  private final Map<String, Object> file;
  private final Optional<Path> fileName;

  private Settings(
      List<String> args,
      Map<String, String> environment,
      Map<String, Object> file,
      Optional<Path> fileName) {
    this.args = args;
    this.environment = environment;
    this.file = file;
    this.fileName = fileName;
  }

  /**
   * @param args of the command line, for {@code --config} and {@code --data}, which say where the
   *     file is
   * @param knownKeys all settings there are; asked for only where there is something to check
   * @throws MisuseException naming all unknown settings, each with the nearest known one
   */
  static Settings read(
      List<String> args, Map<String, String> environment, Supplier<Set<String>> knownKeys) {
    Map<String, String> own =
        environment.entrySet().stream()
            .filter(entry -> entry.getKey().startsWith(PREFIX))
            .filter(entry -> !OTHER_VARIABLES.contains(entry.getKey()))
            .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    Optional<Path> fileName = fileName(args, own);
    Map<String, Object> file = fileName.map(Settings::load).orElse(Map.of());
    if (!own.isEmpty() || !file.isEmpty()) {
      requireKnown(own.keySet(), file.keySet(), fileName, knownKeys.get());
    }
    return new Settings(args, own, file, fileName);
  }

  static String key(OptionSpec option) {
    return option.longestName().replaceFirst("^-+", "");
  }

  static String variable(String key) {
    return PREFIX + key.toUpperCase(Locale.ROOT).replace('-', '_');
  }

  @Override
  public @Nullable String defaultValue(ArgSpec argument) {
    if (!(argument instanceof OptionSpec option) || option.usageHelp() || option.versionHelp()) {
      return null;
    }
    // picocli would turn a flag that is on by default off when it is given.
    if (option.typeInfo().isBoolean() && Arrays.stream(option.names()).anyMatch(args::contains)) {
      return null;
    }
    String key = key(option);
    String fromEnvironment = environment.get(variable(key));
    if (fromEnvironment != null) {
      return fromEnvironment;
    }
    Object fromFile = file.get(key);
    if (fromFile instanceof Collection<?> list) {
      return joined(key, list, option);
    }
    return fromFile == null ? null : fromFile.toString();
  }

  private String joined(String key, Collection<?> list, OptionSpec option) {
    if (list.size() > 1 && !option.isMultiValue()) {
      throw new MisuseException(
          key + " in " + fileName.orElseThrow() + " takes one value, not a list");
    }
    if (list.stream().anyMatch(Objects::isNull)) {
      throw new MisuseException(key + " in " + fileName.orElseThrow() + " has an empty value");
    }
    return list.stream().map(Object::toString).collect(Collectors.joining(LIST_SEPARATOR));
  }

  private static Optional<Path> fileName(List<String> args, Map<String, String> environment) {
    Optional<String> named =
        argument(args, "--config")
            .or(() -> Optional.ofNullable(environment.get(variable("config"))));
    if (named.isPresent()) {
      return named.map(Path::of);
    }
    String data =
        argument(args, "--data-dir")
            .or(() -> argument(args, "--data"))
            .or(() -> Optional.ofNullable(environment.get(variable("data-dir"))))
            .orElse(GlobalOptions.DEFAULT_DATA);
    return List.of(Path.of(data, FILE_NAME), Path.of(FILE_NAME)).stream()
        .filter(Files::isRegularFile)
        .findFirst();
  }

  /** The value of {@code --name VALUE} or {@code --name=VALUE}. */
  private static Optional<String> argument(List<String> args, String name) {
    for (int i = 0; i < args.size(); i++) {
      if (args.get(i).startsWith(name + "=")) {
        return Optional.of(args.get(i).substring(name.length() + 1));
      }
      if (args.get(i).equals(name) && i + 1 < args.size()) {
        return Optional.of(args.get(i + 1));
      }
    }
    return Optional.empty();
  }

  private static Map<String, Object> load(Path path) {
    Object content;
    LoaderOptions options = new LoaderOptions();
    options.setAllowDuplicateKeys(false);
    try (var reader = Files.newBufferedReader(path)) {
      content = new Yaml(new SafeConstructor(options)).load(reader);
    } catch (IOException e) {
      throw new MisuseException("The settings file " + path + " cannot be read (" + e + ")");
    } catch (YAMLException | IllegalArgumentException | ClassCastException e) {
      // The last two come out of the parser where a value is not what its tag says.
      throw new MisuseException("The settings file " + path + " is no YAML: " + e.getMessage());
    }
    if (content == null) {
      return Map.of();
    }
    if (!(content instanceof Map<?, ?> map)) {
      throw new MisuseException(
          "The settings file " + path + " must have one line `name: value` for each setting");
    }
    Map<String, Object> settings = new LinkedHashMap<>();
    map.forEach((key, value) -> settings.put(String.valueOf(key), value));
    return settings;
  }

  private static void requireKnown(
      Set<String> variables, Set<String> keys, Optional<Path> fileName, Set<String> known) {
    List<String> faults = new ArrayList<>();
    Set<String> knownVariables = known.stream().map(Settings::variable).collect(Collectors.toSet());
    for (String variable : variables) {
      if (!knownVariables.contains(variable)) {
        faults.add(
            "Unknown variable "
                + variable
                + " in the environment. "
                + nearest(variable, knownVariables));
      }
    }
    for (String key : keys) {
      if (!known.contains(key)) {
        faults.add(
            "Unknown setting "
                + key
                + " in "
                + fileName.orElseThrow()
                + ". "
                + nearest(key, known));
      }
    }
    if (!faults.isEmpty()) {
      throw new MisuseException(String.join(System.lineSeparator(), faults));
    }
  }

  private static String nearest(String name, Set<String> known) {
    var distance = new JaroWinklerDistance(); // swapped letters and right beginnings count as near
    return known.stream()
        .sorted()
        .min((a, b) -> Double.compare(distance.apply(name, a), distance.apply(name, b)))
        .map(nearest -> "The nearest known one is " + nearest)
        .orElse("");
  }
}
