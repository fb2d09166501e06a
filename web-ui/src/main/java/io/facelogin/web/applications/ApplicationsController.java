package io.facelogin.web.applications;

import io.facelogin.web.audit.AuditTrail;
import io.facelogin.web.problem.Problem;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Registers applications, for the administrator. */
@RestController
@RequestMapping("/api/v1/applications")
@Tag(name = "applications")
class ApplicationsController {

  private final Applications applications;
  private final AuditTrail audit;

  ApplicationsController(Applications applications, AuditTrail audit) {
    this.applications = applications;
    this.audit = audit;
  }

  /**
   * The answer to a registration.
   *
   * @param secret shown this once; null for a public application
   */
  record Answer(Application application, @Nullable String secret) {}

  @Operation(summary = "Lists the applications that people log in to by face")
  @GetMapping
  List<Application> list() {
    return applications.all();
  }

  @Operation(summary = "Registers an application; its secret is in this answer only")
  @PostMapping
  @ResponseStatus(HttpStatus.CREATED)
  Answer add(@RequestBody NewApplication application) {
    NewApplication checked = application.checked();
    String id = String.valueOf(checked.id());
    if (applications.find(id).isPresent()) {
      throw taken(id);
    }
    audit.write("application-registered", id);
    try {
      Applications.Registered registered = applications.register(checked);
      return new Answer(registered.application(), registered.secret());
    } catch (DuplicateKeyException | IllegalArgumentException e) {
      throw taken(id); // registered by somebody else in between
    }
  }

  @Operation(summary = "Takes an application off, and with it all that was issued to it")
  @DeleteMapping("/{id}")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void remove(@PathVariable String id) {
    if (applications.find(id).isEmpty()) {
      throw Problem.notFound("There is no application with the id " + id + ".");
    }
    audit.write("application-removed", id);
    applications.remove(id);
  }

  private static Problem taken(String id) {
    return Problem.conflict(
        "There is an application with the id " + id + " already. Remove it, or give another id.");
  }
}
