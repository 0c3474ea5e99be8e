package dev.turso.exec.write;

import dev.turso.exec.expression.Frame;
import org.jspecify.annotations.Nullable;

/**
 * A writing statement, ready to run again and again, one run at a time.
 *
 * <p>{@link #run} does all the work; rows of RETURNING are in {@link #returned()} afterwards.
 */
public abstract class WriteOperation {

  private final Frame frame;
  private final ReturningSink returning;

  /** Rows that the current run has removed all at once. */
  long cleared;

  WriteOperation(Frame frame, ReturningSink returning) {
    this.frame = frame;
    this.returning = returning;
  }

  /** The registers and rows of the statement; parameters go in here before a run. */
  public final Frame frame() {
    return frame;
  }

  /** The rows of RETURNING, or null without that clause. */
  public final @Nullable RowBuffer returned() {
    return returning.rows();
  }

  /**
   * Runs the statement. Sets {@link WriteContext#changes}. Whoever calls undoes a failure, as {@link
   * WriteContext#failure} says.
   */
  public final void run(WriteContext ctx) {
    returning.reset();
    cleared = 0;
    if (ctx.triggerDepth == 0 && !ctx.sequences.isEmpty()) {
      ctx.sequences.clear();
    }
    boolean ended = false;
    try {
      execute(ctx, frame);
      ended = true;
    } finally {
      long changed = returning.written() + cleared;
      ctx.changes = changed;
      ctx.totalChanges += changed;
      if (ended && ctx.triggerDepth > 0) {
        ctx.changesInTriggers += changed;
      }
    }
  }

  /** Whether computing RETURNING may fail: then a row is written of which nothing is to stay. */
  final boolean returningMayFail() {
    return returning.mayFail();
  }

  /** Writes. */
  abstract void execute(WriteContext ctx, Frame f);
}
