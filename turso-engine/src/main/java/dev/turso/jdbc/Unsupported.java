package dev.turso.jdbc;

import java.sql.SQLFeatureNotSupportedException;

/** How the driver says that it does not do a thing: by name, with SQLState 0A000. */
final class Unsupported {

  private Unsupported() {}

  static SQLFeatureNotSupportedException call(String method) {
    return new SQLFeatureNotSupportedException(
        method + " is not supported by this driver", "0A000");
  }
}
