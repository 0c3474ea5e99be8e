package dev.turso.dbsp.circuit;

import dev.turso.dbsp.trace.Trace;
import dev.turso.exec.expression.Frame;
import dev.turso.exec.expression.RowSource;
import dev.turso.format.RecordReader;
import dev.turso.format.TextEncoding;
import dev.turso.pager.PageStore;
import dev.turso.schema.Table;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the operators of one circuit share: the frame, and during a step the storage, the pending
 * changes and the trace.
 */
public final class CircuitContext {

  private static final TableChanges NONE = new TableChanges();

  private final TextEncoding encoding;
  private final Frame frame;
  private @Nullable PageStore store;
  private @Nullable Trace trace;
  private Map<Long, TableChanges> changes = Map.of();
  private boolean filling;
  private Visible visible = Visible.ALL;
  private long step;

  /** Rows that operators read or received in the current step. */
  public long rowsTouched;

  public CircuitContext(TextEncoding encoding, Frame frame) {
    this.encoding = encoding;
    this.frame = frame;
  }

  /** How the database stores texts. */
  public TextEncoding encoding() {
    return encoding;
  }

  /** Ends compilation: the frame has all its slots and row sources. */
  public void prepared() {
    for (RowSource each : frame.rows) {
      each.record = new RecordReader(encoding);
    }
  }

  public Frame frame() {
    return frame;
  }

  /** Begins a step; without storage for one that reads changes only. */
  public void begin(
      @Nullable PageStore store,
      Trace trace,
      Map<Long, TableChanges> changes,
      boolean filling,
      Visible visible) {
    this.visible = visible;
    this.store = store;
    this.trace = trace;
    this.changes = changes;
    this.filling = filling;
    this.rowsTouched = 0;
    step++;
  }

  /** Lets go of the storage. */
  public void end() {
    store = null;
    trace = null;
    changes = Map.of();
  }

  /** The number of the current step: what was opened in another one must be opened again. */
  public long step() {
    return step;
  }

  public PageStore store() {
    assert store != null;
    return store;
  }

  public Trace trace() {
    assert trace != null;
    return trace;
  }

  /** Whether every relation was empty before this step. */
  public boolean filling() {
    return filling;
  }

  /** How much of the tables is taken to exist. */
  public Visible visible() {
    return visible;
  }

  /** The pending changes of a table. */
  public TableChanges changes(Table table) {
    return changes.getOrDefault(table.id(), NONE);
  }
}
