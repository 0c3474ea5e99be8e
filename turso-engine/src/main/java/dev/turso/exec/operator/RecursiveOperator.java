package dev.turso.exec.operator;

import dev.turso.exec.expression.Frame;
import dev.turso.exec.expression.Node;
import dev.turso.exec.expression.RowSource;
import dev.turso.format.RecordWriter;
import dev.turso.value.Register;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * WITH RECURSIVE: rows enter a queue, each one taken out is given and makes further ones enter.
 *
 * <p>Without ORDER BY the queue is first in, first out: two buffers, one being read while the other
 * fills. With ORDER BY the least row is taken.
 */
final class RecursiveOperator extends Operator {

  private final Frame frame;
  private final Operator seed;
  private final Node[] seedColumns;
  private final Operator step;
  private final Node[] stepColumns;
  private final Node[] keyNodes;
  private final @Nullable RowOrder order;
  private final @Nullable KeyTable seen;
  private final @Nullable Node limit;
  private final @Nullable Node offset;

  /** The row taken from the queue: key values first, then the columns. */
  private final RowSource current;

  /** The row about to enter the queue, by which its keys are computed. */
  private final RowSource entering;

  private final Register[] values;
  private final Register[] keys;
  private final RecordWriter plain = new RecordWriter();
  private final RecordWriter keyed = new RecordWriter();
  private RowBuffer reading;
  private RowBuffer filling;
  private int at;
  private int[] heap = new int[16];
  private int heapSize;
  private boolean stepDue;
  private long left;
  private long skip;

  RecursiveOperator(
      Frame frame,
      Operator seed,
      Node[] seedColumns,
      Operator step,
      Node[] stepColumns,
      Node[] keyNodes,
      @Nullable RowOrder order,
      @Nullable KeyTable seen,
      @Nullable Node limit,
      @Nullable Node offset,
      int current,
      int entering) {
    this.frame = frame;
    this.seed = seed;
    this.seedColumns = seedColumns;
    this.step = step;
    this.stepColumns = stepColumns;
    this.reading = new RowBuffer(frame);
    this.filling = new RowBuffer(frame);
    this.keyNodes = keyNodes;
    this.order = order;
    this.seen = seen;
    this.limit = limit;
    this.offset = offset;
    this.current = frame.rows[current];
    this.entering = frame.rows[entering];
    this.values = Registers.create(seedColumns.length);
    this.keys = Registers.create(keyNodes.length);
  }

  @Override
  public void open() {
    reading.clear();
    filling.clear();
    heapSize = 0;
    at = 0;
    stepDue = false;
    if (seen != null) {
      seen.clear();
    }
    long most = limit == null ? -1 : LimitOperator.integer(frame, limit);
    left = most < 0 ? Long.MAX_VALUE : most;
    skip = offset == null ? 0 : Math.max(0, LimitOperator.integer(frame, offset));
    seed.open();
    while (seed.next()) {
      enter(seedColumns);
    }
    seed.close();
  }

  private void enter(Node[] columns) {
    frame.tick();
    for (int i = 0; i < columns.length; i++) {
      columns[i].evalInto(frame, values[i]);
    }
    if (seen != null && seen.findOrAdd(values) >= 0) {
      return;
    }
    pack(plain.reset());
    if (order == null) {
      filling.add(plain);
      return;
    }
    entering.record.reset(plain.array(), plain.offset(), plain.length());
    keyed.reset();
    for (int i = 0; i < keyNodes.length; i++) {
      int tag = keyNodes[i].eval(frame);
      keyed.add(tag, frame.bits, frame.ref);
    }
    pack(keyed);
    push(filling.add(keyed));
  }

  private void pack(RecordWriter writer) {
    for (Register value : values) {
      writer.add(value.tag, value.bits, value.ref);
    }
    writer.finish();
  }

  @Override
  public boolean next() {
    while (left > 0) {
      if (stepDue) {
        runStep();
      }
      if (!take()) {
        return false;
      }
      stepDue = true;
      if (skip > 0) {
        skip--;
      } else {
        left--;
        return true;
      }
    }
    return false;
  }

  private void runStep() {
    stepDue = false;
    step.open();
    while (step.next()) {
      enter(stepColumns);
    }
    step.close();
  }

  private boolean take() {
    if (order != null) {
      if (heapSize == 0) {
        return false;
      }
      filling.read(pop(), current.record);
      return true;
    }
    if (at == reading.size()) {
      RowBuffer empty = reading;
      reading = filling;
      filling = empty;
      filling.rewind();
      at = 0;
      if (reading.size() == 0) {
        return false;
      }
    }
    reading.read(at++, current.record);
    return true;
  }

  private boolean before(int x, int y) {
    assert order != null;
    int c = order.compare(filling, x, y);
    return c != 0 ? c < 0 : x < y;
  }

  private void push(int row) {
    if (heapSize == heap.length) {
      heap = Arrays.copyOf(heap, heapSize * 2);
    }
    int i = heapSize++;
    while (i > 0 && before(row, heap[i - 1 >> 1])) {
      heap[i] = heap[i - 1 >> 1];
      i = i - 1 >> 1;
    }
    heap[i] = row;
  }

  private int pop() {
    int top = heap[0];
    int row = heap[--heapSize];
    int i = 0;
    while (2 * i + 1 < heapSize) {
      int child = 2 * i + 1;
      if (child + 1 < heapSize && before(heap[child + 1], heap[child])) {
        child++;
      }
      if (!before(heap[child], row)) {
        break;
      }
      heap[i] = heap[child];
      i = child;
    }
    heap[i] = row;
    return top;
  }

  @Override
  public void close() {
    seed.close();
    step.close();
    reading.clear();
    filling.clear();
    if (seen != null) {
      seen.clear();
    }
  }
}
