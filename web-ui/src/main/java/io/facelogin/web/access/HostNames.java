package io.facelogin.web.access;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Collection;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * By which names this site may be called. A page of a foreign name that its owner lets point to
 * this machine (DNS rebinding) would be of one origin with ours and could use it; a plain address
 * cannot be let point anywhere, so those are always right.
 */
final class HostNames {

  private static final Pattern IPV4 = Pattern.compile("\\d{1,3}(\\.\\d{1,3}){3}");
  private static final Pattern IPV6 = Pattern.compile("[0-9a-fA-F:.]*:[0-9a-fA-F:.]*(%\\w+)?");

  private final Set<String> known = new HashSet<>();

  HostNames(Collection<String> names) {
    known.add("localhost");
    try {
      known.add(InetAddress.getLocalHost().getHostName().toLowerCase(Locale.ROOT));
    } catch (UnknownHostException e) {
      // A machine without a name of its own: nobody calls it by one.
      known.remove("");
    }
    names.forEach(name -> known.add(name.strip().toLowerCase(Locale.ROOT)));
  }

  /**
   * @param host as the browser wrote it, without port; IPv6 in brackets or not
   */
  boolean isKnown(String host) {
    String name = host.toLowerCase(Locale.ROOT);
    if (name.startsWith("[") && name.endsWith("]")) {
      name = name.substring(1, name.length() - 1);
    }
    return isAddress(name) || known.contains(name);
  }

  /** Whether this is an address, so that looking it up asks no name server. */
  static boolean isAddress(String text) {
    return IPV4.matcher(text).matches() || IPV6.matcher(text).matches();
  }
}
