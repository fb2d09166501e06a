package io.facelogin.web;

/** How to reach PostgreSQL. The password may be empty where the server trusts local users. */
public record DatabaseConnection(String jdbcUrl, String user, String password) {

  public DatabaseConnection {
    if (!jdbcUrl.startsWith("jdbc:postgresql:")) {
      throw new IllegalArgumentException(
          "The database must be PostgreSQL (jdbc:postgresql://host:port/name), got " + jdbcUrl);
    }
  }

  /** Without the password, for logs and error messages. */
  @Override
  public String toString() {
    return jdbcUrl + " as " + user;
  }
}
