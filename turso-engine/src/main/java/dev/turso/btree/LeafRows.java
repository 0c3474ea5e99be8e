package dev.turso.btree;

import dev.turso.format.Malformed;
import dev.turso.format.RecordBatch;
import dev.turso.format.RecordReader;
import dev.turso.format.Varint;

/** The rows of a cursor's leaf, from the current one on, as a batch. */
final class LeafRows implements RecordBatch.Source {

  private final TableCursor cursor;

  /** The slot of the first row of the batch. */
  private int first;

  /** The slot of a row of the batch that the cursor was put on to read it, or -1. */
  private int aside = -1;

  LeafRows(TableCursor cursor) {
    this.cursor = cursor;
  }

  /** Takes the rows; the cursor is on the last of them afterwards. */
  boolean fill(RecordBatch batch) {
    TableCursor c = cursor;
    byte[] page = c.written ? c.page.clone() : c.page;
    aside = -1;
    int count = c.count;
    int safe = c.usable - 2 * Varint.MAX_LENGTH;
    first = c.slot;
    batch.begin(page);
    for (int i = first; i < count; i++) {
      int at = c.cellAt(i);
      int size = page[at++];
      if (size < 0) {
        size = (size & 0x7f) << 7 | page[at++];
      }
      if (size < 0 || size > c.maxLocal || at > safe) {
        addParsed(batch, i);
        continue;
      }
      long key = page[at++];
      if (key < 0) {
        key = Varint.read(page, at - 1);
        at += Varint.length(page, at - 1) - 1;
      }
      if (at + size > c.usable) {
        throw Malformed.file();
      }
      batch.add(key, at, size);
    }
    c.slot = count - 1;
    c.parsed = false;
    return true;
  }

  /** Adds a row whose cell is out of the ordinary. */
  private void addParsed(RecordBatch batch, int slot) {
    cursor.slot = slot;
    cursor.parseCell();
    if (cursor.local == cursor.payloadSize) {
      batch.add(cursor.rowid(), cursor.payloadAt, cursor.payloadSize);
    } else {
      batch.addElsewhere(cursor.rowid());
    }
  }

  /** Leaves the cursor on the last row: from there it goes on, whatever was read meanwhile. */
  @Override
  public void read(int row, RecordReader reader) {
    int last = cursor.slot;
    cursor.parseCell();
    long lastRowid = cursor.rowid;
    cursor.slot = first + row;
    aside = first + row;
    cursor.parseCell();
    cursor.read(reader);
    cursor.slot = last;
    cursor.rowid = lastRowid;
  }

  /** The cursor was moved: it does not stand on a row of the batch any more. */
  void forget() {
    aside = -1;
  }

  /** Puts the cursor back on the last row of the batch, if a row before it was read. */
  void comeBack() {
    if (aside >= 0) {
      aside = -1;
      cursor.slot = cursor.count - 1;
      cursor.parsed = false;
    }
  }
}
