package dev.turso.session;

import dev.turso.error.SqlException;
import dev.turso.function.StatementEnvironment;
import dev.turso.schema.Column;
import dev.turso.schema.Names;
import dev.turso.value.Affinity;
import dev.turso.value.Register;
import dev.turso.value.Value;
import dev.turso.vtab.RowCursor;
import dev.turso.vtab.TableFunction;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A pragma as a table-valued function: {@code pragma_table_info('t')}. It reads. What an argument would
 * set cannot be given one, and pragmas that do something have no function, as in SQLite.
 *
 * @see <a href="https://www.sqlite.org/pragma.html#pragfunc">PRAGMA functions</a>
 */
final class PragmaFunction implements TableFunction {

  /** Their argument says what to read. */
  private static final Set<String> WITH_ARGUMENT =
      Set.of(
          "foreign_key_check",
          "foreign_key_list",
          "index_info",
          "index_list",
          "index_xinfo",
          "integrity_check",
          "optimize",
          "quick_check",
          "table_info",
          "table_list",
          "table_xinfo");

  private static final Set<String> WITH_SCHEMA =
      Set.of(
          "auto_vacuum",
          "cache_size",
          "cache_spill",
          "default_cache_size",
          "foreign_key_check",
          "foreign_key_list",
          "index_info",
          "index_list",
          "index_xinfo",
          "integrity_check",
          "journal_mode",
          "journal_size_limit",
          "locking_mode",
          "max_page_count",
          "page_count",
          "page_size",
          "quick_check",
          "synchronous",
          "table_info",
          "table_xinfo");

  private static final Set<String> WITHOUT_FUNCTION =
      Set.of(
          "case_sensitive_like",
          "incremental_vacuum",
          "mmap_size",
          "shrink_memory",
          "temp_store_directory",
          "wal_autocheckpoint",
          "wal_checkpoint");

  private final Connection connection;
  private final String name;
  private final PragmaHandler handler;
  private final List<Column> columns = new ArrayList<>();
  private final int results;
  private final int argumentAt;
  private final int schemaAt;

  /** The function of a pragma, or null if it has none. */
  static @Nullable PragmaFunction of(Connection connection, String pragma) {
    PragmaHandler handler = PragmaCommands.find(pragma);
    String name = Names.fold(pragma);
    return handler == null || handler.columns(null).isEmpty() || WITHOUT_FUNCTION.contains(name)
        ? null
        : new PragmaFunction(connection, name, handler);
  }

  private PragmaFunction(Connection connection, String pragma, PragmaHandler handler) {
    this.connection = connection;
    this.name = "pragma_" + pragma;
    this.handler = handler;
    for (String each : handler.columns(null)) {
      columns.add(Column.of(each, null, Affinity.NONE));
    }
    this.results = columns.size();
    this.argumentAt = WITH_ARGUMENT.contains(pragma) ? columns.size() : -1;
    if (argumentAt >= 0) {
      columns.add(Column.hidden("arg", Affinity.NONE));
    }
    this.schemaAt = WITH_SCHEMA.contains(pragma) ? columns.size() : -1;
    if (schemaAt >= 0) {
      columns.add(Column.hidden("schema", Affinity.NONE));
    }
  }

  /** Whether the pragma looks at pages of databases. */
  boolean reads() {
    return handler.needs(null) == CommandProgram.Needs.SNAPSHOT;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public List<Column> columns() {
    return columns;
  }

  @Override
  public RowCursor open(@Nullable Register[] arguments, StatementEnvironment environment) {
    String argument = given(arguments, argumentAt);
    String schema = given(arguments, schemaAt);
    if (schema != null && connection.database(schema) == null) {
      throw new SqlException("unknown database '" + schema + "'");
    }
    List<List<Value>> rows = handler.run(connection, schema, argument);
    return new RowCursor() {
      private int at = -1;

      @Override
      public boolean next() {
        return ++at < rows.size();
      }

      @Override
      public void column(int column, Register out) {
        if (column < results) {
          out.set(rows.get(at).get(column));
        } else if (column == argumentAt && argument != null) {
          out.setText(argument);
        } else if (column == schemaAt && schema != null) {
          out.setText(schema);
        } else {
          out.setNull();
        }
      }

      @Override
      public long rowid() {
        return at + 1;
      }
    };
  }

  /** What stands in a hidden column; these are the arguments, in their order. */
  private @Nullable String given(@Nullable Register[] arguments, int column) {
    int number = column - results;
    Register value = column < 0 || number >= arguments.length ? null : arguments[number];
    return value == null || value.isNull() ? null : value.asString();
  }
}
