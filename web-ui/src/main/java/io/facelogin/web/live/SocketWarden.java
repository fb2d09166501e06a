package io.facelogin.web.live;

import io.facelogin.web.access.AccessTokens;
import io.facelogin.web.access.SessionLimits;
import io.facelogin.web.access.TokenGrant;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.event.EventListener;
import org.springframework.dao.DataAccessException;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * Closes sockets whose token does not hold any more: at once when it is revoked here, within ten
 * seconds when it expires, is revoked by another instance, or the session has lasted long enough. A
 * request is judged anew each time; a socket would go on for ever.
 */
@Component
class SocketWarden {

  private static final Logger LOG = LoggerFactory.getLogger(SocketWarden.class);

  private final Browsers browsers;
  private final AccessTokens tokens;
  private final SessionLimits limits;

  SocketWarden(Browsers browsers, AccessTokens tokens, SessionLimits limits) {
    this.browsers = browsers;
    this.tokens = tokens;
    this.limits = limits;
  }

  @EventListener
  void revoked(AccessTokens.Revoked event) {
    browsers.closeWhere(
        owner ->
            owner.grant().map(TokenGrant::tokenId).filter(event.tokenId()::equals).isPresent());
  }

  @Scheduled(fixedDelay = 10, timeUnit = TimeUnit.SECONDS)
  void look() {
    try {
      browsers.closeWhere(owner -> owner.grant().filter(this::holdsNoMore).isPresent());
    } catch (DataAccessException e) {
      LOG.debug("Database away: sockets are judged when it is back", e);
    }
  }

  private boolean holdsNoMore(TokenGrant grant) {
    return limits.isTooOld(grant.openedAt()) || !tokens.isValid(grant);
  }
}
