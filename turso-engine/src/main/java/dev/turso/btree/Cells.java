package dev.turso.btree;

import dev.turso.format.BTreePage;
import dev.turso.format.Bytes;
import dev.turso.format.Malformed;
import dev.turso.format.Varint;

/** Where the parts of a cell are; a cell that cannot be is a damaged file. */
final class Cells {

  private Cells() {}

  /** Where the {@code slot}th cell of a page starts. */
  static int at(byte[] page, int header, int slot, int usable) {
    int pointers = header + BTreePage.headerSize(page[header]);
    int at = Bytes.u16(page, pointers + 2 * slot);
    if (at < pointers + 2 * BTreePage.cellCount(page, header) || at > usable - 4) {
      throw Malformed.file();
    }
    return at;
  }

  /** The child left of the {@code slot}th cell, or the right-most child. */
  static int child(byte[] page, int header, int slot, int usable) {
    int at =
        slot == BTreePage.cellCount(page, header)
            ? header + BTreePage.RIGHT_CHILD
            : at(page, header, slot, usable);
    return Bytes.i32(page, at);
  }

  /** Points the link left of the {@code slot}th cell, or the right-most one, to another child. */
  static void setChild(byte[] page, int header, int slot, int usable, int child) {
    int at =
        slot == BTreePage.cellCount(page, header)
            ? header + BTreePage.RIGHT_CHILD
            : at(page, header, slot, usable);
    Bytes.put32(page, at, child);
  }

  /**
   * The length of the cell at an offset: all but the padding of one that is shorter than four
   * bytes.
   *
   * @param floor the first offset that a cell of this page can have
   */
  static int length(byte[] page, int at, int kind, int usable, int floor) {
    if (at < floor || at > usable - 4) {
      throw Malformed.file();
    }
    int p = BTreePage.isLeaf(kind) ? at : at + 4;
    boolean roomy = p <= usable - 2 * Varint.MAX_LENGTH;
    if (kind == BTreePage.INTERIOR_TABLE) {
      return skip(page, p, usable, roomy) - at;
    }
    long size = roomy ? Varint.read(page, p) : Varint.read(page, p, usable);
    p += Varint.length(page, p);
    if (kind == BTreePage.LEAF_TABLE) {
      p = skip(page, p, usable, roomy);
    }
    if (size < 0 || size > Integer.MAX_VALUE) {
      throw Malformed.file();
    }
    int local = BTreePage.local(kind, usable, (int) size);
    int end = p + local + (local < size ? 4 : 0);
    if (end > usable) {
      throw Malformed.file();
    }
    return end - at;
  }

  /** The position after a varint. */
  private static int skip(byte[] page, int at, int usable, boolean roomy) {
    if (!roomy) {
      Varint.read(page, at, usable);
    }
    return at + Varint.length(page, at);
  }

  /** The length of the payload of a cell that has one. */
  static int payloadSize(byte[] page, int at, int kind, int usable) {
    long size = Varint.read(page, BTreePage.isLeaf(kind) ? at : at + 4, usable);
    if (size < 0 || size > Integer.MAX_VALUE) {
      throw Malformed.file();
    }
    return (int) size;
  }

  /** The first overflow page of the cell, whose whole length is known, or 0. */
  static int overflow(byte[] page, int at, int length, int kind, int usable) {
    if (kind == BTreePage.INTERIOR_TABLE) {
      return 0;
    }
    int size = payloadSize(page, at, kind, usable);
    return BTreePage.local(kind, usable, size) < size ? Bytes.i32(page, at + length - 4) : 0;
  }

  /** The rowid of a cell of a table tree. */
  static long rowid(byte[] page, int at, int kind, int usable) {
    int p = at + 4;
    if (kind == BTreePage.LEAF_TABLE) {
      Varint.read(page, at, usable);
      p = at + Varint.length(page, at);
    }
    return Varint.read(page, p, usable);
  }
}
