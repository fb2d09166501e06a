package io.facelogin.infra.cli;

import io.facelogin.contract.MaskedAddress;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * What a long-running command runs with, once everything that could set it was read: printed at its
 * start, so that nobody needs to guess. Addresses are shown without their passwords.
 */
final class SettingsInEffect {

  private SettingsInEffect() {}

  /**
   * {@code Settings: min-face 40, fpir 0.001 ...}; without options that have no value or are off.
   */
  static String line(CommandSpec command) {
    return command.options().stream()
        .filter(option -> !option.usageHelp() && !option.versionHelp())
        .flatMap(option -> setting(option).stream())
        .collect(Collectors.joining(", ", "Settings: ", ""));
  }

  /** The same by name, for whoever judges them; lists are joined by {@code and}. */
  static Map<String, String> map(CommandSpec command) {
    Map<String, String> settings = new TreeMap<>();
    for (OptionSpec option : command.options()) {
      if (!option.usageHelp() && !option.versionHelp()) {
        List<String> values = values(option.getValue()).map(SettingsInEffect::masked).toList();
        if (!values.isEmpty()) {
          settings.put(Settings.key(option), String.join(" and ", values));
        }
      }
    }
    return settings;
  }

  private static Optional<String> setting(OptionSpec option) {
    List<String> values = values(option.getValue()).map(SettingsInEffect::masked).toList();
    return values.isEmpty()
        ? Optional.empty()
        : Optional.of(Settings.key(option) + " " + String.join(" and ", values));
  }

  private static Stream<?> values(@Nullable Object value) {
    if (value instanceof Collection<?> many) {
      return many.stream();
    }
    return Boolean.FALSE.equals(value) ? Stream.empty() : Stream.ofNullable(value);
  }

  private static String masked(Object value) {
    return MaskedAddress.of(value.toString()).text();
  }
}
