package dev.turso.dbsp.subscribe;

import dev.turso.dbsp.algebra.OrderedKey;
import dev.turso.dbsp.circuit.Keys;
import dev.turso.dbsp.circuit.TableChanges;
import dev.turso.dbsp.operator.FixedColumn;
import dev.turso.dbsp.view.PendingChanges;
import dev.turso.format.RecordReader;
import dev.turso.format.TextEncoding;
import dev.turso.value.Collation;
import dev.turso.value.Register;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which live queries the changes of a commit can mean something to.
 *
 * <p>A running query stands under each table that it reads: under the table's name, so that every change
 * of the table finds it, or, where it compares a column with one value, under that value, so that only
 * changes of rows with the value, before or after, do. What is asked for is thus looked up by the rows
 * that changed, however many queries wait. A query that is not running yet is asked at every commit.
 *
 * <p>May name too many queries, never too few. Thread-safe.
 */
final class LiveRoutes {

  private final Set<RunningQuery> always = new HashSet<>();
  private final Map<String, Set<RunningQuery>> byTable = new HashMap<>();
  private final Map<Long, List<KeyedColumn>> keyed = new HashMap<>();
  private final Map<RunningQuery, LiveSelect> placed = new HashMap<>();
  private final OrderedKey key = new OrderedKey();
  private final Register value = new Register();

  /** A column of a table by which queries are found. */
  private record KeyedColumn(
      int position, Collation collation, Map<ByteBuffer, Set<RunningQuery>> queries) {}

  /** From now on a query is asked at every commit. */
  synchronized void placeAlways(RunningQuery query) {
    remove(query);
    always.add(query);
  }

  /** From now on a query is asked only about what can mean something to it. */
  synchronized void place(RunningQuery query, LiveSelect select) {
    if (!select.views().isEmpty()) {
      // Whether a view is current may change without a change of its rows.
      return;
    }
    remove(query);
    placed.put(query, select);
    for (String base : select.bases()) {
      FixedColumn fixed = select.fixed().get(base);
      if (fixed == null) {
        byTable.computeIfAbsent(base, name -> new HashSet<>(2)).add(query);
      } else {
        column(fixed)
            .queries
            .computeIfAbsent(ByteBuffer.wrap(fixed.key()), name -> new HashSet<>(2))
            .add(query);
      }
    }
  }

  private KeyedColumn column(FixedColumn fixed) {
    List<KeyedColumn> columns =
        keyed.computeIfAbsent(fixed.table().id(), table -> new ArrayList<>());
    for (KeyedColumn each : columns) {
      if (each.position == fixed.position() && each.collation == fixed.collation()) {
        return each;
      }
    }
    KeyedColumn made = new KeyedColumn(fixed.position(), fixed.collation(), new HashMap<>());
    columns.add(made);
    return made;
  }

  synchronized void remove(RunningQuery query) {
    always.remove(query);
    LiveSelect select = placed.remove(query);
    if (select == null) {
      return;
    }
    for (String base : select.bases()) {
      FixedColumn fixed = select.fixed().get(base);
      if (fixed == null) {
        take(byTable, base, query);
      } else {
        KeyedColumn column = column(fixed);
        take(column.queries, ByteBuffer.wrap(fixed.key()), query);
        if (column.queries.isEmpty()) {
          drop(fixed.table().id(), column);
        }
      }
    }
  }

  private void drop(long table, KeyedColumn column) {
    List<KeyedColumn> columns = keyed.get(table);
    if (columns != null && columns.remove(column) && columns.isEmpty()) {
      keyed.remove(table);
    }
  }

  private static <K> void take(Map<K, Set<RunningQuery>> from, K key, RunningQuery query) {
    Set<RunningQuery> all = from.get(key);
    if (all != null && all.remove(query) && all.isEmpty()) {
      from.remove(key);
    }
  }

  /** Whether nothing is remembered. */
  synchronized boolean isEmpty() {
    return always.isEmpty() && byTable.isEmpty() && keyed.isEmpty() && placed.isEmpty();
  }

  /** The queries that changes can mean something to. */
  synchronized Collection<RunningQuery> affected(PendingChanges changes, TextEncoding encoding) {
    Set<RunningQuery> found = new LinkedHashSet<>(always);
    for (String table : changes.tables()) {
      addAll(byTable.get(table), found);
    }
    RecordReader reader = new RecordReader(encoding);
    changes
        .byTable()
        .forEach((table, rows) -> {
          for (KeyedColumn each : keyed.getOrDefault(table, List.of())) {
            affected(each, rows, reader, found);
          }
        });
    return found;
  }

  private void affected(
      KeyedColumn column, TableChanges rows, RecordReader reader, Set<RunningQuery> into) {
    for (TableChanges.Entry each : rows.entries()) {
      byte[] before = each.before;
      byte[] after = each.after;
      if (before != null) {
        reader.reset(before, each.beforeOffset, each.beforeLength);
        affected(column, each.rowid, reader, into);
      }
      if (after != null) {
        reader.reset(after, each.afterOffset, each.afterLength);
        affected(column, each.rowid, reader, into);
      }
    }
  }

  private void affected(
      KeyedColumn column, long rowid, RecordReader reader, Set<RunningQuery> into) {
    key.reset();
    if (column.position < 0) {
      key.addInteger(rowid);
    } else {
      int tag = reader.load(column.position);
      if (tag == RecordReader.ABSENT) {
        // A row from before ALTER TABLE ADD COLUMN: it has the column's default, whatever that is.
        column.queries.values().forEach(into::addAll);
        return;
      }
      value.set(tag, reader.bits(), reader.ref());
      Keys.append(key, value, column.collation);
    }
    addAll(column.queries.get(ByteBuffer.wrap(key.array(), 0, key.length())), into);
  }

  private static void addAll(@Nullable Set<RunningQuery> some, Set<RunningQuery> into) {
    if (some != null) {
      into.addAll(some);
    }
  }
}
