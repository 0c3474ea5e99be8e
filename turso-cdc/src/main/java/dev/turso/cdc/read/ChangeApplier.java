package dev.turso.cdc.read;

import dev.turso.Rows;
import dev.turso.Session;
import dev.turso.Statement;
import dev.turso.cdc.record.RowImages;
import dev.turso.cdc.record.TableShape;
import dev.turso.schema.Column;
import dev.turso.schema.Names;
import dev.turso.schema.Table;
import dev.turso.value.Tag;
import dev.turso.value.Value;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Applies the changes of a log of mode {@code full} to another database, which becomes an equal one: the
 * same definitions, and the same rows under the same rowids.
 *
 * <p>What triggers and cascades did is in the log, so foreign keys are switched off in the target and
 * triggers are made only by {@link #finish}. A copy that is kept up goes on with {@link #apply} after
 * that. Materialized views are made where they were made. The target's session is to be used by nobody
 * else meanwhile. Not safe for use by several threads.
 */
public final class ChangeApplier implements AutoCloseable {

  private final Session target;
  private final Map<String, Statement> statements = new HashMap<>();
  private final Map<String, String> triggers = new LinkedHashMap<>();
  private @Nullable String lastAlteration;
  private boolean finished;

  public ChangeApplier(Session target) {
    this.target = target;
    begin();
  }

  private void begin() {
    target.execute("PRAGMA foreign_keys = off; PRAGMA ignore_check_constraints = on");
  }

  /** Applies a batch; the pieces of a transaction are committed as one. */
  public void apply(ChangeBatch batch) {
    if (finished) {
      goOn();
    }
    if (!target.inTransaction()) {
      target.execute("BEGIN IMMEDIATE");
    }
    for (ChangeRecord each : batch.changes()) {
      if (each.kind() == ChangeKind.DEFINITION) {
        define(each);
      } else if (each.kind() == ChangeKind.GAP) {
        throw ChangeLogException.gap(each.table());
      } else {
        lastAlteration = null;
        row(each);
      }
    }
    if (batch.last()) {
      lastAlteration = null;
      target.execute("COMMIT");
    }
  }

  /** Makes the triggers: the copy is now equal to what was logged, its definitions included. */
  public void finish() {
    if (!finished) {
      closeStatements();
      triggers.values().forEach(target::execute);
      target.execute("PRAGMA ignore_check_constraints = off");
      finished = true;
    }
  }

  /** Takes the triggers away again, until the next {@link #finish}. */
  private void goOn() {
    closeStatements();
    begin();
    triggers.keySet().forEach(each -> target.execute("DROP TRIGGER " + quoted(each)));
    finished = false;
  }

  // ---- definitions

  private void define(ChangeRecord change) {
    closeStatements();
    String statement = String.valueOf(change.statement());
    String name = String.valueOf(change.objectName());
    String key = Names.fold(name);
    boolean altered = change.beforeImage() != null && change.afterImage() != null;
    if ("trigger".equals(change.objectType())) {
      if (change.afterImage() == null) {
        triggers.remove(key);
      } else {
        triggers.put(key, String.valueOf(text(change.after(), 4)));
      }
    }
    if (altered) {
      if (!statement.equals(lastAlteration)) {
        target.execute(statement);
      }
      lastAlteration = statement;
      return;
    }
    lastAlteration = null;
    if ("trigger".equals(change.objectType())) {
      return;
    }
    if (change.afterImage() == null) {
      target.execute(
          statement.replaceFirst("^DROP (MATERIALIZED VIEW|\\w+) ", "DROP $1 IF EXISTS "));
    } else {
      target.execute(statement);
    }
  }

  private static @Nullable String text(Value @Nullable [] row, int column) {
    return row == null ? null : row[column].asString();
  }

  // ---- rows

  private void row(ChangeRecord change) {
    TableShape shape = change.shape();
    Table table = shape == null ? null : shape.definition();
    if (shape == null || table == null) {
      throw new ChangeLogException(
          ChangeLogException.Reason.UNKNOWN_SHAPE,
          "the definition of " + change.table() + " is not known");
    }
    switch (change.kind()) {
      case INSERT, SNAPSHOT -> {
        boolean moved = table.autoincrement() && change.updatesImage() != null;
        Value number = moved ? number(shape.tableName()) : null;
        run(change, shape, table, insert(shape, table), change.after(), null);
        if (moved) {
          putBack(shape.tableName(), number);
        }
      }
      case DELETE -> run(change, shape, table, delete(shape, table), null, change.key());
      case UPDATE -> run(change, shape, table, update(shape, table), change.after(), change.key());
      case DEFINITION, GAP -> throw new IllegalStateException(change.kind() + " is not of a row");
    }
  }

  /** The number of an AUTOINCREMENT table, null if it has none yet. */
  private @Nullable Value number(String table) {
    Statement statement =
        statement("number", () -> "SELECT seq FROM sqlite_sequence WHERE name = ?");
    statement.bind(1, table);
    try (Rows rows = statement.query()) {
      return rows.next() ? rows.get(0) : null;
    }
  }

  /** The row was not inserted but got another key, which leaves the number as it was. */
  private void putBack(String table, @Nullable Value number) {
    if (number == null) {
      statement("none", () -> "DELETE FROM sqlite_sequence WHERE name = ?").bind(1, table).run();
    } else {
      statement("back", () -> "UPDATE sqlite_sequence SET seq = ? WHERE name = ?")
          .bind(1, number)
          .bind(2, table)
          .run();
    }
  }

  private void run(
      ChangeRecord change,
      TableShape shape,
      Table table,
      Statement statement,
      Value @Nullable [] row,
      @Nullable Value key) {
    boolean keyed = table.withoutRowid();
    int at = 1;
    if (row != null && key == null && !keyed) {
      statement.bind(at++, change.key());
    }
    if (row != null) {
      for (int i = 0; i < shape.columns().size(); i++) {
        if (isWritable(table, shape, i)) {
          statement.bind(at++, row[i]);
        }
      }
    }
    if (key != null) {
      for (Value each : keyed ? parts(key, shape) : new Value[] {key}) {
        statement.bind(at++, each);
      }
    }
    if (statement.run() != 1) {
      throw new IllegalStateException("the target does not have the row of " + change);
    }
  }

  private static Value[] parts(Value key, TableShape shape) {
    byte[] record = key.tag() == Tag.BLOB && shape.keyIndexes().length > 1 ? key.asBytes() : null;
    return record == null ? new Value[] {key} : RowImages.values(record);
  }

  private static boolean isWritable(Table table, TableShape shape, int index) {
    int column = table.columnIndex(shape.columns().get(index));
    Column declared = table.columns().get(column);
    return !declared.isGenerated();
  }

  private Statement insert(TableShape shape, Table table) {
    return statement(
        "i" + shape.version(),
        () -> {
          StringBuilder sql = new StringBuilder("INSERT INTO ").append(quoted(shape.tableName()));
          List<String> columns = new ArrayList<>();
          if (!table.withoutRowid()) {
            columns.add(rowidName(table));
          }
          columns.addAll(writable(shape, table));
          sql.append(" (").append(String.join(", ", columns)).append(") VALUES (?");
          sql.append(", ?".repeat(columns.size() - 1)).append(')');
          return sql.toString();
        });
  }

  private static List<String> writable(TableShape shape, Table table) {
    List<String> columns = new ArrayList<>();
    for (int i = 0; i < shape.columns().size(); i++) {
      if (isWritable(table, shape, i)) {
        columns.add(quoted(shape.columns().get(i)));
      }
    }
    return columns;
  }

  private Statement update(TableShape shape, Table table) {
    return statement(
        "u" + shape.version(),
        () ->
            "UPDATE "
                + quoted(shape.tableName())
                + " SET "
                + String.join(" = ?, ", writable(shape, table))
                + " = ? WHERE "
                + keyCondition(shape, table));
  }

  private Statement delete(TableShape shape, Table table) {
    return statement(
        "d" + shape.version(),
        () -> "DELETE FROM " + quoted(shape.tableName()) + " WHERE " + keyCondition(shape, table));
  }

  private static String keyCondition(TableShape shape, Table table) {
    if (!table.withoutRowid()) {
      return rowidName(table) + " = ?";
    }
    List<String> parts = new ArrayList<>();
    for (int each : shape.keyIndexes()) {
      parts.add(quoted(shape.columns().get(each)) + " IS ?");
    }
    return String.join(" AND ", parts);
  }

  /** A name of the rowid that is not one of the table's columns. */
  private static String rowidName(Table table) {
    for (String each : new String[] {"rowid", "_rowid_", "oid"}) {
      if (table.columnIndex(each) < 0) {
        return each;
      }
    }
    int alias = table.rowidAlias();
    return quoted(table.columns().get(Math.max(alias, 0)).name());
  }

  private static String quoted(String name) {
    return "\"" + name.replace("\"", "\"\"") + "\"";
  }

  private interface Text {
    String text();
  }

  private Statement statement(String key, Text sql) {
    Statement known = statements.get(key);
    if (known == null) {
      known = target.prepare(sql.text());
      statements.put(key, known);
    }
    return known;
  }

  private void closeStatements() {
    statements.values().forEach(Statement::close);
    statements.clear();
  }

  @Override
  public void close() {
    closeStatements();
  }
}
