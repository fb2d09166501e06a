package io.facelogin.infra.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;

/**
 * The system's Chromium with a camera that plays a file. Whatever a page writes into its console as
 * an error or a warning, and every request to another server, is remembered.
 */
final class Chromium implements AutoCloseable {

  private static final Path EXECUTABLE = Path.of("/usr/bin/chromium");

  private final Playwright playwright;
  private final Browser browser;
  private final BrowserContext context;
  private final List<String> complaints = new CopyOnWriteArrayList<>();

  /**
   * @param camera a Motion-JPEG file, or null for a machine without a camera
   */
  Chromium(@Nullable Path camera, int widthPx, int heightPx) {
    playwright =
        Playwright.create(
            new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "--no-sandbox",
                "--disable-gpu",
                "--disable-quic",
                "--no-first-run",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync"));
    if (camera != null) {
      arguments.add("--use-fake-ui-for-media-stream");
      arguments.add("--use-fake-device-for-media-stream");
      arguments.add("--use-file-for-fake-video-capture=" + camera.toAbsolutePath().normalize());
    }
    browser =
        playwright
            .chromium()
            .launch(
                new BrowserType.LaunchOptions().setExecutablePath(EXECUTABLE).setArgs(arguments));
    context =
        browser.newContext(
            new Browser.NewContextOptions()
                .setLocale("en-GB")
                .setViewportSize(widthPx, heightPx)
                .setPermissions(camera == null ? List.of() : List.of("camera")));
    context.onConsoleMessage(
        message -> {
          if (message.type().equals("error") || message.type().equals("warning")) {
            complaints.add(message.type() + ": " + message.text() + " at " + message.location());
          }
        });
    context.onWebError(failure -> complaints.add("uncaught: " + failure.error()));
    context.onRequest(
        request -> {
          String host = String.valueOf(URI.create(request.url()).getHost());
          if (request.url().startsWith("http")
              && !host.equals("localhost")
              && !host.equals("127.0.0.1")) {
            complaints.add("asked another server: " + request.url());
          }
        });
  }

  /** Says, as a skipped test, that this machine has no browser. */
  static void assumePresent() {
    Assumptions.assumeTrue(
        Files.isExecutable(EXECUTABLE),
        "Left out: no Chromium at " + EXECUTABLE + " (apt-get install chromium)");
  }

  Page open(String url) {
    Page page = context.newPage();
    page.setDefaultTimeout(60_000);
    page.navigate(url);
    return page;
  }

  void assertNoComplaints() {
    assertThat(complaints).isEmpty();
  }

  @Override
  public void close() {
    context.close();
    browser.close();
    playwright.close();
  }
}
