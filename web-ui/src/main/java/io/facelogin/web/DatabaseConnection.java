package io.facelogin.web;

import io.facelogin.contract.MaskedAddress;
import java.util.regex.Pattern;

/**
 * How to reach PostgreSQL. What the driver knows of TLS goes with the address ({@code
 * ?sslmode=verify-full&sslrootcert=ca.crt}); a password never does, since addresses are printed.
 *
 * @param password may be empty where the server trusts local users
 */
public record DatabaseConnection(String jdbcUrl, String user, String password) {

  private static final Pattern SECRET =
      Pattern.compile("[?&](ssl)?password=|//[^/?@]*:[^/?@]*@", Pattern.CASE_INSENSITIVE);

  public DatabaseConnection {
    if (!jdbcUrl.startsWith("jdbc:postgresql:")) {
      throw new IllegalArgumentException(
          "The database must be PostgreSQL (jdbc:postgresql://host:port/name), got "
              + MaskedAddress.of(jdbcUrl).text());
    }
    if (SECRET.matcher(jdbcUrl).find()) {
      throw new IllegalArgumentException(
          "The address of the database holds a password, which everybody on this machine could"
              + " read. Take it out, and name a file with --database-password-file or set"
              + " FACE_LOGIN_DATABASE_PASSWORD.");
    }
  }

  /** Without the password, for logs and error messages. */
  @Override
  public String toString() {
    return jdbcUrl + " as " + user;
  }
}
