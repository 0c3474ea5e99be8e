package dev.turso.exec.write;

import dev.turso.bind.TableExpressions;
import dev.turso.change.Origin;
import dev.turso.change.RowWriter;
import dev.turso.exec.expression.Frame;
import dev.turso.exec.expression.Locations;
import dev.turso.format.KeyProbe;
import dev.turso.format.RecordReader;
import dev.turso.format.TextEncoding;
import dev.turso.plan.physical.PhysicalPlanner;
import dev.turso.plan.physical.TableKnowledge;
import dev.turso.schema.Table;
import dev.turso.value.Register;
import java.util.Arrays;

/** Writes rows given as records, past constraints and triggers; changes have origin VIEW. */
public final class RecordTableWriter implements RowWriter {

  private final Table table;
  private final TableWriter writer;
  private final Frame frame;
  private final RecordReader record;
  private final boolean[] touched;

  private RecordTableWriter(Table table, TableWriter writer, Frame frame, TextEncoding encoding) {
    this.table = table;
    this.writer = writer;
    this.frame = frame;
    this.record = new RecordReader(encoding);
    this.touched = new boolean[writer.indexes().length];
    Arrays.fill(touched, true);
  }

  public static RecordTableWriter of(
      Table table, TableExpressions expressions, TableKnowledge knowledge, TextEncoding encoding) {
    Frame frame = new Frame();
    TargetCompiler target =
        new TargetCompiler(
            table, false, expressions, frame, new Locations(), new PhysicalPlanner(knowledge));
    TableWriter writer = target.writer();
    if (writer == null) {
      throw new IllegalStateException("not a table: " + table.name());
    }
    return new RecordTableWriter(table, writer, frame, encoding);
  }

  /** Opens cursors in the current transaction. */
  public void open(WriteContext ctx) {
    frame.storage(ctx);
    writer.open(ctx, frame);
  }

  @Override
  public void insert(long rowid, byte[] array, int off, int len) {
    load(rowid, array, off, len);
    writer.insert(frame, Origin.VIEW, false);
  }

  private void load(long rowid, byte[] array, int off, int len) {
    record.reset(array, off, len);
    int[] order = table.storageOrder();
    for (int i = 0; i < order.length; i++) {
      Register into = writer.places().column(frame, order[i]);
      int tag = record.load(i);
      if (tag == RecordReader.ABSENT) {
        into.setNull();
      } else {
        into.set(tag, record.bits(), record.ref());
      }
    }
    writer.places().rowid(frame).setInteger(rowid);
    if (table.rowidAlias() >= 0) {
      writer.places().column(frame, table.rowidAlias()).setInteger(rowid);
    }
  }

  @Override
  public long newRowid() {
    return writer.newRowid();
  }

  @Override
  public boolean delete(long rowid) {
    if (!writer.seek(frame, rowid)) {
      return false;
    }
    writer.delete(frame, Origin.VIEW);
    return true;
  }

  @Override
  public boolean delete(byte[] key, int off, int len) {
    if (!seekKey(key, off, len)) {
      return false;
    }
    writer.delete(frame, Origin.VIEW);
    return true;
  }

  private boolean seekKey(byte[] key, int off, int len) {
    record.reset(key, off, len);
    KeyProbe probe = writer.key();
    probe.load(record, table.primaryKey().size());
    return writer.seekKey(frame);
  }

  @Override
  public void update(long rowid, byte[] array, int off, int len) {
    boolean found = table.withoutRowid() ? seekKey(array, off, len) : writer.seek(frame, rowid);
    if (!found) {
      insert(rowid, array, off, len);
      return;
    }
    load(rowid, array, off, len);
    writer.update(frame, Origin.VIEW, touched, false);
  }
}
