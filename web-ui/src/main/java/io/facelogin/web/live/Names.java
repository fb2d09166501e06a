package io.facelogin.web.live;

import io.facelogin.contract.v1.Reason;
import java.util.List;

/** Reasons by the one name that stands in topic, metric, log and page. */
final class Names {

  private Names() {}

  static List<String> of(List<Reason> reasons) {
    return reasons.stream().map(Reason::name).toList();
  }
}
