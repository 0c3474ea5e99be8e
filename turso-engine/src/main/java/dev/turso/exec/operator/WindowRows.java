package dev.turso.exec.operator;

import dev.turso.exec.expression.Frame;
import dev.turso.exec.expression.RowSource;
import dev.turso.format.RecordReader;
import dev.turso.plan.logical.SortKey;
import dev.turso.value.Collation;
import dev.turso.value.Comparison;
import dev.turso.value.Register;
import java.util.Arrays;
import java.util.List;

/**
 * The rows a window operator keeps, in order: fields are the partition keys, the order keys, then the
 * stored columns. Knows the current partition and its groups of peers. Not thread-safe.
 */
final class WindowRows {

  RowBuffer buffer;
  final int partitionKeys;
  final List<SortKey> orderKeys;

  /** The partition, as positions in the order. */
  int partitionStart;

  int partitionEnd;

  /** The first position of each group of peers of the partition; behind the last, the end. */
  int[] groupStarts = new int[16];

  int groups;

  private final Collation[] partitionCollations;
  private final RowSource source;
  private final RecordReader a = new RecordReader();
  private final RecordReader b = new RecordReader();
  private int size;
  private int[] groupOf = {};

  WindowRows(Frame frame, List<SortKey> partitionBy, List<SortKey> orderBy, RowSource source) {
    this.buffer = new RowBuffer(frame);
    this.partitionKeys = partitionBy.size();
    this.orderKeys = orderBy;
    this.source = source;
    this.partitionCollations = new Collation[partitionKeys];
    for (int i = 0; i < partitionKeys; i++) {
      partitionCollations[i] = partitionBy.get(i).collation();
    }
  }

  int size() {
    return size;
  }

  void clear() {
    buffer.clear();
    size = 0;
    groupOf = new int[0];
    partitionEnd = 0;
  }

  /** Puts the rows in order: they will be read many times, by neighbours. */
  void sort(RowOrder order) {
    if (order.fields() > 0) {
      RowBuffer unsorted = buffer;
      buffer = unsorted.inOrder(new RowSorter(unsorted, order).sort());
      unsorted.clear();
    }
    size = buffer.size();
    groupOf = new int[size];
    partitionStart = 0;
    partitionEnd = 0;
  }

  /** Makes the row at a position the current one, for expressions over stored columns. */
  void show(int position) {
    buffer.read(position, source.record);
  }

  void beginPartition(int start) {
    partitionStart = start;
    groups = 0;
    addGroup(start);
    groupOf[start] = 0;
    RecordReader before = a;
    RecordReader row = b;
    buffer.read(start, before);
    int at = start + 1;
    for (; at < size; at++) {
      buffer.read(at, row);
      if (!samePartition(before, row)) {
        break;
      }
      if (!peers(before, row)) {
        addGroup(at);
      }
      groupOf[at] = groups - 1;
      RecordReader swap = before;
      before = row;
      row = swap;
    }
    partitionEnd = at;
    addGroup(at);
    groups--;
  }

  private void addGroup(int start) {
    if (groups == groupStarts.length) {
      groupStarts = Arrays.copyOf(groupStarts, groups * 2);
    }
    groupStarts[groups++] = start;
  }

  private boolean samePartition(RecordReader x, RecordReader y) {
    for (int i = 0; i < partitionKeys; i++) {
      if (compare(x, y, i, partitionCollations[i]) != 0) {
        return false;
      }
    }
    return true;
  }

  /** Whether two rows of a partition have the same place in its order. */
  private boolean peers(RecordReader x, RecordReader y) {
    for (int i = 0; i < orderKeys.size(); i++) {
      if (compare(x, y, partitionKeys + i, orderKeys.get(i).collation()) != 0) {
        return false;
      }
    }
    return true;
  }

  private static int compare(RecordReader x, RecordReader y, int field, Collation collation) {
    int tagX = x.load(field);
    int tagY = y.load(field);
    return Comparison.compare(tagX, x.bits(), x.ref(), tagY, y.bits(), y.ref(), collation);
  }

  /** The group of peers of a position, counted from 0 within the partition. */
  int group(int position) {
    return groupOf[position];
  }

  /** The first order key at a position. */
  void orderValue(int position, Register out) {
    buffer.read(position, a);
    int tag = a.load(partitionKeys);
    out.set(tag, a.bits(), a.ref());
  }
}
