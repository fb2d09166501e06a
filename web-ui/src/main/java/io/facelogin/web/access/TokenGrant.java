package io.facelogin.web.access;

import io.facelogin.web.audit.AuditActor;
import java.io.Serializable;
import java.time.Instant;
import org.springframework.security.core.AuthenticatedPrincipal;

/**
 * What a token gave: to one request of a program, or to a session.
 *
 * @param tokenId of the table; {@link #THIS_RUN} for the token that lives as long as the process
 * @param openedAt when it was shown
 */
public record TokenGrant(String tokenId, Role role, Instant openedAt)
    implements AuthenticatedPrincipal, AuditActor, Serializable {

  static final String THIS_RUN = "this-run";

  /** Whether it is the token that lives as long as the process, which its owner alone can read. */
  public boolean isOfThisRun() {
    return tokenId.equals(THIS_RUN);
  }

  @Override
  public String getName() {
    return auditName();
  }

  @Override
  public String auditName() {
    return role.word() + ":" + tokenId;
  }
}
