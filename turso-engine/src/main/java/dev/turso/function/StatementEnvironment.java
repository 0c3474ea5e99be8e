package dev.turso.function;

import java.time.ZoneId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What functions may know of the world outside their arguments; a session implements it.
 *
 * <p>Valid while a statement runs, and used by its thread.
 */
public interface StatementEnvironment {

  /** Milliseconds since 1970-01-01 UTC: what 'now' means, the same throughout one statement. */
  long currentTimeMillis();

  /** The zone of the modifiers {@code localtime} and {@code utc}. */
  ZoneId zone();

  /** 64 random bits. */
  long random();

  /** Fills an array with random bytes. */
  void randomBytes(byte[] bytes);

  /** Rows changed by the last completed INSERT, UPDATE or DELETE. */
  long changes();

  /** Rows changed since the connection was opened. */
  long totalChanges();

  /** The rowid of the last row inserted through the connection. */
  long lastInsertRowId();

  /** Whether LIKE tells {@code a} from {@code A}: {@code PRAGMA case_sensitive_like}. */
  boolean likeIsCaseSensitive();

  /**
   * The names of a table's columns in its records, which have no virtual ones; null if there is no such
   * table or no session.
   */
  default @Nullable List<String> columnsOf(String table) {
    return null;
  }
}
