package io.facelogin.web.access;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.Authentication;

/** By what a caller is told from others where tries are counted. */
public final class Caller {

  private static final int NETWORK_BYTES = 8;

  private Caller() {}

  /** The token, where one was shown, else the address. */
  static String of(@Nullable Authentication visitor, String address) {
    return Roles.grant(visitor).map(TokenGrant::tokenId).orElseGet(() -> address(address));
  }

  /**
   * The address; of IPv6 the first 64 bits, since a single machine has all of the rest.
   *
   * @param text as the server has it, never a name
   */
  public static String address(String text) {
    try {
      if (HostNames.isAddress(text) && InetAddress.getByName(text) instanceof Inet6Address six) {
        return HexFormat.of().formatHex(Arrays.copyOf(six.getAddress(), NETWORK_BYTES)) + "/64";
      }
    } catch (UnknownHostException e) {
      return text;
    }
    return text;
  }

  static boolean isThisMachine(String text) {
    try {
      return HostNames.isAddress(text) && InetAddress.getByName(text).isLoopbackAddress();
    } catch (UnknownHostException e) {
      return false;
    }
  }
}
