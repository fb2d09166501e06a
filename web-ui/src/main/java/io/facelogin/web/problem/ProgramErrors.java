package io.facelogin.web.problem;

import jakarta.servlet.http.HttpServletRequest;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.webmvc.autoconfigure.error.ErrorViewResolver;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.ModelAndView;
import tools.jackson.databind.json.JsonMapper;

/** Below /api no error is a page, whatever the program says it accepts. */
@Component
class ProgramErrors implements ErrorViewResolver {

  private final JsonMapper json;

  ProgramErrors(JsonMapper json) {
    this.json = json;
  }

  @Override
  public @Nullable ModelAndView resolveErrorView(
      HttpServletRequest request, HttpStatus status, Map<String, Object> model) {
    if (!String.valueOf(model.get("path")).startsWith("/api/")) {
      return null;
    }
    Map<String, Object> problem = new LinkedHashMap<>();
    problem.put("title", status.getReasonPhrase());
    problem.put("status", status.value());
    problem.put("instance", model.get("path"));
    return new ModelAndView(
        (values, asked, response) -> {
          response.setContentType(MediaType.APPLICATION_PROBLEM_JSON_VALUE);
          json.writeValue(response.getOutputStream(), problem);
        });
  }
}
