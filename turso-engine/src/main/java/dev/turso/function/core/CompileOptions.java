package dev.turso.function.core;

import dev.turso.value.Register;
import java.util.List;
import java.util.Locale;

/** What of SQLite's compile-time options describes this engine, sorted. */
public final class CompileOptions {

  private static final List<String> OPTIONS =
      List.of(
          "DEFAULT_AUTOVACUUM",
          "DEFAULT_PAGE_SIZE=4096",
          "DEFAULT_SYNCHRONOUS=2",
          "DEFAULT_WAL_SYNCHRONOUS=2",
          "ENABLE_COLUMN_METADATA",
          "ENABLE_DBSTAT_VTAB",
          "ENABLE_MATH_FUNCTIONS",
          "ENABLE_PERCENTILE",
          "ENABLE_UPDATE_DELETE_LIMIT",
          "SOUNDEX",
          "TEMP_STORE=1",
          "THREADSAFE=1");

  private static final String PREFIX = "SQLITE_";

  private CompileOptions() {}

  /** All of them, for {@code PRAGMA compile_options}. */
  public static List<String> all() {
    return OPTIONS;
  }

  static void get(Register index, Register result) {
    long i = index.asLong();
    if (i < 0 || i >= OPTIONS.size()) {
      result.setNull();
    } else {
      result.setText(OPTIONS.get((int) i));
    }
  }

  static void used(Register option, Register result) {
    if (option.isNull()) {
      result.setNull();
      return;
    }
    String name = option.asString().toUpperCase(Locale.ROOT);
    if (name.startsWith(PREFIX)) {
      name = name.substring(PREFIX.length());
    }
    result.setBoolean(isUsed(name));
  }

  private static boolean isUsed(String name) {
    for (String option : OPTIONS) {
      if (option.equals(name) || option.startsWith(name + "=")) {
        return true;
      }
    }
    return false;
  }
}
