package dev.turso.bind;

import dev.turso.format.TextEncoding;
import dev.turso.plan.logical.TableValuedFunction;
import dev.turso.schema.Table;
import org.jspecify.annotations.Nullable;

/** What binding depends on beside catalog and functions. */
public interface BinderSettings {

  /** What SQLite does when nothing is set, with no table-valued functions. */
  BinderSettings DEFAULT = new BinderSettings() {};

  /** Whether {@code "name"} is a string where no column has that name. */
  default boolean doubleQuotedStrings() {
    return true;
  }

  /** The table-valued function of this name, or null. */
  default @Nullable TableValuedFunction tableFunction(String name) {
    return null;
  }

  /**
   * Whether a function that does not exist binds, to fail when it is called: schemas name functions
   * of other connections.
   */
  default boolean unknownFunctions() {
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
