package dev.turso.dbsp.operator;

import dev.turso.dbsp.algebra.ZSet;
import dev.turso.dbsp.trace.Trace;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Rows that an operator collects, in an order: entries of the trace with a count.
 *
 * <p>Changes gather in memory and reach the trace, each entry once, by {@link #flush}. An entry is found
 * by a key, to which the exact row belongs or not:
 *
 * <pre>
 *   exact      key = prefix, group, order, row     value = count(8), offset of row(4)
 *   by key     key = prefix, group, order          value = count(8), first row
 * </pre>
 */
final class OrderedBag {

  private static final int COUNT = 8;

  private final ZSet pending = new ZSet();
  private final boolean exact;

  /** Is told of entries that appear or disappear. */
  interface Listener {
    void turned(byte[] key, byte[] row, boolean appeared);
  }

  /** Takes rows; false ends the walk. */
  interface Visitor {
    boolean visit(byte[] key, byte[] row, long count);
  }

  /** @param exact whether rows of one key that differ are kept apart */
  OrderedBag(boolean exact) {
    this.exact = exact;
  }

  /** Adds a row some number of times, at the next flush. */
  void add(byte[] key, byte[] row, long weight) {
    byte[] all = Arrays.copyOf(key, key.length + row.length + 4);
    System.arraycopy(row, 0, all, key.length, row.length);
    ByteBuffer.wrap(all).putInt(all.length - 4, key.length);
    pending.add(all, weight);
  }

  /** Brings the trace up to date. */
  void flush(Trace trace, @Nullable Listener listener) {
    pending.consolidate();
    for (int i = 0; i < pending.size(); i++) {
      byte[] all = pending.row(i);
      int rowAt = ByteBuffer.wrap(all).getInt(all.length - 4);
      byte[] row = Arrays.copyOfRange(all, rowAt, all.length - 4);
      byte[] key = Arrays.copyOf(all, exact ? all.length - 4 : rowAt);
      apply(trace, key, row, pending.weight(i), listener);
    }
    pending.clear();
  }

  private void apply(
      Trace trace, byte[] key, byte[] row, long weight, @Nullable Listener listener) {
    byte[] value = trace.get(key);
    long before = value == null ? 0 : ByteBuffer.wrap(value).getLong();
    long after = Math.addExact(before, weight);
    if (after < 0) {
      throw new IllegalStateException("a row was taken out that was not in");
    }
    if (after == 0) {
      trace.remove(key);
    } else if (exact) {
      int rowAt = key.length - row.length;
      trace.put(key, ByteBuffer.allocate(COUNT + 4).putLong(after).putInt(rowAt).array());
    } else {
      byte[] kept = value == null ? row : Arrays.copyOfRange(value, COUNT, value.length);
      trace.put(key, ByteBuffer.allocate(COUNT + kept.length).putLong(after).put(kept).array());
    }
    if (listener != null && (before == 0) != (after == 0)) {
      byte[] turned = exact || value == null ? row : Arrays.copyOfRange(value, COUNT, value.length);
      listener.turned(key, turned, after != 0);
    }
  }

  /** Walks the rows whose keys begin with a prefix. */
  void scan(Trace trace, byte[] prefix, Visitor visitor) {
    trace.scan(
        prefix,
        (key, value) -> {
          ByteBuffer buffer = ByteBuffer.wrap(value);
          byte[] row =
              exact
                  ? Arrays.copyOfRange(key, buffer.getInt(COUNT), key.length)
                  : Arrays.copyOfRange(value, COUNT, value.length);
          return visitor.visit(key, row, buffer.getLong(0));
        });
  }

  /** The first row whose key begins with a prefix, or null. */
  byte @Nullable [] first(Trace trace, byte[] prefix) {
    byte[][] found = {null};
    scan(
        trace,
        prefix,
        (key, row, count) -> {
          found[0] = row;
          return false;
        });
    return found[0];
  }
}
