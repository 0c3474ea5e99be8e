package dev.turso.exec.write;

import dev.turso.exec.expression.Frame;
import dev.turso.exec.expression.Node;
import dev.turso.exec.expression.RaisedException;
import dev.turso.exec.operator.Executable;
import dev.turso.sql.ast.ConflictAction;
import dev.turso.value.Register;
import org.jspecify.annotations.Nullable;

/** INSERT and REPLACE. */
final class InsertOperation extends WriteOperation {

  private final Executable source;
  private final WriteTarget target;
  private final RowInserter inserter;
  private final int[] columnSources;
  private final int rowidSource;
  private final @Nullable Node[] defaults;
  private final @Nullable RowBuffer setAside;
  private final boolean mayFailMidway;
  private final boolean manyRows;

  /**
   * @param setAside where to keep the source's rows before the first is written, or null
   */
  InsertOperation(
      Frame frame,
      Executable source,
      WriteTarget target,
      RowInserter inserter,
      int[] columnSources,
      int rowidSource,
      @Nullable Node[] defaults,
      @Nullable RowBuffer setAside,
      boolean mayFailMidway,
      boolean manyRows,
      ReturningSink returning) {
    super(frame, returning);
    this.source = source;
    this.target = target;
    this.inserter = inserter;
    this.columnSources = columnSources;
    this.rowidSource = rowidSource;
    this.defaults = defaults;
    this.setAside = setAside;
    this.mayFailMidway = mayFailMidway;
    this.manyRows = manyRows;
  }

  @Override
  void execute(WriteContext ctx, Frame f) {
    target.open(ctx, f, manyRows);
    inserter.open(ctx);
    if (mayFailMidway
        || returningMayFail()
        || target.reaches(ctx)
        || manyRows && target.isRecorded()) {
      ctx.protect();
    }
    source.open();
    try {
      if (setAside == null) {
        insertDirectly(ctx, f);
      } else {
        insertSetAside(ctx, f, setAside);
      }
    } finally {
      source.close();
    }
    inserter.finish();
  }

  private void insertDirectly(WriteContext ctx, Frame f) {
    while (source.next()) {
      for (int i = 0; i < columnSources.length; i++) {
        if (columnSources[i] >= 0) {
          target.places().column(f, i).copyFrom(source.column(columnSources[i]));
        }
      }
      if (rowidSource >= 0) {
        target.places().rowid(f).copyFrom(source.column(rowidSource));
      }
      insertRow(ctx, f);
    }
  }

  private void insertSetAside(WriteContext ctx, Frame f, RowBuffer rows) {
    rows.clear();
    while (source.next()) {
      f.tick();
      rows.add(source);
    }
    source.close();
    rows.rewind();
    while (rows.next()) {
      for (int i = 0; i < columnSources.length; i++) {
        if (columnSources[i] >= 0) {
          rows.load(columnSources[i], target.places().column(f, i));
        }
      }
      if (rowidSource >= 0) {
        rows.load(rowidSource, target.places().rowid(f));
      }
      insertRow(ctx, f);
    }
    rows.clear();
  }

  private void insertRow(WriteContext ctx, Frame f) {
    f.tick();
    for (int i = 0; i < columnSources.length; i++) {
      if (columnSources[i] < 0) {
        fillDefault(f, i);
      }
    }
    if (rowidSource < 0) {
      target.places().rowid(f).setNull();
    }
    try {
      inserter.insert(ctx, f);
    } catch (RaisedException raised) {
      if (raised.action() != ConflictAction.IGNORE) {
        throw Raised.failure(ctx, raised);
      }
    }
    ctx.rowWritten(target.table().databaseIndex());
  }

  private void fillDefault(Frame f, int column) {
    Register into = target.places().column(f, column);
    Node byDefault = defaults[column];
    if (byDefault == null) {
      into.setNull();
    } else {
      byDefault.evalInto(f, into);
    }
  }
}
