package io.facelogin.web.access;

import io.facelogin.web.audit.AuditActor;
import java.io.Serializable;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.springframework.security.core.AuthenticatedPrincipal;

/**
 * Who logged in by face, as the session knows it.
 *
 * @param loginId of this one log-in; another one of the same person has another
 * @param checks what was passed beside the comparison of faces, as tokens name it ({@code amr})
 */
public record RecognisedPerson(
    UUID id, String name, Instant at, float cosineSimilarity, UUID loginId, List<String> checks)
    implements AuthenticatedPrincipal, AuditActor, Serializable {

  public RecognisedPerson {
    checks = List.copyOf(checks);
  }

  @Override
  public String getName() {
    return name;
  }

  @Override
  public String auditName() {
    return "person:" + id;
  }
}
