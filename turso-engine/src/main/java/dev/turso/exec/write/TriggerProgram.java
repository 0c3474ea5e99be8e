package dev.turso.exec.write;

import dev.turso.error.SqlException;
import dev.turso.exec.expression.Frame;
import dev.turso.exec.expression.Node;
import dev.turso.exec.operator.Executable;
import org.jspecify.annotations.Nullable;

/**
 * A trigger, ready to run: a frame of its own, in which OLD and NEW are registers, and its
 * statements over it.
 */
public final class TriggerProgram {

  /** One statement: a query run for its effects, or a writing operation. */
  public record Step(@Nullable Executable query, @Nullable WriteOperation write) {}

  /** After how many levels of triggers the next ones run on another stack. */
  private static final int LEVELS_PER_STACK = 40;

  private final Frame frame;
  private final int oldBase;
  private final int newBase;
  private final @Nullable Executable when;
  private final Step[] steps;

  /**
   * @param oldBase slot of OLD's first column, its rowid coming last; -1 without OLD
   * @param newBase the same of NEW
   * @param when has a row where the program is to run
   */
  public TriggerProgram(
      Frame frame, int oldBase, int newBase, @Nullable Executable when, Step[] steps) {
    this.frame = frame;
    this.oldBase = oldBase;
    this.newBase = newBase;
    this.when = when;
    this.steps = steps;
  }

  /**
   * Runs the trigger for one row.
   *
   * @param outer the frame in which the nodes of the rows are evaluated
   */
  void run(WriteContext ctx, Frame outer, Node[] oldRow, Node[] newRow) {
    if (ctx.triggerDepth >= WriteContext.MAX_TRIGGER_DEPTH) {
      throw new SqlException("triggers nested too deep");
    }
    ctx.checkInterrupt();
    frame.environment = outer.environment;
    frame.storage(ctx);
    fill(outer, oldRow, oldBase);
    fill(outer, newRow, newBase);
    ctx.triggerDepth++;
    long changes = ctx.changes;
    long lastInsertRowid = ctx.lastInsertRowid;
    try {
      if (ctx.triggerDepth % LEVELS_PER_STACK == 0) {
        DeepCall.run(() -> runSteps(ctx));
      } else {
        runSteps(ctx);
      }
    } finally {
      ctx.triggerDepth--;
      ctx.changes = changes;
      ctx.lastInsertRowid = lastInsertRowid;
    }
  }

  /** Runs the first statement, a query, for one row, and counts what it finds. */
  long count(WriteContext ctx, Frame outer, Node[] oldRow, Node[] newRow) {
    frame.environment = outer.environment;
    frame.storage(ctx);
    fill(outer, oldRow, oldBase);
    fill(outer, newRow, newBase);
    Executable query = steps[0].query();
    if (query == null) {
      throw new IllegalStateException("not a query");
    }
    long found = 0;
    query.open();
    try {
      while (query.next()) {
        found++;
      }
    } finally {
      query.close();
    }
    return found;
  }

  private void fill(Frame outer, Node[] row, int base) {
    if (base >= 0) {
      for (int i = 0; i < row.length; i++) {
        row[i].evalInto(outer, frame.slots[base + i]);
        frame.slots[base + i].keep();
      }
    }
  }

  private void runSteps(WriteContext ctx) {
    if (when == null || holds(when)) {
      for (Step each : steps) {
        run(ctx, each);
      }
    }
  }

  private void run(WriteContext ctx, Step step) {
    WriteOperation write = step.write();
    if (write != null) {
      write.run(ctx);
      return;
    }
    Executable query = step.query();
    if (query == null) {
      return;
    }
    query.open();
    try {
      while (query.next()) {
        frame.tick();
      }
    } finally {
      query.close();
    }
  }

  private static boolean holds(Executable when) {
    when.open();
    try {
      return when.next();
    } finally {
      when.close();
    }
  }
}
