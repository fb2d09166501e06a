package io.facelogin.infra.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import io.facelogin.infra.site.Site;
import io.facelogin.infra.site.SiteSettings;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An administrator with a phone gives access and takes it back; no page breaks its own policy. */
class AccessPagesIT {

  @TempDir private static Path folder;

  @Test
  void accessIsGivenByKeyboardShownOnceTakenBackAfterAskingAndStandsInTheAudit() {
    Chromium.assumePresent();
    try (Site site = Site.start(SiteSettings.onAnyPort(folder));
        Chromium chromium = new Chromium(null, 390, 844)) {
      Page page = chromium.open(site.administratorLinkOfThisRun().toString());
      for (String path : List.of("/enrol", "/people", "/decisions", "/cameras", "/locked")) {
        page.navigate(site.url() + path);
      }
      page.navigate(site.url() + "/access");
      page.locator("#add").press("Enter");
      page.keyboard().type("Reception");
      page.keyboard().press("Enter");
      String token = page.locator("#made[open] #token").inputValue();
      assertThat(token).startsWith("facelogin_");
      page.locator("#made button[type=submit]").press("Enter");
      assertThat(page.locator("#token")).hasValue("");
      assertThat(page.content()).doesNotContain(token);

      Locator given = page.locator("#rows tr", new Page.LocatorOptions().setHasText("Reception"));
      given.locator("button").press("Enter");
      page.keyboard().press("Enter"); // Cancel has the focus.
      assertThat(given.locator("button")).isVisible();
      given.locator("button").press("Enter");
      page.locator("#revoke-yes").click();
      assertThat(given.locator("button")).hasCount(0);

      page.navigate(site.url() + "/audit");
      assertThat(page.locator("#rows tr").first()).containsText("Token revoked");
      page.locator("#verify").click();
      assertThat(page.locator("#verdict")).containsText("Intact");
      assertThat(overflows(page)).as("wider than a phone").isFalse();
      chromium.assertNoComplaints();
    }
  }

  private static boolean overflows(Page page) {
    return (boolean)
        page.evaluate(
            "document.documentElement.scrollWidth > document.documentElement.clientWidth");
  }
}
