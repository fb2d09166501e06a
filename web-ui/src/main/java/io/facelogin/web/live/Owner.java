package io.facelogin.web.live;

import io.facelogin.web.access.TokenGrant;
import java.util.Optional;

/**
 * Whose socket it is.
 *
 * @param address as tries are counted
 * @param grant the token that the socket was opened with, if it was one
 * @param operator may enrol others, and is told whom a face resembles
 */
record Owner(String address, Optional<TokenGrant> grant, boolean operator) {}
