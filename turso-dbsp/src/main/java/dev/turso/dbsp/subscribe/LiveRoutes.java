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
import java.util.Arrays;
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
 * <p>Of a commit that changes many rows, a query found by a value is given those alone that hold it: so
 * many queries cost the rows that they are about, not each all of them. What it is not given are rows
 * that its comparison refuses before and after, in any version of the table that it may look at.
 *
 * <p>May name too many queries, never too few. Thread-safe.
 */
final class LiveRoutes {

  /** So many changed rows are not split. */
  private static final int FEW = 8;

  private final Set<RunningQuery> always = new HashSet<>();
  private final Map<String, Set<RunningQuery>> byTable = new HashMap<>();
  private final Map<Long, List<KeyedColumn>> keyed = new HashMap<>();
  private final Map<RunningQuery, Place> placed = new HashMap<>();
  private final OrderedKey keyBefore = new OrderedKey();
  private final OrderedKey key = new OrderedKey();
  private final Register value = new Register();

  /** In the place of the bucket of a value that cannot be told. */
  private final Bucket unknown = new Bucket();

  /** The number of the newest commit that was looked at. */
  private long commit;

  /** Where a query stands. */
  private record Place(Set<String> bases, Map<String, FixedColumn> fixed) {}

  /** A column of a table by which queries are found. */
  private record KeyedColumn(int position, Collation collation, Map<ByteBuffer, Bucket> buckets) {}

  /** The queries about one value of a column; most often one. */
  private static final class Bucket {

    private @Nullable RunningQuery only;
    private @Nullable Set<RunningQuery> all;

    /** The changes of rows with the value, in the commit numbered {@link #of}. */
    private @Nullable TableChanges part;

    private long of;

    void add(RunningQuery query) {
      RunningQuery one = only;
      if (all == null && one == null) {
        only = query;
        return;
      }
      Set<RunningQuery> several = all == null ? new LinkedHashSet<>() : all;
      all = several;
      if (one != null) {
        several.add(one);
        only = null;
      }
      several.add(query);
    }

    /** Whether none is left. */
    boolean remove(RunningQuery query) {
      if (only == query) {
        only = null;
      } else if (all != null) {
        all.remove(query);
      }
      return only == null && (all == null || all.isEmpty());
    }
  }

  /** A query that a commit can mean something to, and the part of its changes that can. */
  static final class Asked {

    final RunningQuery query;
    private Map<Long, TableChanges> changes;

    private Asked(RunningQuery query, Map<Long, TableChanges> changes) {
      this.query = query;
      this.changes = changes;
    }

    Map<Long, TableChanges> changes() {
      return changes;
    }

    private void narrow(long table, TableChanges part) {
      if (changes.size() == 1) {
        changes = Map.of(table, part);
      } else {
        changes = new HashMap<>(changes);
        changes.put(table, part);
      }
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
            .buckets
            .computeIfAbsent(ByteBuffer.wrap(fixed.key()), key -> new Bucket())
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
        Set<RunningQuery> all = byTable.get(base);
        if (all != null && all.remove(query) && all.isEmpty()) {
          byTable.remove(base);
        }
      } else {
        KeyedColumn column = column(fixed);
        ByteBuffer at = ByteBuffer.wrap(fixed.key());
        Bucket bucket = column.buckets.get(at);
        if (bucket != null && bucket.remove(query)) {
          column.buckets.remove(at);
        }
        if (column.buckets.isEmpty()) {
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

  /** Whether nothing is remembered. */
  synchronized boolean isEmpty() {
    return always.isEmpty() && byTable.isEmpty() && keyed.isEmpty() && placed.isEmpty();
  }

  /** The queries that changes can mean something to. */
  synchronized List<Asked> affected(PendingChanges changes, TextEncoding encoding) {
    commit++;
    Map<Long, TableChanges> all = changes.byTable();
    List<Asked> found = new ArrayList<>();
    addAll(always, all, found);
    for (String table : changes.tables()) {
      addAll(byTable.get(table), all, found);
    }
    if (keyed.isEmpty()) {
      return found;
    }
    RecordReader reader = new RecordReader(encoding);
    for (Map.Entry<Long, TableChanges> each : all.entrySet()) {
      List<KeyedColumn> columns = keyed.get(each.getKey());
      for (int i = 0; columns != null && i < columns.size(); i++) {
        find(columns.get(i), each.getKey(), each.getValue(), all, reader, found);
      }
    }
    return found;
  }

  /** Finds queries by the values of rows, before and after. */
  private void find(
      KeyedColumn column,
      long table,
      TableChanges rows,
      Map<Long, TableChanges> all,
      RecordReader reader,
      List<Asked> found) {
    boolean split = rows.entries().size() > FEW;
    List<Bucket> touched = new ArrayList<>();
    for (TableChanges.Entry each : rows.entries()) {
      boolean wasThere = before(column, each, reader);
      boolean isThere = after(column, each, reader);
      Bucket before = wasThere ? bucket(column, keyBefore) : null;
      Bucket after = isThere && !(wasThere && isSameKey()) ? bucket(column, key) : null;
      if (before == unknown || after == unknown) {
        touched.forEach(bucket -> bucket.part = null);
        column.buckets.values().forEach(bucket -> addAll(bucket, all, found));
        return;
      }
      if (before != null) {
        touch(before, each, split, touched);
      }
      if (after != null) {
        touch(after, each, split, touched);
      }
    }
    for (Bucket each : touched) {
      int from = found.size();
      addAll(each, all, found);
      TableChanges part = each.part;
      each.part = null;
      for (int i = from; part != null && i < found.size(); i++) {
        found.get(i).narrow(table, part);
      }
    }
  }

  /** Makes the key of the value that a row had; false if there was no row. */
  private boolean before(KeyedColumn column, TableChanges.Entry entry, RecordReader reader) {
    byte[] record = entry.before;
    if (record != null) {
      reader.reset(record, entry.beforeOffset, entry.beforeLength);
      append(column, entry.rowid, reader, keyBefore);
    }
    return record != null;
  }

  /** Makes the key of the value that a row has; false if there is no row. */
  private boolean after(KeyedColumn column, TableChanges.Entry entry, RecordReader reader) {
    byte[] record = entry.after;
    if (record != null) {
      reader.reset(record, entry.afterOffset, entry.afterLength);
      append(column, entry.rowid, reader, key);
    }
    return record != null;
  }

  private boolean isSameKey() {
    return Arrays.equals(keyBefore.array(), 0, keyBefore.length(), key.array(), 0, key.length());
  }

  /** Leaves the key empty where the value cannot be told. */
  private void append(KeyedColumn column, long rowid, RecordReader reader, OrderedKey into) {
    into.reset();
    if (column.position < 0) {
      into.addInteger(rowid);
      return;
    }
    int tag = reader.load(column.position);
    if (tag != RecordReader.ABSENT) {
      value.set(tag, reader.bits(), reader.ref());
      Keys.append(into, value, column.collation);
    }
  }

  /** The bucket of a value: null if nobody waits for it. */
  private @Nullable Bucket bucket(KeyedColumn column, OrderedKey of) {
    if (of.length() == 0) {
      // A row from before ALTER TABLE ADD COLUMN: it has the column's default, whatever that is.
      return unknown;
    }
    return column.buckets.get(ByteBuffer.wrap(of.array(), 0, of.length()));
  }

  private void touch(Bucket bucket, TableChanges.Entry entry, boolean split, List<Bucket> touched) {
    if (bucket.of != commit) {
      bucket.of = commit;
      bucket.part = split ? new TableChanges() : null;
      touched.add(bucket);
    }
    TableChanges part = bucket.part;
    if (part != null) {
      part.add(entry);
    }
  }

  private void addAll(Bucket bucket, Map<Long, TableChanges> changes, List<Asked> to) {
    RunningQuery only = bucket.only;
    if (only != null) {
      add(only, changes, to);
    } else {
      addAll(bucket.all, changes, to);
    }
  }

  private void addAll(
      @Nullable Set<RunningQuery> some, Map<Long, TableChanges> changes, List<Asked> to) {
    if (some != null) {
      for (RunningQuery each : some) {
        add(each, changes, to);
      }
    }
  }

  private void add(RunningQuery query, Map<Long, TableChanges> changes, List<Asked> to) {
    if (query.askedIn != commit) {
      query.askedIn = commit;
      to.add(new Asked(query, changes));
    }
  }
}
