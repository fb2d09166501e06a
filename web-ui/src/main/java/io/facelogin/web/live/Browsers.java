package io.facelogin.web.live;

import io.facelogin.contract.v1.Purpose;
import io.facelogin.web.observe.WebMetrics;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import org.springframework.stereotype.Component;

/** Who is connected to this instance. */
@Component
class Browsers {

  private final Map<String, Browser> bySessionId = new ConcurrentHashMap<>();

  Browsers(WebMetrics metrics) {
    metrics.sessions(bySessionId::size);
  }

  void add(Browser browser) {
    bySessionId.put(browser.sessionId(), browser);
  }

  void remove(Browser browser) {
    bySessionId.remove(browser.sessionId());
  }

  int count() {
    return bySessionId.size();
  }

  int countOf(String address) {
    return (int)
        bySessionId.values().stream()
            .filter(browser -> browser.owner().address().equals(address))
            .count();
  }

  void closeWhere(Predicate<Owner> condition) {
    for (Browser browser : bySessionId.values()) {
      if (condition.test(browser.owner())) {
        browser.close();
      }
    }
  }

  Optional<Browser> find(String sessionId) {
    return Optional.ofNullable(bySessionId.get(sessionId));
  }

  boolean isSiteWatched() {
    return bySessionId.values().stream().anyMatch(browser -> browser.purpose() == Purpose.WATCH);
  }

  /** To every site page. */
  void sendToSite(BrowserMessage message) {
    for (Browser browser : bySessionId.values()) {
      if (browser.purpose() == Purpose.WATCH) {
        browser.send(message);
      }
    }
  }
}
