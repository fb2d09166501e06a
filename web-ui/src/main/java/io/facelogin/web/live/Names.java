package io.facelogin.web.live;

import java.util.List;

/** Reasons and acts by the one name that stands in topic, metric, log and page. */
final class Names {

  private Names() {}

  static List<String> of(List<? extends Enum<?>> values) {
    return values.stream().<String>map(Enum::name).toList();
  }
}
