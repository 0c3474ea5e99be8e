package dev.turso.dbsp.operator;

import dev.turso.dbsp.trace.Trace;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What a step does to one partition of a window, and its rows as they are then, in their order. */
final class ChangedPartition {

  /** What the keys of its rows begin with. */
  final byte[] prefix;

  /** By how much the number of its rows grows whose summed values are no integers. */
  long inexact;

  /** Net weights of the images of a row: in the middle of a step there may be several. */
  private final Map<byte[], Map<ByteBuffer, Long>> images = new TreeMap<>(Arrays::compareUnsigned);

  /** The rows that are new or different, and null for those that are gone. */
  private final TreeMap<byte[], byte @Nullable []> changed = new TreeMap<>(Arrays::compareUnsigned);

  /** Takes a row; false ends the walk. */
  @FunctionalInterface
  interface Visitor {

    /**
     * @param stored the row before the step with its results, or null
     * @param fresh the row without results where the step has changed it, or null
     */
    boolean row(byte[] key, byte @Nullable [] stored, byte @Nullable [] fresh);
  }

  ChangedPartition(byte[] prefix) {
    this.prefix = prefix;
  }

  void add(byte[] rowKey, byte[] record, long weight) {
    images
        .computeIfAbsent(rowKey, key -> new HashMap<>())
        .merge(ByteBuffer.wrap(record), weight, Long::sum);
  }

  /** All changes are in. */
  NavigableMap<byte[], byte @Nullable []> settle() {
    images.forEach((rowKey, weights) ->
        weights.forEach((record, weight) -> {
          if (weight > 0) {
            changed.put(rowKey, record.array());
          } else if (weight < 0) {
            changed.putIfAbsent(rowKey, null);
          }
        }));
    images.clear();
    return changed;
  }

  /** Walks the rows from a key on, forwards. */
  void forward(Trace trace, byte[] from, Visitor visitor) {
    Merge merge = new Merge(changed.tailMap(from, true), 1, visitor);
    trace.scan(prefix, from, merge::visit);
    merge.finish();
  }

  /** Walks the rows below a key, backwards. */
  void back(Trace trace, byte[] below, Visitor visitor) {
    Merge merge = new Merge(changed.headMap(below, false).descendingMap(), -1, visitor);
    trace.scanBack(prefix, below, merge::visit);
    merge.finish();
  }

  /** Stored rows and changed ones in one order. */
  private static final class Merge {
    private final Iterator<Map.Entry<byte[], byte @Nullable []>> changes;
    private final int direction;
    private final Visitor visitor;
    private Map.@Nullable Entry<byte[], byte @Nullable []> next;
    private boolean going = true;

    Merge(NavigableMap<byte[], byte @Nullable []> changes, int direction, Visitor visitor) {
      this.changes = changes.entrySet().iterator();
      this.direction = direction;
      this.visitor = visitor;
      advance();
    }

    private void advance() {
      next = changes.hasNext() ? changes.next() : null;
    }

    boolean visit(byte[] key, byte[] stored) {
      for (var each = next; going && each != null; each = next) {
        int order = Arrays.compareUnsigned(each.getKey(), key) * direction;
        if (order > 0) {
          break;
        }
        advance();
        give(each, order == 0 ? stored : null);
        if (order == 0) {
          return going;
        }
      }
      going = going && visitor.row(key, stored, null);
      return going;
    }

    void finish() {
      for (var each = next; going && each != null; each = next) {
        advance();
        give(each, null);
      }
    }

    private void give(Map.Entry<byte[], byte @Nullable []> change, byte @Nullable [] stored) {
      byte[] fresh = change.getValue();
      if (fresh != null) {
        going = visitor.row(change.getKey(), stored, fresh);
      }
    }
  }
}
