package dev.turso.bind;

import dev.turso.format.TextEncoding;
import dev.turso.plan.logical.TableValuedFunction;
import dev.turso.schema.Table;
import org.jspecify.annotations.Nullable;

/** What binding depends on beside catalog and functions. */
public interface BinderSettings {

  /** What SQLite does when nothing is set, with no table-valued functions. */
  BinderSettings DEFAULT = new BinderSettings() {};

  /** Whether {@code "text"} is a string where no column has that name. */
  default boolean mayBeString(String text) {
    return true;
  }

  /** The table-valued function of this name, or null. */
  default @Nullable TableValuedFunction tableFunction(String name) {
    return null;
  }

  /**
   * Whether something of a schema is bound only to see what its names mean. Functions of other
   * connections pass then, and so does what only matters when it runs: which columns are written,
   * and numbers of values.
   */
  default boolean checksSchema() {
    return false;
  }

  /** How texts are stored, which shows where they are taken for bytes. */
  default TextEncoding encoding() {
    return TextEncoding.UTF_8;
  }

  /** What reads the rows of a virtual table. */
  default @Nullable TableValuedFunction virtualTable(Table table) {
    return null;
  }

  /** Whether {@code sqlite_schema} may be written to. */
  default boolean writableSchema() {
    return false;
  }

  /** Whether a materialized view must be read as its defining query: it is not current. */
  default boolean readAsQuery(Table materializedView) {
    return false;
  }
}
