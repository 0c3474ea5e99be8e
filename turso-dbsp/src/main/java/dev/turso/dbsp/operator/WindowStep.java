package dev.turso.dbsp.operator;

import dev.turso.dbsp.trace.Trace;
import dev.turso.value.Register;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import org.jspecify.annotations.Nullable;

/** Brings the results of one changed partition up to date. */
final class WindowStep {

  /** How many rows are evaluated before it is asked whether results are the same again. */
  private static final int FIRST_CHUNK = 16;

  private static final int GROWTH = 4;
  private static final int LARGEST_CHUNK = 1 << 16;

  private final PartitionOperator operator;
  private final WindowResults results;
  private final ChangedPartition partition;
  private final NavigableMap<byte[], byte @Nullable []> changed;
  private final Trace trace;

  WindowStep(PartitionOperator operator, WindowResults results, ChangedPartition partition) {
    this.operator = operator;
    this.results = results;
    this.partition = partition;
    this.changed = partition.settle();
    this.trace = operator.trace();
  }

  void run(WindowReach reach) {
    switch (reach) {
      case WindowReach.Whole whole -> whole(partition.prefix);
      case WindowReach.Around around -> around(around.before(), around.after());
      case WindowReach.Running running ->
          running(new WindowResults.Carried(running.carried()), running.bound());
    }
    for (Map.Entry<byte[], byte @Nullable []> each : changed.entrySet()) {
      if (each.getValue() == null) {
        operator.erase(each.getKey());
      }
    }
  }

  /** Evaluates all rows; writes those from a key on. */
  private void whole(byte[] from) {
    WindowSegment all = new WindowSegment();
    partition.forward(
        trace,
        partition.prefix,
        (key, stored, fresh) -> {
          all.add(key, stored, fresh);
          return true;
        });
    List<byte[]> after = results.evaluate(all, null);
    int first = 0;
    while (first < all.size() && Arrays.compareUnsigned(all.key(first), from) < 0) {
      first++;
    }
    write(all, after, first, all.size());
  }

  private void write(WindowSegment rows, List<byte[]> after, int from, int to) {
    for (int i = from; i < to; i++) {
      if (!Arrays.equals(rows.stored(i), after.get(i))) {
        operator.write(rows.key(i), rows.stored(i), after.get(i));
      }
    }
  }

  // ---- rows around each change

  /*
   * A row's result may change if a changed row is among those it rests on, before the step or after it.
   * In the order after the step no more than so many rows lie between the two: rows that came between
   * are changed ones themselves, and nearer. Changes that lie near each other are taken together, so
   * that no row is written twice.
   */
  private void around(int before, int after) {
    Iterator<byte[]> pending = changed.keySet().iterator();
    byte[] next = pending.next();
    while (next != null) {
      Cluster cluster = new Cluster(pending, next, before, after);
      byte[] start = cluster.start();
      partition.forward(trace, start, cluster::take);
      cluster.finish();
      next = cluster.next;
    }
  }

  /** Changes near each other, and the rows around them. */
  private final class Cluster {
    private final Iterator<byte[]> pending;
    private final int before;
    private final int after;
    private final byte[] first;
    private final WindowSegment rows = new WindowSegment();
    private int context;

    /** Rows taken up to the last change, itself included. */
    private int upToChange;

    private byte @Nullable [] next;

    Cluster(Iterator<byte[]> pending, byte[] first, int before, int after) {
      this.pending = pending;
      this.first = first;
      this.next = first;
      this.before = before;
      this.after = after;
    }

    /** Where to begin, so that the first rows whose results may change have all they rest on. */
    byte[] start() {
      byte[][] start = {first};
      int[] found = {0};
      int most = after + before;
      if (most > 0) {
        partition.back(
            trace,
            first,
            (key, stored, fresh) -> {
              start[0] = key;
              return ++found[0] < most;
            });
      }
      context = Math.max(0, found[0] - after);
      return start[0];
    }

    boolean take(byte[] key, byte @Nullable [] stored, byte @Nullable [] fresh) {
      int order = compareWithNext(key);
      while (order > 0) {
        upToChange = rows.size();
        next = pending.hasNext() ? pending.next() : null;
        order = compareWithNext(key);
      }
      if (order < 0 && rows.size() - upToChange > 2 * (before + after)) {
        return false;
      }
      rows.add(key, stored, fresh);
      if (order == 0) {
        upToChange = rows.size();
        next = pending.hasNext() ? pending.next() : null;
      }
      return true;
    }

    /** Negative if a row comes before the next change, or if there is none. */
    private int compareWithNext(byte[] key) {
      byte[] change = next;
      return change == null ? -1 : Arrays.compareUnsigned(key, change);
    }

    void finish() {
      // What is left at the end of the partition are rows that are gone, after the last one there
      // is.
      if (rows.size() - upToChange <= 2 * (before + after)) {
        while (next != null) {
          upToChange = rows.size();
          next = pending.hasNext() ? pending.next() : null;
        }
      }
      if (rows.size() > 0) {
        int end = Math.min(rows.size(), upToChange + before);
        write(rows, results.evaluate(rows, null), context, end);
      }
    }
  }

  // ---- from each change to where results are the same again

  /*
   * Where only places up to a bound are wanted, rows beyond it have any result beyond it. A row within
   * it has its true one: evaluation stops at no row before both its old and its new place are beyond.
   */
  private void running(WindowResults.Carried carried, long bound) {
    byte[] start = peersOf(changed.firstKey());
    partition.back(
        trace,
        start,
        (key, stored, fresh) -> {
          if (stored != null) {
            carried.results = results.of(stored);
            carried.peers =
                carried.needsPeers() ? countPeers(operator.peers(partition, stored, null)) : 0;
          }
          return false;
        });
    if (carried.results != null && isBeyond(carried.results, bound)) {
      placeBeyond(changed, bound);
      return;
    }
    int size = FIRST_CHUNK;
    while (start != null) {
      Chunk chunk = new Chunk(size);
      partition.forward(trace, start, chunk::take);
      if (chunk.rows.size() == 0) {
        return;
      }
      List<byte[]> after = carriedOn(chunk.rows, carried);
      if (after == null) {
        whole(start);
        return;
      }
      int last = after.size() - 1;
      write(chunk.rows, after, 0, after.size());
      byte[] peers = operator.peers(partition, chunk.rows.stored(last), chunk.rows.fresh(last));
      if (Arrays.compareUnsigned(peers, changed.lastKey()) > 0
          && Arrays.equals(chunk.rows.stored(last), after.get(last))) {
        return;
      }
      carried.results = results.of(after.get(last));
      byte[] old = chunk.rows.stored(last);
      if (old != null && isBeyond(carried.results, bound) && isBeyond(results.of(old), bound)) {
        placeBeyond(changed.tailMap(chunk.rows.key(last), false), bound);
        return;
      }
      carried.peers = chunk.lastPeers(peers);
      start = chunk.next;
      size = Math.min(size * GROWTH, LARGEST_CHUNK);
    }
  }

  private static boolean isBeyond(Register[] places, long bound) {
    return bound < Long.MAX_VALUE && places[0].bits > bound;
  }

  /** Writes rows of which it is enough to know that they are not wanted. */
  private void placeBeyond(Map<byte[], byte @Nullable []> rows, long bound) {
    rows.forEach((key, fresh) -> {
      if (fresh != null) {
        byte[] old = trace.get(key);
        byte[] row = results.placed(fresh, bound + 1);
        if (!Arrays.equals(old, row)) {
          operator.write(key, old, row);
        }
      }
    });
  }

  /** Null where a sum of a part leaves the range of integers, which that of all rows may not. */
  private @Nullable List<byte[]> carriedOn(WindowSegment rows, WindowResults.Carried carried) {
    try {
      return results.evaluate(rows, carried);
    } catch (ArithmeticException e) {
      return null;
    }
  }

  private byte[] peersOf(byte[] key) {
    return operator.peers(partition, trace.get(key), changed.get(key));
  }

  private long countPeers(byte[] peers) {
    long[] count = {0};
    trace.scan(
        peers,
        (key, row) -> {
          count[0]++;
          return true;
        });
    return count[0];
  }

  /** Rows to be evaluated together, with all peers of the last one. */
  private final class Chunk {
    final WindowSegment rows = new WindowSegment();
    byte @Nullable [] next;
    private final int size;
    private byte[] peers = {};

    Chunk(int size) {
      this.size = size;
    }

    boolean take(byte[] key, byte @Nullable [] stored, byte @Nullable [] fresh) {
      if (rows.size() >= size && !startsWith(key, peers)) {
        next = key;
        return false;
      }
      rows.add(key, stored, fresh);
      if (rows.size() == size) {
        peers = operator.peers(partition, stored, fresh);
      }
      return true;
    }

    /** How many peers the last row has, itself included. */
    long lastPeers(byte[] ofLast) {
      int last = rows.size() - 1;
      int first = last;
      while (first > 0 && startsWith(rows.key(first - 1), ofLast)) {
        first--;
      }
      return last - first + 1L;
    }
  }

  private static boolean startsWith(byte[] key, byte[] prefix) {
    return key.length >= prefix.length
        && Arrays.equals(key, 0, prefix.length, prefix, 0, prefix.length);
  }
}
