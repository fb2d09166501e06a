package io.facelogin.infra.rest;

import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** The site answered that it will not do it. */
public final class RefusedException extends Exception {

  private static final long serialVersionUID = 1L;

  private final int status;
  private final transient JsonNode problem;

  RefusedException(int status, JsonNode problem) {
    super(problem.path("detail").asString(problem.path("title").asString("HTTP " + status)));
    this.status = status;
    this.problem = problem;
  }

  /** Of HTTP: 404 where there is no such thing. */
  public int status() {
    return status;
  }

  /** The whole answer (RFC 9457). */
  public JsonNode problem() {
    return problem;
  }

  /** Why, by the names of the contract's Reason; may be empty. */
  public List<String> reasons() {
    List<String> reasons = new ArrayList<>();
    problem.path("reasons").forEach(reason -> reasons.add(reason.asString()));
    return reasons;
  }
}
