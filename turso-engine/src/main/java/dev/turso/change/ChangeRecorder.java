package dev.turso.change;

import dev.turso.schema.Table;

/** Where the row-write primitive reports rows of tables that somebody wants. */
public interface ChangeRecorder {

  /** Whether changes of this table are wanted; asked once per statement and table. */
  boolean records(Table table);

  void inserted(
      Table table, Origin origin, boolean rowidChosen, long rowid, byte[] record, int off, int len);

  void deleted(Table table, Origin origin, long rowid, byte[] record, int off, int len);

  void updated(
      Table table,
      Origin origin,
      long rowidBefore,
      byte[] before,
      int beforeOff,
      int beforeLen,
      long rowidAfter,
      byte[] after,
      int afterOff,
      int afterLen);
}
