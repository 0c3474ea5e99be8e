package dev.turso.cdc.crossing;

import dev.turso.AllRows;
import dev.turso.Session;
import dev.turso.cdc.record.RowImages;
import dev.turso.value.Value;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Replays a log of mode {@code full} from the empty state and compares the outcome with the tables: the
 * log tells the data whole, in order, each transaction ended by its COMMIT. Definitions, which VACUUM
 * numbers anew, are passed over.
 */
final class LogReplay {

  private static final int DELETE = -1;
  private static final int UPDATE = 0;
  private static final int INSERT = 1;
  private static final int COMMIT = 2;

  private final Map<String, Map<Value, Value[]>> tables = new TreeMap<>();
  private long openTransaction = -1;
  private long lastId;

  private LogReplay() {}

  /** What is wrong, or null. */
  static @Nullable String compare(Session session) {
    LogReplay replay = new LogReplay();
    for (List<Value> each :
        AllRows.of(
            session,
            "SELECT change_id, change_txn_id, change_type, table_name, id, \"before\", \"after\""
                + " FROM turso_cdc ORDER BY change_id")) {
      String wrong = replay.take(each);
      if (wrong != null) {
        return "log row " + each.get(0) + ": " + wrong;
      }
    }
    if (replay.openTransaction >= 0) {
      return "transaction " + replay.openTransaction + " has no COMMIT";
    }
    for (String each : DatabaseState.tableNames(session)) {
      if (!each.startsWith("turso_") && !each.startsWith("sqlite_") && !isView(session, each)) {
        String wrong = replay.compare(session, each);
        if (wrong != null) {
          return "table " + each + ": " + wrong;
        }
      }
    }
    return null;
  }

  private static boolean isView(Session session, String table) {
    return !AllRows.of(
            session,
            "SELECT 1 FROM sqlite_schema WHERE name = 'turso_guard_insert_"
                + table.toLowerCase(java.util.Locale.ROOT)
                + "'")
        .isEmpty();
  }

  private @Nullable String take(List<Value> row) {
    long id = row.get(0).asLong();
    long transaction = row.get(1).asLong();
    int type = (int) row.get(2).asLong();
    if (id <= lastId) {
      return "ids do not grow: after " + lastId + " comes " + row;
    }
    lastId = id;
    if (openTransaction < 0 && transaction != id
        || openTransaction >= 0 && transaction != openTransaction) {
      return "belongs to transaction " + transaction + " within " + openTransaction;
    }
    openTransaction = type == COMMIT ? -1 : transaction;
    if (type == COMMIT) {
      return null;
    }
    String name = String.valueOf(row.get(3).asString());
    if (name.equals("sqlite_schema")) {
      return null;
    }
    Map<Value, Value[]> table = tables.computeIfAbsent(name, key -> new HashMap<>());
    return change(table, type, row.get(4), image(row.get(5)), image(row.get(6)));
  }

  private static Value @Nullable [] image(Value blob) {
    byte[] bytes = blob.asBytes();
    return bytes == null ? null : RowImages.values(bytes);
  }

  private static @Nullable String change(
      Map<Value, Value[]> table,
      int type,
      Value key,
      Value @Nullable [] before,
      Value @Nullable [] after) {
    Value[] known = table.get(key);
    if (type == INSERT) {
      if (known != null || after == null) {
        return "inserts a row that is there";
      }
      table.put(key, after);
      return null;
    }
    if (known == null || before == null || !startsWith(before, known)) {
      return "changes a row that is not the one there, " + key;
    }
    if (type == DELETE) {
      table.remove(key);
    } else if (type == UPDATE && after != null) {
      table.put(key, after);
    } else {
      return "unknown type " + type;
    }
    return null;
  }

  /** A row logged before ALTER TABLE ADD COLUMN has fewer columns. */
  private static boolean startsWith(Value[] row, Value[] prefix) {
    return row.length >= prefix.length && Arrays.equals(Arrays.copyOf(row, prefix.length), prefix);
  }

  private @Nullable String compare(Session session, String table) {
    Map<Value, Value[]> logged = tables.getOrDefault(table, Map.of());
    List<Value[]> left = new ArrayList<>(logged.values());
    List<List<Value>> rows = AllRows.of(session, "SELECT * FROM " + Sql.quoted(table));
    if (rows.size() != left.size()) {
      return rows.size() + " rows, " + left.size() + " by the log";
    }
    Map<Value, List<Value[]>> byFirst = new HashMap<>();
    for (Value[] each : left) {
      byFirst.computeIfAbsent(each[0], first -> new ArrayList<>()).add(each);
    }
    for (List<Value> row : rows) {
      Value[] values = row.toArray(Value[]::new);
      List<Value[]> candidates = byFirst.getOrDefault(values[0], List.of());
      if (!candidates.removeIf(one(values))) {
        return row + " is not in the log";
      }
    }
    return null;
  }

  /** Matches one equal row and no more. */
  private static java.util.function.Predicate<Value[]> one(Value[] row) {
    boolean[] found = {false};
    return each -> {
      boolean matches = !found[0] && startsWith(row, each);
      found[0] |= matches;
      return matches;
    };
  }
}
