package dev.turso.btree;

import dev.turso.format.BTreePage;
import dev.turso.format.Bytes;
import dev.turso.format.Varint;

/** Builds one cell after another in a buffer of its own, with the overflow pages that it needs. */
final class CellWriter {

  private final PageAllocator pages;
  private final int usable;

  /** The cell built last, from offset 0. */
  byte[] cell = new byte[256];

  CellWriter(PageAllocator pages) {
    this.pages = pages;
    this.usable = pages.store.usableSize();
  }

  /** A row of a table; returns the cell's length. */
  int row(long rowid, byte[] record, int offset, int length) {
    int stay = reserve(BTreePage.LEAF_TABLE, length);
    int at = Varint.write(cell, 0, length);
    at = Varint.write(cell, at, rowid);
    return payload(at, stay, record, offset, length);
  }

  /** An entry of an index leaf; returns the cell's length. */
  int entry(byte[] record, int offset, int length) {
    int stay = reserve(BTreePage.LEAF_INDEX, length);
    return payload(Varint.write(cell, 0, length), stay, record, offset, length);
  }

  /** An entry of an interior page of an index; returns the cell's length. */
  int divider(int child, byte[] record, int offset, int length) {
    int stay = reserve(BTreePage.INTERIOR_INDEX, length);
    Bytes.put32(cell, 0, child);
    return payload(Varint.write(cell, 4, length), stay, record, offset, length);
  }

  private int reserve(int kind, int length) {
    int stay = BTreePage.local(kind, usable, length);
    if (cell.length < stay + 32) {
      cell = new byte[usable + 32];
    }
    return stay;
  }

  private int payload(int at, int stay, byte[] record, int offset, int length) {
    System.arraycopy(record, offset, cell, at, stay);
    int end = at + stay;
    if (stay < length) {
      Bytes.put32(cell, end, OverflowChain.write(pages, record, offset + stay, length - stay));
      end += 4;
    }
    return end;
  }
}
