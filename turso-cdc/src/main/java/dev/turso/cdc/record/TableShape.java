package dev.turso.cdc.record;

import dev.turso.error.DatabaseException;
import dev.turso.schema.CollationLookup;
import dev.turso.schema.Column;
import dev.turso.schema.Definitions;
import dev.turso.schema.Table;
import dev.turso.sql.ast.CreateTable;
import dev.turso.sql.parse.Parser;
import dev.turso.value.Collation;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a table looked like while some of the log's records were written: which columns their images
 * have. Immutable.
 *
 * <p>A column keeps its number as long as it lives, through renames of it and of its table; so does a
 * table. A column that was dropped and made again has another one.
 */
public final class TableShape {

  private final long version;
  private final long since;
  private final long tableId;
  private final String tableName;
  private final @Nullable String sql;
  private final List<String> columns;
  private final int[] columnIds;
  private @Nullable Table definition;

  /**
   * @param version the number of this shape, growing over all tables
   * @param since the id of the first log row that may have this shape
   * @param sql the CREATE TABLE statement; null once the table is dropped
   * @param columns the names of the columns that images have, in order
   */
  public TableShape(
      long version,
      long since,
      long tableId,
      String tableName,
      @Nullable String sql,
      List<String> columns,
      int[] columnIds) {
    this.version = version;
    this.since = since;
    this.tableId = tableId;
    this.tableName = tableName;
    this.sql = sql;
    this.columns = List.copyOf(columns);
    this.columnIds = columnIds.clone();
  }

  public long version() {
    return version;
  }

  public long since() {
    return since;
  }

  public long tableId() {
    return tableId;
  }

  public String tableName() {
    return tableName;
  }

  public @Nullable String sql() {
    return sql;
  }

  /** The names of the columns that images have, in order. */
  public List<String> columns() {
    return columns;
  }

  /** The number of the column at a place in images. */
  public int columnId(int index) {
    return columnIds[index];
  }

  /** Where images have the column of a number, or -1. */
  public int indexOfId(int columnId) {
    for (int i = 0; i < columnIds.length; i++) {
      if (columnIds[i] == columnId) {
        return i;
      }
    }
    return -1;
  }

  /** Where images have the column of a name, letters' case aside, or -1. */
  public int indexOf(String column) {
    for (int i = 0; i < columns.size(); i++) {
      if (columns.get(i).equalsIgnoreCase(column)) {
        return i;
      }
    }
    return -1;
  }

  /** The definition, parsed; null if the table is dropped or its text is not understood. */
  public synchronized @Nullable Table definition() {
    if (definition == null && sql != null) {
      definition = parse(sql);
    }
    return definition;
  }

  private static @Nullable Table parse(String sql) {
    CollationLookup any =
        name -> {
          Collation found = CollationLookup.BUILT_IN.collation(name);
          return found == null ? Collation.BINARY : found;
        };
    try {
      return Definitions.table((CreateTable) Parser.parseStatement(sql), 0, sql, any);
    } catch (DatabaseException | ClassCastException e) {
      // A text that this release does not understand: names are all that is known.
      return null;
    }
  }

  /** Where images have the columns of the primary key; empty if the rowid is all there is. */
  public int[] keyIndexes() {
    Table table = definition();
    if (table == null) {
      return new int[0];
    }
    List<Integer> found = new ArrayList<>();
    List<Column> all = table.columns();
    int keys = 0;
    for (Column each : all) {
      keys = Math.max(keys, each.primaryKeyPosition());
    }
    for (int position = 1; position <= keys; position++) {
      for (Column each : all) {
        if (each.primaryKeyPosition() == position) {
          found.add(indexOf(each.name()));
        }
      }
    }
    int[] indexes = new int[found.size()];
    Arrays.setAll(indexes, found::get);
    return indexes;
  }

  @Override
  public String toString() {
    return tableName + columns + " version " + version;
  }
}
