package dev.turso.dbsp.circuit;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The net changes of one table in a step: for each key that was touched, the row before and the row
 * after.
 *
 * <p>The key is the rowid as a {@link Long}, or the encoded primary key of a WITHOUT ROWID table as a
 * {@link java.nio.ByteBuffer}. Records are in the table's storage format. Not thread-safe.
 */
public final class TableChanges {

  private final Map<Object, Entry> entries = new LinkedHashMap<>();

  /** One touched key; no row before for a new one, no row after for one that went. */
  public static final class Entry {
    public final long rowid;
    public final byte @Nullable [] before;
    public byte @Nullable [] after;

    Entry(long rowid, byte @Nullable [] before) {
      this.rowid = rowid;
      this.before = before;
    }
  }

  /** A row was there and is gone. */
  public void deleted(Object key, long rowid, byte[] record) {
    Entry each = entries.get(key);
    if (each == null) {
      entries.put(key, new Entry(rowid, record));
    } else {
      each.after = null;
      if (each.before == null) {
        entries.remove(key);
      }
    }
  }

  /** A row was not there and is now. */
  public void inserted(Object key, long rowid, byte[] record) {
    Entry each = entries.get(key);
    if (each == null) {
      each = new Entry(rowid, null);
      entries.put(key, each);
    }
    each.after = record;
  }

  public boolean isEmpty() {
    return entries.isEmpty();
  }

  public int size() {
    return entries.size();
  }

  /** Whether the row of this key was touched. */
  public boolean touches(Object key) {
    return entries.containsKey(key);
  }

  /** What happened to the row of a key, or null if it was not touched. */
  public @Nullable Entry entry(Object key) {
    return entries.get(key);
  }

  public Collection<Entry> entries() {
    return entries.values();
  }
}
