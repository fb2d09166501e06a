package io.facelogin.web.problem;

import io.facelogin.web.identify.NetworksAwayException;
import io.facelogin.web.kafka.PipelineAwayException;
import org.apache.tomcat.util.http.InvalidParameterException;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.transaction.TransactionException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.multipart.MultipartException;
import org.springframework.web.servlet.mvc.method.annotation.ResponseEntityExceptionHandler;

/**
 * Turns what went wrong into problem details. What is away gives 503, never 500: it is nobody's
 * fault here and passes. Spring's own exceptions (missing part, too large, wrong type) are done by
 * the class above.
 */
@RestControllerAdvice(annotations = RestController.class)
class Problems extends ResponseEntityExceptionHandler {

  private static final String UNREADABLE = "The body of the request cannot be read.";

  @ExceptionHandler
  ProblemDetail away(PipelineAwayException e) {
    return unavailable(e.getMessage());
  }

  @ExceptionHandler
  ProblemDetail networksAway(NetworksAwayException e) {
    return unavailable(e.getMessage());
  }

  @ExceptionHandler({DataAccessException.class, TransactionException.class})
  ProblemDetail databaseAway(RuntimeException e) {
    logger.debug("Database", e);
    return unavailable("The database does not answer. Try again when it is back.");
  }

  /**
   * Tomcat throws it at whoever first asks for a parameter, also for an upload that is too large.
   */
  @ExceptionHandler
  ProblemDetail unusableBody(InvalidParameterException e) {
    HttpStatus status = HttpStatus.valueOf(e.getErrorCode());
    return ProblemDetail.forStatusAndDetail(
        status,
        status == HttpStatus.CONTENT_TOO_LARGE
            ? "The upload is too large: at most 25 MB a file and 200 MB a request."
            : UNREADABLE);
  }

  @ExceptionHandler
  ProblemDetail unusableParts(MultipartException e) {
    return ProblemDetail.forStatusAndDetail(HttpStatus.BAD_REQUEST, UNREADABLE);
  }

  private static ProblemDetail unavailable(@Nullable String detail) {
    return ProblemDetail.forStatusAndDetail(
        HttpStatus.SERVICE_UNAVAILABLE, detail == null ? "Away." : detail);
  }
}
