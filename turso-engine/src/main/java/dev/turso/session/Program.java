package dev.turso.session;

import dev.turso.schema.DatabaseSchema;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A compiled statement. It has state, and serves one execution at a time. */
abstract sealed class Program permits QueryProgram, WriteProgram, CommandProgram {

  /** Databases as bits by index: those that a run touches, and those that it writes. */
  long uses;

  long writes;

  /** What the used databases' schemas were at compile time, by index. */
  @Nullable DatabaseSchema[] compiledUnder = {};

  /** Whether a table is read that an extension keeps up to date. */
  boolean readsMaintained;

  /** The materialized views that are read, and how; checked before every run. */
  List<ViewRead> views = List.of();

  /** Result columns; empty for a statement without a result. */
  List<ResultColumn> columns = List.of();

  /** What metadata tells of a result column. */
  record ResultColumn(
      String name,
      @Nullable String declaredType,
      @Nullable String database,
      @Nullable String table,
      @Nullable String origin) {

    static ResultColumn named(String name) {
      return new ResultColumn(name, null, null, null, null);
    }
  }

  /** Whether a failure in the middle leaves something behind that must be undone. */
  boolean needsSavepoint() {
    return false;
  }

  boolean readOnly() {
    return writes == 0;
  }
}
