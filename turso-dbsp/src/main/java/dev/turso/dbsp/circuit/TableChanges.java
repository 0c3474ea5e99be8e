package dev.turso.dbsp.circuit;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The net changes of one table in a step: for each key that was touched, the row before and the row
 * after.
 *
 * <p>The key is the rowid, or the encoded primary key of a WITHOUT ROWID table. Records are in the
 * table's storage format, and stay where they are: in arrays that nobody changes during the step. Not
 * thread-safe.
 */
public final class TableChanges {

  private static final int LEAST_BUCKETS = 4;

  /** In the order in which keys were first touched; some may have come and gone again. */
  private final List<Entry> entries = new ArrayList<>();

  /** By the hash of their rowids, chained; a power of two. */
  private @Nullable Entry[] buckets = new Entry[LEAST_BUCKETS];

  private @Nullable Map<ByteBuffer, Entry> byKey;
  private int nothings;

  /** One touched key; no row before for a new one, no row after for one that went. */
  public static final class Entry {
    public final long rowid;
    public byte @Nullable [] before;
    public int beforeOffset;
    public int beforeLength;
    public byte @Nullable [] after;
    public int afterOffset;
    public int afterLength;
    private final @Nullable ByteBuffer key;
    private @Nullable Entry next;

    private Entry(long rowid, @Nullable ByteBuffer key) {
      this.rowid = rowid;
      this.key = key;
    }

    private boolean isNothing() {
      return before == null && after == null;
    }
  }

  /** The row of a rowid was there and is gone. */
  public void deleted(long rowid, byte[] array, int offset, int length) {
    Entry each = entry(rowid);
    if (each == null) {
      setBefore(add(rowid), array, offset, length);
    } else {
      removeAfter(each);
    }
  }

  /** The row of a rowid was not there and is now. */
  public void inserted(long rowid, byte[] array, int offset, int length) {
    Entry each = entry(rowid);
    setAfter(each == null ? add(rowid) : each, each == null, array, offset, length);
  }

  /** The row of a primary key was there and is gone. */
  public void deleted(ByteBuffer key, byte[] array, int offset, int length) {
    Entry each = entry(key);
    if (each == null) {
      setBefore(add(key), array, offset, length);
    } else {
      removeAfter(each);
    }
  }

  /** The row of a primary key was not there and is now. */
  public void inserted(ByteBuffer key, byte[] array, int offset, int length) {
    Entry each = entry(key);
    setAfter(each == null ? add(key) : each, each == null, array, offset, length);
  }

  /** Takes in what happened to a key that is not here yet, from the changes of the same table. */
  public void add(Entry of) {
    ByteBuffer key = of.key;
    Entry copy = key == null ? add(of.rowid) : add(key);
    copy.before = of.before;
    copy.beforeOffset = of.beforeOffset;
    copy.beforeLength = of.beforeLength;
    copy.after = of.after;
    copy.afterOffset = of.afterOffset;
    copy.afterLength = of.afterLength;
    nothings += copy.isNothing() ? 1 : 0;
  }

  /** The same without rows past a rowid. */
  public TableChanges upTo(long lastRowid) {
    TableChanges kept = new TableChanges();
    for (Entry each : entries) {
      if (each.rowid <= lastRowid) {
        kept.add(each);
      }
    }
    return kept;
  }

  private static void setBefore(Entry each, byte[] array, int offset, int length) {
    each.before = array;
    each.beforeOffset = offset;
    each.beforeLength = length;
  }

  private void setAfter(Entry each, boolean fresh, byte[] array, int offset, int length) {
    if (!fresh && each.isNothing()) {
      nothings--;
    }
    each.after = array;
    each.afterOffset = offset;
    each.afterLength = length;
  }

  private void removeAfter(Entry each) {
    each.after = null;
    if (each.isNothing()) {
      nothings++;
    }
  }

  private Entry add(long rowid) {
    if (entries.size() >= buckets.length) {
      grow();
    }
    Entry made = new Entry(rowid, null);
    chain(made);
    entries.add(made);
    return made;
  }

  private void grow() {
    buckets = new Entry[buckets.length * 4];
    for (Entry each : entries) {
      chain(each);
    }
  }

  private void chain(Entry each) {
    int bucket = bucket(each.rowid);
    each.next = buckets[bucket];
    buckets[bucket] = each;
  }

  private int bucket(long rowid) {
    long mixed = rowid * 0x9E3779B97F4A7C15L;
    return (int) (mixed >>> 40) & buckets.length - 1;
  }

  private Entry add(ByteBuffer key) {
    Entry made = new Entry(0, key);
    Map<ByteBuffer, Entry> keyed = byKey;
    if (keyed == null) {
      keyed = new HashMap<>();
      byKey = keyed;
    }
    keyed.put(key, made);
    entries.add(made);
    return made;
  }

  public boolean isEmpty() {
    return entries.size() == nothings;
  }

  /** What happened to the row of a rowid, or null if it was not touched. */
  public @Nullable Entry entry(long rowid) {
    Entry each = buckets[bucket(rowid)];
    while (each != null && each.rowid != rowid) {
      each = each.next;
    }
    return each;
  }

  /** What happened to the row of a primary key, or null if it was not touched. */
  public @Nullable Entry entry(ByteBuffer key) {
    return byKey == null ? null : byKey.get(key);
  }

  /** All that was touched; of some keys there may be neither a row before nor one after. */
  public List<Entry> entries() {
    return entries;
  }
}
