package io.facelogin.web.pages;

import io.facelogin.web.WebSettings;
import io.facelogin.web.access.RecognisedPerson;
import io.facelogin.web.access.Role;
import io.facelogin.web.access.Roles;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.RequestMapping;

/**
 * Names the template of each page. Every page, an error page too, knows {@code viewer}, {@code
 * operator} and {@code admin} (each includes those before), {@code openEnrolment}, {@code
 * photographs} (may everybody enrol with them), {@code minFacePx} and {@code person} (who logged in
 * by face, or null); lists are fetched by the page's script over REST. Who may open what, the
 * security rules say.
 */
@Controller
class PagesController {

  /** What every page has at hand. */
  @ControllerAdvice(annotations = Controller.class)
  static class Common {

    private final WebSettings settings;

    Common(WebSettings settings) {
      this.settings = settings;
    }

    @ModelAttribute
    void describe(Model model) {
      Authentication visitor = SecurityContextHolder.getContext().getAuthentication();
      model.addAttribute("admin", Roles.has(visitor, Role.ADMIN));
      model.addAttribute("operator", Roles.has(visitor, Role.OPERATOR));
      model.addAttribute("viewer", Roles.has(visitor, Role.VIEWER));
      model.addAttribute("openEnrolment", settings.openEnrolment());
      model.addAttribute("photographs", !settings.liveness().attackCheck());
      model.addAttribute("minFacePx", settings.minFacePx());
      model.addAttribute("person", person(visitor));
    }

    private static @Nullable Visitor person(@Nullable Authentication visitor) {
      return visitor != null && visitor.getPrincipal() instanceof RecognisedPerson person
          ? Visitor.of(person)
          : null;
    }
  }

  @GetMapping("/")
  String login() {
    return "login";
  }

  @GetMapping("/enrol")
  String enrol() {
    return "enrol";
  }

  @GetMapping("/site")
  String site() {
    return "site";
  }

  @GetMapping("/people")
  String people() {
    return "people";
  }

  @GetMapping("/decisions")
  String decisions() {
    return "decisions";
  }

  @GetMapping("/cameras")
  String cameras() {
    return "cameras";
  }

  @GetMapping("/access")
  String access() {
    return "access";
  }

  @GetMapping("/audit")
  String audit() {
    return "audit";
  }

  /** For a person who logged in by face; anybody else is sent to the log-in page. */
  @GetMapping("/welcome")
  String welcome(Model model) {
    return model.getAttribute("person") == null ? "redirect:/" : "welcome";
  }

  /** Reached by forward when a page needs a role, and when a link is not valid. */
  @RequestMapping("/locked")
  String locked() {
    return "locked";
  }
}
