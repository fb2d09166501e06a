package io.facelogin.web.problem;

import io.facelogin.contract.v1.Reason;
import java.util.List;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.web.ErrorResponseException;

/**
 * A request that cannot be done, with the words for whoever sent it and, where one explains it, the
 * reasons by name.
 */
public final class Problem extends ErrorResponseException {

  private static final long serialVersionUID = 1L;

  private Problem(HttpStatus status, ProblemDetail body) {
    super(status, body, null);
  }

  public static Problem badRequest(String detail) {
    return of(HttpStatus.BAD_REQUEST, detail);
  }

  public static Problem notFound(String detail) {
    return of(HttpStatus.NOT_FOUND, detail);
  }

  public static Problem conflict(String detail) {
    return of(HttpStatus.CONFLICT, detail);
  }

  public static Problem busy(String detail) {
    return of(HttpStatus.SERVICE_UNAVAILABLE, detail);
  }

  /** 422: understood, but a picture or a person is not what is needed. */
  public static Problem refused(String detail, List<Reason> reasons) {
    return of(HttpStatus.UNPROCESSABLE_CONTENT, detail)
        .with("reasons", reasons.stream().map(Reason::name).toList());
  }

  /** Adds a property to the body. */
  public Problem with(String property, Object value) {
    getBody().setProperty(property, value);
    return this;
  }

  private static Problem of(HttpStatus status, String detail) {
    return new Problem(status, ProblemDetail.forStatusAndDetail(status, detail));
  }
}
