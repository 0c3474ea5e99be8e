package dev.turso.exec.operator;

import dev.turso.exec.TemporarySpace;
import dev.turso.exec.expression.Frame;
import dev.turso.format.Bytes;
import dev.turso.format.RecordReader;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Sorted rows that are too many for memory: runs in a temporary file, merged when they are read.
 *
 * <pre>
 *   run 0: length record length record … | run 1: length record … | …
 * </pre>
 *
 * <p>Rows that are equal come in the order in which they were added. When there are {@value #MOST_RUNS}
 * runs they are merged into one, so that merging needs little memory. Not thread-safe.
 */
final class SortedRuns {

  private static final int MOST_RUNS = 64;
  private static final int HEADER = 4;
  private static final int WRITTEN_TOGETHER = 1 << 18;
  private static final int READ_TOGETHER = 1 << 16;

  private final Frame frame;
  private final RowOrder order;
  private final SpilledBytes file;
  private List<Run> runs = new ArrayList<>();

  /** While merging: the runs that have a row left, as a heap with the least row first. */
  private Run[] heap = {};

  private int heapSize;
  private boolean taken;

  private final byte[] out = new byte[WRITTEN_TOGETHER];
  private int outUsed;

  SortedRuns(Frame frame, RowOrder order) {
    this.frame = frame;
    this.order = order;
    TemporarySpace space = frame.temporary();
    this.file = new SpilledBytes(space);
  }

  /** One run, and the row of it that is next. */
  private final class Run {
    final int number;
    final long end;
    long position;
    byte[] buffer = {};
    int from;
    int to;
    int length;

    Run(int number, long start, long end) {
      this.number = number;
      this.position = start;
      this.end = end;
    }

    /** Moves to the next row; what was read before is overwritten. */
    boolean next() {
      from += length;
      length = 0;
      if (from == to && position == end) {
        buffer = new byte[0];
        return false;
      }
      require(HEADER);
      int n = Bytes.i32(buffer, from);
      require(HEADER + n);
      from += HEADER;
      length = n;
      return true;
    }

    /** Makes sure that so many bytes are in the buffer. */
    private void require(int wanted) {
      int left = to - from;
      if (left >= wanted) {
        return;
      }
      int size = SpilledBytes.MARGIN + Math.max(READ_TOGETHER, wanted);
      byte[] target = buffer.length < size ? new byte[size] : buffer;
      System.arraycopy(buffer, from, target, SpilledBytes.MARGIN, left);
      buffer = target;
      from = SpilledBytes.MARGIN;
      int more = (int) Math.min(end - position, size - SpilledBytes.MARGIN - left);
      file.readFully(position, buffer, from + left, more);
      position += more;
      to = from + left + more;
    }
  }

  /** Adds rows, in the order given by their numbers, behind all that were added before. */
  void add(RowBuffer rows, int[] sorted) {
    if (runs.size() == MOST_RUNS) {
      mergeAll();
    }
    long start = file.size();
    for (int row : sorted) {
      frame.tick();
      rows.give(row, this);
    }
    flush();
    runs.add(new Run(runs.size(), start, file.size()));
  }

  /** Adds a row to the run that is being written. */
  void write(byte[] array, int offset, int length) {
    if (outUsed + HEADER + length > out.length) {
      flush();
    }
    Bytes.put32(out, outUsed, length);
    outUsed += HEADER;
    if (length > out.length - outUsed) {
      flush();
      file.append(array, offset, length);
    } else {
      System.arraycopy(array, offset, out, outUsed, length);
      outUsed += length;
    }
  }

  private void flush() {
    if (outUsed > 0) {
      file.append(out, 0, outUsed);
      outUsed = 0;
    }
  }

  private void mergeAll() {
    long start = file.size();
    beginMerge();
    while (advance()) {
      frame.tick();
      write(heap[0].buffer, heap[0].from, heap[0].length);
    }
    flush();
    runs = new ArrayList<>();
    runs.add(new Run(0, start, file.size()));
  }

  /** Everything was added: {@link #next} gives the rows. */
  void beginMerge() {
    heap = new Run[runs.size()];
    heapSize = 0;
    taken = false;
    for (Run each : runs) {
      if (each.next()) {
        heap[heapSize] = each;
        up(heapSize++);
      }
    }
  }

  /** Points a reader at the next row, which stays until the one after it is asked for. */
  boolean next(RecordReader into) {
    if (!advance()) {
      return false;
    }
    into.reset(heap[0].buffer, heap[0].from, heap[0].length);
    return true;
  }

  /** Puts the run with the next row on top of the heap. */
  private boolean advance() {
    if (taken) {
      if (!heap[0].next()) {
        heap[0] = heap[--heapSize];
      }
      down();
    }
    taken = heapSize > 0;
    return taken;
  }

  private void up(int from) {
    int at = from;
    while (at > 0 && before(heap[at], heap[(at - 1) / 2])) {
      swap(at, (at - 1) / 2);
      at = (at - 1) / 2;
    }
  }

  private void down() {
    int at = 0;
    while (true) {
      int least = at;
      for (int child = 2 * at + 1; child <= 2 * at + 2; child++) {
        if (child < heapSize && before(heap[child], heap[least])) {
          least = child;
        }
      }
      if (least == at) {
        return;
      }
      swap(at, least);
      at = least;
    }
  }

  private void swap(int x, int y) {
    Run run = heap[x];
    heap[x] = heap[y];
    heap[y] = run;
  }

  private boolean before(Run x, Run y) {
    int c = order.compare(x.buffer, x.from, x.length, y.buffer, y.from, y.length);
    return c != 0 ? c < 0 : x.number < y.number;
  }

  void close() {
    file.close();
    Arrays.fill(heap, 0, heapSize, null);
    heapSize = 0;
  }
}
