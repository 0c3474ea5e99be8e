package dev.turso.cdc.read;

import dev.turso.Rows;
import dev.turso.Session;
import dev.turso.Statement;
import dev.turso.cdc.record.ColumnNames;
import dev.turso.cdc.record.TableShape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The shapes of tables over time, as far as read from {@code turso_cdc_schema}. For one thread. */
final class SchemaVersions {

  private final Map<String, List<TableShape>> byTable = new HashMap<>();
  private long newest;
  private @Nullable String lastTable;
  private @Nullable TableShape lastShape;
  private long lastUntil;

  /** Reads the shapes that are not known yet. */
  void load(Session session) {
    try (Statement statement =
        session.prepare(
            "SELECT version, since, table_id, table_name, sql,"
                + ColumnNames.SQL
                + ", column_ids FROM turso_cdc_schema s WHERE version > ? ORDER BY version")) {
      statement.bind(1, newest);
      try (Rows rows = statement.query()) {
        while (rows.next()) {
          newest = rows.getLong(0);
          TableShape shape = shape(rows);
          byTable.computeIfAbsent(fold(shape.tableName()), name -> new ArrayList<>()).add(shape);
        }
      }
    }
    lastTable = null;
  }

  private static TableShape shape(Rows rows) {
    String columns = rows.getText(5);
    String ids = rows.getText(6);
    return new TableShape(
        rows.getLong(0),
        rows.getLong(1),
        rows.getLong(2),
        String.valueOf(rows.getText(3)),
        rows.getText(4),
        ColumnNames.of(columns),
        ids == null || ids.isEmpty()
            ? new int[0]
            : Arrays.stream(ids.split(",")).mapToInt(Integer::parseInt).toArray());
  }

  private static String fold(String name) {
    return name.toLowerCase(Locale.ROOT);
  }

  /** The shape of a table when a log row was written, or null. */
  @Nullable TableShape at(String table, long change) {
    TableShape known = lastShape;
    if (known != null && table.equals(lastTable) && change >= known.since() && change < lastUntil) {
      return known;
    }
    List<TableShape> shapes = byTable.getOrDefault(fold(table), List.of());
    for (int i = shapes.size() - 1; i >= 0; i--) {
      if (shapes.get(i).since() <= change) {
        lastTable = table;
        lastShape = shapes.get(i);
        lastUntil = i + 1 < shapes.size() ? shapes.get(i + 1).since() : Long.MAX_VALUE;
        return lastShape;
      }
    }
    return null;
  }

  /** The newest shape of a table, or null. */
  @Nullable TableShape newest(String table) {
    return at(table, Long.MAX_VALUE - 1);
  }
}
