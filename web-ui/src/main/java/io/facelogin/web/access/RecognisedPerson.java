package io.facelogin.web.access;

import java.io.Serializable;
import java.time.Instant;
import java.util.UUID;
import org.springframework.security.core.AuthenticatedPrincipal;

/** Who logged in by face, as the session knows it. */
public record RecognisedPerson(UUID id, String name, Instant at, float cosineSimilarity)
    implements AuthenticatedPrincipal, Serializable {

  @Override
  public String getName() {
    return name;
  }
}
