package io.facelogin.web.oidc;

import io.facelogin.web.applications.Application;
import io.facelogin.web.applications.Applications;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.springframework.security.oauth2.core.oidc.OidcScopes;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** The pages between an application and the face: the log-in page, and the question of consent. */
@Controller
class ApplicationLoginController {

  private final Applications applications;

  ApplicationLoginController(Applications applications) {
    this.applications = applications;
  }

  /**
   * The log-in page on behalf of an application, which the page says. Where it goes on to is always
   * our own authorize endpoint, with what the application asked for.
   */
  @GetMapping(FaceEntryPoint.LOGIN)
  String login(
      @RequestParam(name = "client_id", defaultValue = "") String id,
      HttpServletRequest request,
      Model model) {
    Optional<Application> application = applications.find(id);
    if (application.isEmpty()) {
      return "redirect:/";
    }
    model.addAttribute("applicationName", application.get().name());
    model.addAttribute(
        "onward",
        request.getContextPath() + OidcConfiguration.AUTHORIZE + "?" + request.getQueryString());
    return "login";
  }

  /** Asks the person whether the application may know this. */
  @GetMapping(OidcConfiguration.CONSENT)
  String consent(
      @RequestParam(name = "client_id", defaultValue = "") String id,
      @RequestParam(defaultValue = "") String scope,
      @RequestParam(defaultValue = "") String state,
      HttpServletResponse response,
      Model model) {
    Optional<Application> application = applications.find(id);
    if (application.isEmpty()) {
      return "redirect:/";
    }
    List<String> asked =
        Arrays.stream(scope.split(" "))
            .filter(one -> application.get().scopes().contains(one))
            .filter(one -> !one.equals(OidcScopes.OPENID))
            .toList();
    model.addAttribute("applicationName", application.get().name());
    model.addAttribute("id", id);
    model.addAttribute("scopes", asked);
    model.addAttribute("state", state);
    // The answer leads to the application, which the policy of the other pages does not allow.
    response.setHeader(
        "Content-Security-Policy",
        "default-src 'self'; object-src 'none'; base-uri 'none'; frame-ancestors 'none';"
            + " form-action 'self' "
            + origins(application.get()));
    return "consent";
  }

  private static String origins(Application application) {
    return application.redirectUris().stream()
        .map(URI::create)
        .map(uri -> uri.getScheme() + "://" + uri.getRawAuthority())
        .distinct()
        .collect(Collectors.joining(" "));
  }
}
