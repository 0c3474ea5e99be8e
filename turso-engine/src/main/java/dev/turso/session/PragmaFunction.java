package dev.turso.session;

import dev.turso.function.StatementEnvironment;
import dev.turso.schema.Column;
import dev.turso.schema.Generation;
import dev.turso.value.Affinity;
import dev.turso.value.Collation;
import dev.turso.value.Register;
import dev.turso.value.Value;
import dev.turso.vtab.RowCursor;
import dev.turso.vtab.TableFunction;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A pragma that reads, as a table-valued function: {@code pragma_table_info('t')}. */
final class PragmaFunction implements TableFunction {

  private final Connection connection;
  private final String name;
  private final PragmaHandler handler;
  private final List<Column> columns = new ArrayList<>();
  private final int results;

  PragmaFunction(Connection connection, String name, PragmaHandler handler) {
    this.connection = connection;
    this.name = name;
    this.handler = handler;
    for (String each : handler.columns(null)) {
      columns.add(Column.of(each, null, Affinity.NONE));
    }
    this.results = columns.size();
    columns.add(hidden("arg"));
    columns.add(hidden("schema"));
  }

  private static Column hidden(String name) {
    return new Column(
        name,
        null,
        Affinity.NONE,
        Collation.BINARY,
        false,
        null,
        null,
        null,
        Generation.NONE,
        null,
        true,
        0);
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
    Register first = arguments.length > 0 ? arguments[0] : null;
    Register second = arguments.length > 1 ? arguments[1] : null;
    String argument = first == null || first.isNull() ? null : first.asString();
    String schema = second == null || second.isNull() ? null : second.asString();
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
        } else if (column == results && argument != null) {
          out.setText(argument);
        } else if (column == results + 1 && schema != null) {
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
}
