package dev.turso.btree;

import dev.turso.format.BTreePage;
import dev.turso.format.Bytes;
import dev.turso.format.Malformed;
import java.util.Arrays;

/**
 * Adds cells to a b-tree page and takes them away: cell pointers, free blocks, fragments.
 *
 * <p>Every method works on a writable image and leaves it as SQLite's integrity check wants it:
 * cells, free blocks and counted fragments together cover the content area exactly once.
 */
final class PageEditor {

  private static final int MIN_CELL = 4;
  private static final int MAX_FRAGMENTS = 60;

  private PageEditor() {}

  /** Bytes that a cell of the length takes in the content area. */
  static int space(int length) {
    return Math.max(length, MIN_CELL);
  }

  /** Makes the page an empty one of the kind; nothing of its former content stays. */
  static void clear(byte[] page, int header, int kind, int usable) {
    Arrays.fill(page, header, usable, (byte) 0);
    page[header] = (byte) kind;
    Bytes.put16(page, header + BTreePage.CONTENT_START, usable);
  }

  /** Unused bytes of the page, wherever they are. */
  static int free(byte[] page, int header, int usable) {
    int start = BTreePage.contentStart(page, header);
    int fragments = page[header + BTreePage.FRAGMENTED_BYTES] & 0xff;
    int free = start - pointersEnd(page, header) + fragments;
    int block = Bytes.u16(page, header + BTreePage.FIRST_FREE_BLOCK);
    int before = start - 1;
    while (block != 0) {
      if (block <= before || block > usable - 4) {
        throw Malformed.file();
      }
      int size = Bytes.u16(page, block + 2);
      free += size;
      before = block + size - 1;
      block = Bytes.u16(page, block);
      if (size < 4 || before >= usable) {
        throw Malformed.file();
      }
    }
    if (free < 0 || free > usable - header - BTreePage.headerSize(page[header])) {
      throw Malformed.file();
    }
    return free;
  }

  private static int pointersEnd(byte[] page, int header) {
    return header + BTreePage.headerSize(page[header]) + 2 * BTreePage.cellCount(page, header);
  }

  /** Inserts a cell before the {@code slot}th; false, and nothing changed, if it does not fit. */
  static boolean insert(
      byte[] page, int header, int usable, int slot, byte[] cell, int offset, int length) {
    int pointersEnd = pointersEnd(page, header);
    int start = BTreePage.contentStart(page, header);
    int need = space(length);
    if (start < pointersEnd || start > usable) {
      throw Malformed.file();
    }
    int at;
    if (start - pointersEnd >= need + 2) {
      at = start - need;
    } else {
      if (Bytes.u16(page, header + BTreePage.FIRST_FREE_BLOCK) == 0
          && start - pointersEnd + (page[header + BTreePage.FRAGMENTED_BYTES] & 0xff) < need + 2) {
        return false;
      }
      at = start - pointersEnd >= 2 ? takeFreeBlock(page, header, usable, need) : 0;
      if (at == 0) {
        if (free(page, header, usable) < need + 2) {
          return false;
        }
        defragment(page, header, usable);
        at = BTreePage.contentStart(page, header) - need;
      }
    }
    if (at < pointersEnd + 2 || at + need > usable) {
      throw Malformed.file();
    }
    if (at < BTreePage.contentStart(page, header)) {
      Bytes.put16(page, header + BTreePage.CONTENT_START, at);
    }
    System.arraycopy(cell, offset, page, at, length);
    if (length < need) {
      Arrays.fill(page, at + length, at + need, (byte) 0);
    }
    insertPointer(page, header, slot, at);
    return true;
  }

  private static void insertPointer(byte[] page, int header, int slot, int at) {
    int count = BTreePage.cellCount(page, header);
    int pointer = header + BTreePage.headerSize(page[header]) + 2 * slot;
    if (slot < count) {
      System.arraycopy(page, pointer, page, pointer + 2, 2 * (count - slot));
    }
    Bytes.put16(page, pointer, at);
    Bytes.put16(page, header + BTreePage.CELL_COUNT, count + 1);
  }

  /** Space from the first free block that is large enough, or 0. */
  private static int takeFreeBlock(byte[] page, int header, int usable, int need) {
    int link = header + BTreePage.FIRST_FREE_BLOCK;
    int block = Bytes.u16(page, link);
    while (block != 0) {
      if (block <= link && link >= header + BTreePage.LEAF_HEADER || block > usable - 4) {
        throw Malformed.file();
      }
      int size = Bytes.u16(page, block + 2);
      if (block + size > usable) {
        throw Malformed.file();
      }
      int rest = size - need;
      if (rest >= 4) {
        Bytes.put16(page, block + 2, rest);
        return block + rest;
      }
      if (rest >= 0) {
        int fragments = (page[header + BTreePage.FRAGMENTED_BYTES] & 0xff) + rest;
        if (fragments > MAX_FRAGMENTS) {
          return 0;
        }
        page[header + BTreePage.FRAGMENTED_BYTES] = (byte) fragments;
        Bytes.put16(page, link, Bytes.u16(page, block));
        return block;
      }
      int next = Bytes.u16(page, block);
      // Free blocks stand in ascending order (File format, 1.6): anything else may be a circle.
      if (next != 0 && next <= block) {
        throw Malformed.file();
      }
      link = block;
      block = next;
    }
    return 0;
  }

  /** Removes the {@code slot}th cell, whose length the caller has parsed. */
  static void remove(byte[] page, int header, int usable, int slot, int length) {
    int count = BTreePage.cellCount(page, header);
    int pointer = header + BTreePage.headerSize(page[header]) + 2 * slot;
    int at = Bytes.u16(page, pointer);
    if (count == 1) {
      int right = Bytes.i32(page, header + BTreePage.RIGHT_CHILD);
      int kind = page[header];
      clear(page, header, kind, usable);
      if (!BTreePage.isLeaf(kind)) {
        Bytes.put32(page, header + BTreePage.RIGHT_CHILD, right);
      }
      return;
    }
    release(page, header, usable, at, space(length));
    System.arraycopy(page, pointer + 2, page, pointer, 2 * (count - slot - 1));
    Bytes.put16(page, header + BTreePage.CELL_COUNT, count - 1);
  }

  /** Gives space back, joined with the free blocks and fragments it touches. */
  private static void release(byte[] page, int header, int usable, int at, int size) {
    int link = header + BTreePage.FIRST_FREE_BLOCK;
    int before = 0;
    int block = Bytes.u16(page, link);
    while (block != 0 && block < at) {
      if (block <= before || block > usable - 4) {
        throw Malformed.file();
      }
      before = block;
      block = Bytes.u16(page, block);
    }
    int from = at;
    int to = at + size;
    int next = block;
    int fragments = page[header + BTreePage.FRAGMENTED_BYTES] & 0xff;
    if (to > usable || block > usable - 4) {
      throw Malformed.file();
    }
    Arrays.fill(page, from, to, (byte) 0);
    if (block != 0 && to + 3 >= block) {
      fragments -= block - to;
      to = block + Bytes.u16(page, block + 2);
      next = Bytes.u16(page, block);
      if (to > usable || block < at + size) {
        throw Malformed.file();
      }
    }
    if (before != 0) {
      int beforeEnd = before + Bytes.u16(page, before + 2);
      if (beforeEnd > from) {
        throw Malformed.file();
      }
      if (beforeEnd + 3 >= from) {
        fragments -= from - beforeEnd;
        from = before;
      }
    }
    if (fragments < 0) {
      throw Malformed.file();
    }
    page[header + BTreePage.FRAGMENTED_BYTES] = (byte) fragments;
    keep(page, header, from, to, before, next);
  }

  /** Links the block [from, to) between its neighbours, or lets the content area begin after it. */
  private static void keep(byte[] page, int header, int from, int to, int before, int next) {
    int start = BTreePage.contentStart(page, header);
    if (from <= start) {
      if (from < start || before != 0 && before != from) {
        throw Malformed.file();
      }
      Bytes.put16(page, header + BTreePage.FIRST_FREE_BLOCK, next);
      Bytes.put16(page, header + BTreePage.CONTENT_START, to);
      return;
    }
    if (from != before) {
      Bytes.put16(page, before == 0 ? header + BTreePage.FIRST_FREE_BLOCK : before, from);
    }
    Bytes.put16(page, from, next);
    Bytes.put16(page, from + 2, to - from);
  }

  /** Moves all cells to the end of the page, so that its free bytes are one gap. */
  static void defragment(byte[] page, int header, int usable) {
    byte[] old = page.clone();
    int kind = page[header];
    int count = BTreePage.cellCount(page, header);
    int pointer = header + BTreePage.headerSize(kind);
    int end = pointer + 2 * count;
    int at = usable;
    for (int i = 0; i < count; i++, pointer += 2) {
      int from = Bytes.u16(old, pointer);
      int size = space(Cells.length(old, from, kind, usable, end));
      at -= size;
      if (at < end || from + size > usable) {
        throw Malformed.file();
      }
      System.arraycopy(old, from, page, at, size);
      Bytes.put16(page, pointer, at);
    }
    Bytes.put16(page, header + BTreePage.FIRST_FREE_BLOCK, 0);
    page[header + BTreePage.FRAGMENTED_BYTES] = 0;
    Bytes.put16(page, header + BTreePage.CONTENT_START, at);
    Arrays.fill(page, end, at, (byte) 0);
  }
}
