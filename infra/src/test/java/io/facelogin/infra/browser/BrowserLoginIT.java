package io.facelogin.infra.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.options.AriaRole;
import io.facelogin.infra.TestFaces;
import io.facelogin.infra.TestFaces.Person;
import io.facelogin.infra.site.Site;
import io.facelogin.infra.site.SiteSettings;
import io.facelogin.infra.stages.PipelineSettings;
import io.facelogin.models.liveness.LivenessSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/**
 * A person enrols and logs in with a webcam, a stranger is refused, the site page shows cameras:
 * from the click to the decision pushed into the page, through broker, networks and database.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class BrowserLoginIT {

  private static final String NAME = "Alex Example";
  private static final Path PICTURE = Path.of("target", "site.png");
  private static final double PATIENCE_MS = 180_000;

  /** One site for all steps, since each builds on the one before. */
  @TempDir private static Path folder;

  private static Site site;
  private static Path enrolling;
  private static Path loggingIn;
  private static Path stranger;
  private static List<String> siteCameras;

  @BeforeAll
  static void openTheSite() throws IOException {
    Chromium.assumePresent();
    Optional<Path> clips = FakeCamera.clips();
    if (clips.isPresent()) {
      Path people = clips.get().resolve("people");
      enrolling = FakeCamera.ofClip(people.resolve("l/l1.mp4"), folder);
      loggingIn = FakeCamera.ofClip(people.resolve("l/l2.mp4"), folder);
      stranger = FakeCamera.ofClip(people.resolve("m/m1.mp4"), folder);
      siteCameras =
          List.of(
              people.resolve("l/l2.mp4").toString(),
              people.resolve("m/m1.mp4").toString(),
              clips.get().resolve("site-group-ccby.mp4").toString());
    } else {
      enrolling = TestFaces.clip(Person.ADA, 0, 6, folder.resolve("enrolling.mjpeg"));
      loggingIn = TestFaces.clip(Person.ADA, 1, 6, folder.resolve("logging-in.mjpeg"));
      stranger = TestFaces.clip(Person.STRANGER, 0, 6, folder.resolve("stranger.mjpeg"));
      siteCameras =
          List.of(
              TestFaces.clip(Person.ADA, 1, 6, folder.resolve("lobby.mp4")).toString(),
              TestFaces.clip(Person.STRANGER, 0, 6, folder.resolve("entrance.mp4")).toString());
    }
    site =
        Site.start(
            SiteSettings.onAnyPort(folder.resolve("data"))
                .withCameras(siteCameras)
                .withPipeline(pipeline(clips)));
  }

  /** Clips made of photographs would be refused, and rightly so. */
  private static PipelineSettings pipeline(Optional<Path> clips) {
    return clips.isPresent()
        ? PipelineSettings.defaults()
            .withWeightsFrom(clips.get().resolveSibling("weights").toString())
        : PipelineSettings.defaults().withLiveness(LivenessSettings.off());
  }

  @AfterAll
  static void closeTheSite() {
    if (site != null) {
      site.close();
    }
  }

  @Test
  @Order(1)
  void personEnrolsWithTheWebcam() {
    try (Chromium chromium = new Chromium(enrolling, 1280, 800)) {
      Page page = chromium.open(at("/enrol"));
      page.getByLabel("Name").fill(NAME);
      page.getByLabel("I agree").check();
      button(page, "Go on with the camera").click();

      assertThat(page.locator("#result.good h2")).hasText("You are enrolled, " + NAME, patiently());
      chromium.assertNoComplaints();
    }
  }

  @Test
  @Order(2)
  void personIsWelcomedByNameInAnotherClip() {
    try (Chromium chromium = new Chromium(loggingIn, 390, 844)) {
      Page page = chromium.open(at("/"));

      assertThat(page.locator("#result.good h2")).hasText("Welcome, " + NAME, patiently());
      page.getByText("Continue").click();
      assertThat(page.locator("h1")).hasText("Welcome, " + NAME);
      chromium.assertNoComplaints();
    }
  }

  @Test
  @Order(3)
  void strangerIsRefusedWithAReasonAndMayTryAgain() {
    try (Chromium chromium = new Chromium(stranger, 1280, 800)) {
      Page page = chromium.open(at("/"));

      assertThat(page.locator("#result.bad h2")).hasText("Not recognised", patiently());
      assertThat(page.locator("#result")).containsText("This face is not known here");
      button(page, "Try again").click();
      assertThat(page.locator("#result")).isHidden();
      assertThat(page.locator("#result.bad h2")).isVisible(visiblyPatient());
      assertThat(page.url()).isEqualTo(at("/"));
      chromium.assertNoComplaints();
    }
  }

  @Test
  @Order(4)
  void sitePageShowsEachCameraWithItsFacesAndWhoItWas() {
    try (Chromium chromium = new Chromium(null, 1600, 640)) {
      Page page = chromium.open(site.administratorLinkOfThisRun().toString());

      Locator live = page.locator(".camera[data-state=LIVE]");
      assertThat(live).hasCount(siteCameras.size(), manyPatiently());
      for (int i = 0; i < siteCameras.size(); i++) {
        assertThat(live.nth(i).locator(".camera-foot"))
            .containsText(
                Pattern.compile("1 face|[2-9] faces"),
                new LocatorAssertions.ContainsTextOptions().setTimeout(PATIENCE_MS));
      }
      assertThat(page.locator("#feed .ACCEPTED .who").first()).hasText(NAME, patiently());
      assertThat(page.locator(".camera-picture p:visible")).hasCount(0, manyPatiently());
      // A canvas says what is drawn on it.
      assertThat(page.locator("canvas[aria-label*='" + NAME + "']")).isVisible(visiblyPatient());
      // docs/site.png is a copy of this; with the clips above it may be shown (CC BY 4.0).
      page.screenshot(new Page.ScreenshotOptions().setPath(PICTURE));
      chromium.assertNoComplaints();
    }
  }

  private static String at(String path) {
    return site.url().toString().replace("127.0.0.1", "localhost") + path;
  }

  private static Locator button(Page page, String name) {
    return page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name));
  }

  private static LocatorAssertions.HasTextOptions patiently() {
    return new LocatorAssertions.HasTextOptions().setTimeout(PATIENCE_MS);
  }

  private static LocatorAssertions.HasCountOptions manyPatiently() {
    return new LocatorAssertions.HasCountOptions().setTimeout(PATIENCE_MS);
  }

  private static LocatorAssertions.IsVisibleOptions visiblyPatient() {
    return new LocatorAssertions.IsVisibleOptions().setTimeout(PATIENCE_MS);
  }
}
