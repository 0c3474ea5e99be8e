package dev.turso.exec.operator;

import dev.turso.exec.expression.Frame;
import dev.turso.exec.expression.Node;
import dev.turso.exec.expression.RowVector;
import dev.turso.value.Register;
import dev.turso.value.Tag;
import org.jspecify.annotations.Nullable;

/**
 * The first rows of the input in order, as ORDER BY with LIMIT wants them: a heap of the best so far,
 * whose top is the worst of them. A row that is no better costs one comparison.
 */
final class TopOperator extends Operator {

  private static final int MOST = 1 << 16;

  /** A row in the heap; {@code number} settles ties by arrival. */
  private static final class Entry {
    final Register[] keys;
    byte[] record = {};
    long number;

    Entry(int keyCount) {
      keys = Registers.create(keyCount);
    }
  }

  private final Frame frame;
  private final Operator input;
  private final Node[] keys;
  private final RowOrder order;
  private final StoredColumns stored;
  private final Node limit;
  private final @Nullable Node offset;
  private final SortOperator fallback;

  private Entry[] heap = new Entry[0];
  private int size;
  private Entry candidate;
  private int at;
  private long arrived;
  private double[] firstKeys = {};
  private boolean filled;
  private boolean falling;

  /**
   * @param fallback sorts the same input to the same places, for limits too large for a heap
   */
  TopOperator(
      Frame frame,
      Operator input,
      Node[] keys,
      RowOrder order,
      StoredColumns stored,
      Node limit,
      @Nullable Node offset,
      SortOperator fallback) {
    this.frame = frame;
    this.input = input;
    this.keys = keys;
    this.order = order;
    this.stored = stored;
    this.limit = limit;
    this.offset = offset;
    this.fallback = fallback;
    this.candidate = new Entry(keys.length);
  }

  @Override
  public void open() {
    long most = LimitOperator.integer(frame, limit);
    long skip = offset == null ? 0 : Math.max(0, LimitOperator.integer(frame, offset));
    falling = most < 0 || most > MOST || skip > MOST;
    if (falling) {
      fallback.open();
      return;
    }
    int capacity = (int) (most + skip);
    heap = new Entry[capacity];
    size = 0;
    filled = most == 0;
    at = 0;
    arrived = 0;
    if (!filled) {
      input.open();
    }
  }

  @Override
  public boolean next() {
    if (falling) {
      return fallback.next();
    }
    if (!filled) {
      fill();
    }
    if (at == size) {
      return false;
    }
    byte[] record = heap[at++].record;
    frame.rows[stored.source].record.reset(record, 0, record.length);
    return true;
  }

  private void fill() {
    int count;
    while ((count = input.nextRows()) > 0) {
      boolean known = size == heap.length && firstKeys(count);
      for (int i = 0; i < count; i++) {
        arrived++;
        if (!known || !comesAfterWorst(firstKeys[i])) {
          input.show(i);
          offer();
        }
      }
    }
    input.close();
    for (int end = size - 1; end > 0; end--) {
      Entry worst = heap[0];
      heap[0] = heap[end];
      heap[end] = worst;
      down(0, end);
    }
    filled = true;
  }

  /** The first keys of rows that the input moved to together, if they are all REAL. */
  private boolean firstKeys(int count) {
    RowVector rows = input.vector();
    if (rows == null) {
      return false;
    }
    if (firstKeys.length < count) {
      firstKeys = new double[2 * count];
    }
    return keys[0].reals(frame, rows, firstKeys);
  }

  /** Whether a row with this first key cannot be among the best, whatever its other keys. */
  private boolean comesAfterWorst(double key) {
    Register worst = heap[0].keys[0];
    return worst.tag == Tag.REAL
        && (order.isDescending(0) ? key < worst.real() : key > worst.real());
  }

  /** Takes the current row if it is among the best so far. */
  private void offer() {
    for (int i = 0; i < keys.length; i++) {
      keys[i].evalInto(frame, candidate.keys[i]);
    }
    candidate.number = arrived;
    if (size < heap.length) {
      heap[size] = candidate;
      keep();
      up(size++);
      candidate = new Entry(keys.length);
    } else if (order.compare(candidate.keys, heap[0].keys) < 0) {
      Entry out = heap[0];
      heap[0] = candidate;
      keep();
      candidate = out;
      down(0, size);
    }
  }

  /** The candidate stays: its values become its own. */
  private void keep() {
    candidate.record = stored.pack(frame, candidate.keys).toByteArray();
    for (Register key : candidate.keys) {
      key.keep();
    }
  }

  private boolean worse(Entry a, Entry b) {
    int c = order.compare(a.keys, b.keys);
    return c != 0 ? c > 0 : a.number > b.number;
  }

  private void up(int from) {
    int i = from;
    while (i > 0 && worse(heap[i], heap[i - 1 >> 1])) {
      swap(i, i - 1 >> 1);
      i = i - 1 >> 1;
    }
  }

  private void down(int from, int end) {
    int i = from;
    while (true) {
      int child = 2 * i + 1;
      if (child >= end) {
        return;
      }
      if (child + 1 < end && worse(heap[child + 1], heap[child])) {
        child++;
      }
      if (!worse(heap[child], heap[i])) {
        return;
      }
      swap(i, child);
      i = child;
    }
  }

  private void swap(int i, int j) {
    Entry e = heap[i];
    heap[i] = heap[j];
    heap[j] = e;
  }

  @Override
  public void close() {
    input.close();
    fallback.close();
    heap = new Entry[0];
    size = 0;
    at = 0;
  }
}
