package dev.turso.jdbc;

import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** {@link java.sql.Wrapper} over one or more objects: the first that is of the wanted type. */
final class Wrapping {

  private Wrapping() {}

  static <T> T unwrap(@Nullable Class<T> type, Object... wrapped) throws SQLException {
    for (Object each : wrapped) {
      if (type != null && type.isInstance(each)) {
        return type.cast(each);
      }
    }
    throw SqlErrors.misuse("not a wrapper for " + (type == null ? "null" : type.getName()));
  }

  static boolean wraps(@Nullable Class<?> type, Object... wrapped) {
    for (Object each : wrapped) {
      if (type != null && type.isInstance(each)) {
        return true;
      }
    }
    return false;
  }
}
