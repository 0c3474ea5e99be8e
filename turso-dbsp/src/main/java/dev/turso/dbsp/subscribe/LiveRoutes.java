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
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
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
 * <p>Of a commit that changes many rows, a query found by a value is given those alone that hold it: so
 * many queries cost the rows that they are about, not each all of them. What it is not given are rows
 * that its comparison refuses before and after, in any version of the table that it may look at.
 *
 * <p>May name too many queries, never too few. Thread-safe.
 */
final class LiveRoutes {

  /** So many changed rows are not split. */
  private static final int FEW = 8;

  /** In the place of the queries about a value that is not known. */
  private static final Set<RunningQuery> ALL = Collections.unmodifiableSet(new HashSet<>());

  private final Set<RunningQuery> always = new HashSet<>();
  private final Map<String, Set<RunningQuery>> byTable = new HashMap<>();
  private final Map<Long, List<KeyedColumn>> keyed = new HashMap<>();
  private final Map<RunningQuery, Place> placed = new HashMap<>();
  private final OrderedKey key = new OrderedKey();
  private final Register value = new Register();

  /** Where a query stands. */
  private record Place(Set<String> bases, Map<String, FixedColumn> fixed) {}

  /** A column of a table by which queries are found. */
  private record KeyedColumn(
      int position, Collation collation, Map<ByteBuffer, Set<RunningQuery>> queries) {}

  /** The queries that a commit can mean something to, and its changes. For one thread. */
  static final class Asked {

    private final Collection<RunningQuery> queries;
    private final Map<Long, TableChanges> all;
    private final Map<RunningQuery, Map<Long, TableChanges>> parts = new HashMap<>();

    Asked(Collection<RunningQuery> queries, Map<Long, TableChanges> all) {
      this.queries = queries;
      this.all = all;
    }

    Collection<RunningQuery> queries() {
      return queries;
    }

    /** The changes that can mean something to a query, and maybe others. */
    Map<Long, TableChanges> changesFor(RunningQuery query) {
      return parts.isEmpty() ? all : parts.getOrDefault(query, all);
    }

    private void narrow(RunningQuery query, long table, TableChanges part) {
      parts.computeIfAbsent(query, key -> new HashMap<>(all)).put(table, part);
    }
  }

  /** From now on a query is asked at every commit. */
  synchronized void placeAlways(RunningQuery query) {
    remove(query);
    always.add(query);
  }

  /** From now on a query is asked only about what can mean something to it. */
  synchronized void place(
      RunningQuery query, LiveSelect select, Map<String, FixedColumn> fixedColumns) {
    if (!select.views().isEmpty()) {
      // Whether a view is current may change without a change of its rows.
      return;
    }
    remove(query);
    Place place = new Place(select.bases(), fixedColumns);
    placed.put(query, place);
    for (String base : place.bases) {
      FixedColumn fixed = place.fixed.get(base);
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
    Place place = placed.remove(query);
    if (place == null) {
      return;
    }
    for (String base : place.bases) {
      FixedColumn fixed = place.fixed.get(base);
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
  synchronized Asked affected(PendingChanges changes, TextEncoding encoding) {
    Set<RunningQuery> found = new LinkedHashSet<>(always);
    Asked asked = new Asked(found, changes.byTable());
    for (String table : changes.tables()) {
      Set<RunningQuery> some = byTable.get(table);
      if (some != null) {
        found.addAll(some);
      }
    }
    if (keyed.isEmpty()) {
      return asked;
    }
    RecordReader reader = new RecordReader(encoding);
    for (Map.Entry<Long, TableChanges> each : changes.byTable().entrySet()) {
      List<KeyedColumn> columns = keyed.get(each.getKey());
      if (columns != null) {
        for (KeyedColumn column : columns) {
          if (each.getValue().entries().size() <= FEW) {
            find(column, each.getValue(), reader, found);
          } else {
            split(column, each.getKey(), each.getValue(), reader, asked);
          }
        }
      }
    }
    return asked;
  }

  /** Finds queries, each to be given all changes. */
  private void find(
      KeyedColumn column, TableChanges rows, RecordReader reader, Set<RunningQuery> into) {
    for (TableChanges.Entry each : rows.entries()) {
      Set<RunningQuery> before = before(column, each, reader);
      if (before != null) {
        into.addAll(before);
      }
      Set<RunningQuery> after = after(column, each, reader);
      if (after != null) {
        into.addAll(after);
      }
      if (before == ALL || after == ALL) {
        column.queries.values().forEach(into::addAll);
        return;
      }
    }
  }

  /** Finds queries, each to be given the changes of rows with its value. */
  private void split(
      KeyedColumn column, long table, TableChanges rows, RecordReader reader, Asked asked) {
    Map<Set<RunningQuery>, TableChanges> parts = new IdentityHashMap<>();
    for (TableChanges.Entry each : rows.entries()) {
      Set<RunningQuery> before = before(column, each, reader);
      Set<RunningQuery> after = after(column, each, reader);
      if (before == ALL || after == ALL) {
        column.queries.values().forEach(asked.queries::addAll);
        return;
      }
      if (before != null) {
        parts.computeIfAbsent(before, key -> new TableChanges()).add(each);
      }
      if (after != null && after != before) {
        parts.computeIfAbsent(after, key -> new TableChanges()).add(each);
      }
    }
    parts.forEach((queries, part) -> {
      for (RunningQuery each : queries) {
        asked.queries.add(each);
        asked.narrow(each, table, part);
      }
    });
  }

  private @Nullable Set<RunningQuery> before(
      KeyedColumn column, TableChanges.Entry entry, RecordReader reader) {
    byte[] record = entry.before;
    if (record == null) {
      return null;
    }
    reader.reset(record, entry.beforeOffset, entry.beforeLength);
    return queries(column, entry.rowid, reader);
  }

  private @Nullable Set<RunningQuery> after(
      KeyedColumn column, TableChanges.Entry entry, RecordReader reader) {
    byte[] record = entry.after;
    if (record == null) {
      return null;
    }
    reader.reset(record, entry.afterOffset, entry.afterLength);
    return queries(column, entry.rowid, reader);
  }

  /** The queries about the value that a row holds, {@link #ALL} if it cannot be told. */
  private @Nullable Set<RunningQuery> queries(KeyedColumn column, long rowid, RecordReader reader) {
    key.reset();
    if (column.position < 0) {
      key.addInteger(rowid);
    } else {
      int tag = reader.load(column.position);
      if (tag == RecordReader.ABSENT) {
        // A row from before ALTER TABLE ADD COLUMN: it has the column's default, whatever that is.
        return ALL;
      }
      value.set(tag, reader.bits(), reader.ref());
      Keys.append(key, value, column.collation);
    }
    return column.queries.get(ByteBuffer.wrap(key.array(), 0, key.length()));
  }
}
