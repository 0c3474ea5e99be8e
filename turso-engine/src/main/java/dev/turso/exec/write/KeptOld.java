package dev.turso.exec.write;

import dev.turso.exec.expression.Frame;
import dev.turso.format.KeyProbe;

/** Which row OLD was, apart from the one that an UPDATE remembers. */
final class KeptOld {

  private final TableWriter writer;
  private final long rowid;
  private final KeyProbe key;

  private KeptOld(TableWriter writer, long rowid, KeyProbe key) {
    this.writer = writer;
    this.rowid = rowid;
    this.key = key;
  }

  static KeptOld of(TableWriter writer, Frame f) {
    KeyProbe key = new KeyProbe();
    long rowid = writer.nameOld(f, key);
    return new KeptOld(writer, rowid, key);
  }

  boolean seekAgain(Frame f) {
    return writer.seekNamed(f, rowid, key);
  }
}
