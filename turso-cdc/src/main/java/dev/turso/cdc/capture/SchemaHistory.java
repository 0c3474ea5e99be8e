package dev.turso.cdc.capture;

import dev.turso.cdc.record.ColumnNames;
import dev.turso.change.Operation;
import dev.turso.change.TransactionView;
import dev.turso.change.WireJson;
import dev.turso.error.DatabaseException;
import dev.turso.schema.Column;
import dev.turso.schema.Names;
import dev.turso.schema.Table;
import dev.turso.sql.ast.AlterTable;
import dev.turso.sql.ast.Statement;
import dev.turso.sql.parse.Parser;
import dev.turso.value.Value;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.WeakHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Keeps {@code turso_cdc_schema}: from which log row on a table had which columns. A record is read by
 * the newest shape of its table that is not newer than itself, so it can be read for ever.
 *
 * <p>Used under the writer's turn.
 */
final class SchemaHistory {

  /** The newest shape of a table that the history has. */
  private record Known(
      long tableId, String name, List<String> columns, List<Integer> ids, @Nullable String sql) {}

  /** Definitions that were compared with the history: one object for each schema that was read. */
  private final Set<Table> compared = Collections.newSetFromMap(new WeakHashMap<>());

  /** Of those the one that was asked for last. */
  private @Nullable Table last;

  static void create(TransactionView transaction) {
    transaction.execute(
        "CREATE TABLE IF NOT EXISTS turso_cdc_schema (version INTEGER PRIMARY KEY,"
            + " since INTEGER NOT NULL, table_id INTEGER NOT NULL, table_name TEXT NOT NULL,"
            + " columns TEXT, column_ids TEXT, sql TEXT)");
  }

  /** Whether the running transaction has written the history. */
  private boolean written;

  /** Another transaction begins; what the one before wrote is there, unless it was said to be lost. */
  void begin() {
    written = false;
  }

  /** Something of the transaction was rolled back: what it wrote may have to be written again. */
  void undone() {
    if (written) {
      forget();
    }
  }

  /** Transactions that were over are lost: what was compared may have to be written again. */
  void forget() {
    compared.clear();
    last = null;
  }

  /** Before a row of a table is logged: the history must have the table as it is. */
  void verify(TransactionView transaction, Table table, long nextId) {
    if (table == last) {
      return;
    }
    last = table;
    if (!compared.add(table)) {
      return;
    }
    Known known = newest(transaction, table.name());
    if (known != null && table.sql().equals(known.sql)) {
      return;
    }
    List<String> columns = columns(table);
    Known living = known == null || known.sql == null ? null : known;
    long tableId = living == null ? nextTableId(transaction) : living.tableId;
    add(
        transaction,
        nextId,
        tableId,
        table.name(),
        columns,
        living == null
            ? fresh(columns.size())
            : byName(living, columns, null, null, lastColumnId(transaction, living.tableId)),
        table.sql());
  }

  /** A logged change of a table's definition. */
  void changed(
      TransactionView transaction, SchemaChange change, Operation operation, long changeId) {
    if (!change.type().equals("table")) {
      return;
    }
    if (operation == Operation.DELETE) {
      Known known = newest(transaction, change.name());
      if (known != null) {
        add(transaction, changeId, known.tableId, change.name(), List.of(), List.of(), null);
      }
      return;
    }
    Table table = transaction.schema().table(change.name());
    if (table == null) {
      return;
    }
    compared.add(table);
    Known known = operation == Operation.UPDATE ? newest(transaction, change.oldName()) : null;
    List<String> columns = columns(table);
    if (known == null || known.sql == null) {
      add(
          transaction,
          changeId,
          nextTableId(transaction),
          table.name(),
          columns,
          fresh(columns.size()),
          table.sql());
      return;
    }
    String from = null;
    String to = null;
    if (statement(change) instanceof AlterTable alter
        && alter.action() instanceof AlterTable.RenameColumn rename) {
      from = rename.column().text();
      to = rename.newName().text();
    }
    if (!Names.same(known.name, table.name())) {
      add(transaction, changeId, known.tableId, known.name, List.of(), List.of(), null);
    }
    add(
        transaction,
        changeId,
        known.tableId,
        table.name(),
        columns,
        byName(known, columns, from, to, lastColumnId(transaction, known.tableId)),
        table.sql());
  }

  private static @Nullable Statement statement(SchemaChange change) {
    try {
      return change.statement().isEmpty() ? null : Parser.parseStatement(change.statement());
    } catch (DatabaseException e) {
      // Names alone then tell which columns are the same.
      return null;
    }
  }

  private static List<String> columns(Table table) {
    List<String> names = new ArrayList<>();
    for (Column each : table.columns()) {
      if (!each.isVirtual()) {
        names.add(each.name());
      }
    }
    return names;
  }

  private static List<Integer> fresh(int count) {
    List<Integer> ids = new ArrayList<>();
    for (int i = 1; i <= count; i++) {
      ids.add(i);
    }
    return ids;
  }

  /** The numbers of columns: those of the same name before; new ones for new names. */
  private static List<Integer> byName(
      Known known, List<String> columns, @Nullable String from, @Nullable String to, int last) {
    int next = last;
    List<Integer> ids = new ArrayList<>();
    for (String each : columns) {
      String before = from != null && to != null && Names.same(each, to) ? from : each;
      int found = -1;
      for (int i = 0; i < known.columns.size(); i++) {
        if (Names.same(known.columns.get(i), before)) {
          found = known.ids.get(i);
        }
      }
      ids.add(found >= 0 ? found : ++next);
    }
    return ids;
  }

  /** The highest number that a column of a table ever had, so that none is given twice. */
  private static int lastColumnId(TransactionView transaction, long tableId) {
    int[] last = {0};
    transaction.query(
        "SELECT column_ids FROM turso_cdc_schema WHERE table_id = ?1",
        List.of(Value.integer(tableId)),
        row -> {
          for (int each : columnIds(row.get(0).asString())) {
            last[0] = Math.max(last[0], each);
          }
          return true;
        });
    return last[0];
  }

  private static List<Integer> columnIds(@Nullable String text) {
    List<Integer> numbers = new ArrayList<>();
    if (text != null && !text.isEmpty()) {
      for (String each : text.split(",")) {
        numbers.add(Integer.parseInt(each));
      }
    }
    return numbers;
  }

  private static @Nullable Known newest(TransactionView transaction, String table) {
    List<Known> found = new ArrayList<>();
    transaction.query(
        "SELECT s.table_id, s.table_name, s.sql,"
            + ColumnNames.SQL
            + ", s.column_ids FROM turso_cdc_schema s WHERE s.table_name = ?1 COLLATE NOCASE"
            + " ORDER BY s.version DESC LIMIT 1",
        List.of(Value.text(table)),
        row -> {
          found.add(known(row));
          return false;
        });
    return found.isEmpty() ? null : found.getFirst();
  }

  private static Known known(List<Value> row) {
    String columns = row.get(3).asString();
    return new Known(
        row.get(0).asLong(),
        String.valueOf(row.get(1).asString()),
        ColumnNames.of(columns),
        columnIds(row.get(4).asString()),
        row.get(2).isNull() ? null : row.get(2).asString());
  }

  private static long nextTableId(TransactionView transaction) {
    long[] next = {1};
    transaction.query(
        "SELECT coalesce(max(table_id), 0) + 1 FROM turso_cdc_schema",
        List.of(),
        row -> {
          next[0] = row.get(0).asLong();
          return false;
        });
    return next[0];
  }

  private void add(
      TransactionView transaction,
      long since,
      long tableId,
      String name,
      List<String> columns,
      List<Integer> ids,
      @Nullable String sql) {
    written = true;
    StringBuilder json = new StringBuilder();
    WireJson.appendStrings(json, columns);
    StringBuilder numbers = new StringBuilder();
    for (int each : ids) {
      numbers.append(numbers.isEmpty() ? "" : ",").append(each);
    }
    transaction.execute(
        "INSERT INTO turso_cdc_schema (since, table_id, table_name, columns, column_ids, sql)"
            + " VALUES (?, ?, ?, ?, ?, ?)",
        Value.integer(since),
        Value.integer(tableId),
        Value.text(name),
        Value.text(json.toString()),
        Value.text(numbers.toString()),
        sql == null ? Value.NULL : Value.text(sql));
  }
}
