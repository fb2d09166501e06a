package io.facelogin.infra.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/** The contract's reasons as words for people. */
final class Words {

  private Words() {}

  static String reasons(JsonNode list) {
    List<String> names = new ArrayList<>();
    list.forEach(reason -> names.add(reason.asString()));
    return reasons(names);
  }

  static String reasons(List<String> names) {
    return names.stream()
        .map(name -> name.toLowerCase(Locale.ROOT).replace('_', ' '))
        .collect(Collectors.joining(", "));
  }
}
