package io.facelogin.web.live;

import jakarta.servlet.http.HttpSession;
import jakarta.servlet.http.HttpSessionBindingEvent;
import jakarta.servlet.http.HttpSessionBindingListener;

/** Closes a socket when the session that opened it ends: by logging out, by time, by revocation. */
final class SessionTie implements HttpSessionBindingListener {

  private final Browser browser;

  private SessionTie(Browser browser) {
    this.browser = browser;
  }

  /** An ended session throws, which closes the socket too. */
  static void bind(HttpSession session, Browser browser) {
    session.setAttribute(name(browser), new SessionTie(browser));
  }

  static void release(HttpSession session, Browser browser) {
    try {
      session.removeAttribute(name(browser));
    } catch (IllegalStateException e) {
      // The session has ended, and took its ties along.
      return;
    }
  }

  private static String name(Browser browser) {
    return "socket-" + browser.number();
  }

  @Override
  public void valueUnbound(HttpSessionBindingEvent event) {
    browser.close();
  }
}
