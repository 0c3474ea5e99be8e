package dev.turso.btree;

import dev.turso.format.BTreePage;
import dev.turso.format.Bytes;
import dev.turso.format.Malformed;
import java.util.Arrays;

/**
 * The content of one or more pages taken apart: cells in key order, as slices of images that nobody
 * changes, and the right-most child. May hold more than a page has room for.
 */
final class CellList {

  byte[][] sources = new byte[64][];
  int[] offsets = new int[64];
  int[] lengths = new int[64];
  int size;
  int rightChild;

  /** Appends the cells of a page, whose image must not change while this is in use. */
  CellList load(byte[] page, int header, int usable) {
    int kind = page[header];
    int count = BTreePage.cellCount(page, header);
    int pointer = header + BTreePage.headerSize(kind);
    int floor = pointer + 2 * count;
    if (floor > usable) {
      throw Malformed.file();
    }
    reserve(size + count);
    for (int i = 0; i < count; i++, pointer += 2) {
      int at = Bytes.u16(page, pointer);
      add(page, at, Cells.length(page, at, kind, usable, floor));
    }
    if (!BTreePage.isLeaf(kind)) {
      rightChild = Bytes.i32(page, header + BTreePage.RIGHT_CHILD);
    }
    return this;
  }

  void add(byte[] source, int offset, int length) {
    reserve(size + 1);
    sources[size] = source;
    offsets[size] = offset;
    lengths[size] = length;
    size++;
  }

  void insert(int index, byte[] source, int offset, int length) {
    reserve(size + 1);
    System.arraycopy(sources, index, sources, index + 1, size - index);
    System.arraycopy(offsets, index, offsets, index + 1, size - index);
    System.arraycopy(lengths, index, lengths, index + 1, size - index);
    sources[index] = source;
    offsets[index] = offset;
    lengths[index] = length;
    size++;
  }

  void addAll(CellList other) {
    reserve(size + other.size);
    System.arraycopy(other.sources, 0, sources, size, other.size);
    System.arraycopy(other.offsets, 0, offsets, size, other.size);
    System.arraycopy(other.lengths, 0, lengths, size, other.size);
    size += other.size;
    rightChild = other.rightChild;
  }

  private void reserve(int n) {
    if (n > sources.length) {
      int capacity = Math.max(n, 2 * sources.length);
      sources = Arrays.copyOf(sources, capacity);
      offsets = Arrays.copyOf(offsets, capacity);
      lengths = Arrays.copyOf(lengths, capacity);
    }
  }

  /** Bytes that the cell takes of a page, its pointer included. */
  int weight(int index) {
    return PageEditor.space(lengths[index]) + 2;
  }

  /** Bytes that all cells take of a page, pointers included. */
  int weight() {
    int sum = 0;
    for (int i = 0; i < size; i++) {
      sum += weight(i);
    }
    return sum;
  }

  /** The child left of a cell of an interior page. */
  int child(int index) {
    return index == size ? rightChild : Bytes.i32(sources[index], offsets[index]);
  }

  /** Makes {@code page} a page of the kind with the cells [from, to), which must fit. */
  void write(byte[] page, int header, int kind, int usable, int from, int to, int right) {
    PageEditor.clear(page, header, kind, usable);
    int pointer = header + BTreePage.headerSize(kind);
    int at = usable;
    for (int i = from; i < to; i++, pointer += 2) {
      int length = lengths[i];
      int space = PageEditor.space(length);
      at -= space;
      System.arraycopy(sources[i], offsets[i], page, at, length);
      if (length < space) {
        Arrays.fill(page, at + length, at + space, (byte) 0);
      }
      Bytes.put16(page, pointer, at);
    }
    Bytes.put16(page, header + BTreePage.CELL_COUNT, to - from);
    Bytes.put16(page, header + BTreePage.CONTENT_START, at);
    if (!BTreePage.isLeaf(kind)) {
      Bytes.put32(page, header + BTreePage.RIGHT_CHILD, right);
    }
  }
}
