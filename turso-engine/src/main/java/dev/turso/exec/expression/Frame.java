package dev.turso.exec.expression;

import dev.turso.error.InterruptedStatementException;
import dev.turso.error.ResultCode;
import dev.turso.value.Register;

/**
 * All that changes while one statement runs: its registers, rows, parameters and lane.
 *
 * <p>One thread at a time, but for {@link #interrupt()}, which any thread may call.
 */
public final class Frame {

  private static final byte[] NO_BYTES = {};
  private static final int TICKS_BETWEEN_CHECKS = 1024;

  /** Intermediate values, by slot number. */
  public final Register[] slots;

  /** The current row of every row source, by source number. */
  public final RowSource[] rows;

  /** Bound parameters; parameter 1 is at index 0. Never shorter than the statement needs. */
  public Register[] parameters;

  /** The lane: bits of the value evaluated last. */
  public long bits;

  /** The lane: bytes of the value evaluated last. */
  public byte[] ref = NO_BYTES;

  /** The lane: subtype of the value evaluated last, if its node {@linkplain Node#hasSubtype has} one. */
  public int subtype;

  private int ticks = TICKS_BETWEEN_CHECKS;
  private volatile boolean interrupted;

  public Frame(int slotCount, int rowCount) {
    slots = new Register[slotCount];
    for (int i = 0; i < slotCount; i++) {
      slots[i] = new Register();
    }
    rows = new RowSource[rowCount];
    for (int i = 0; i < rowCount; i++) {
      rows[i] = new RowSource();
    }
    parameters = new Register[0];
  }

  /** Called once per row by every operator that can loop without giving rows to its caller. */
  public void tick() {
    if (--ticks < 0) {
      checkInterrupt();
    }
  }

  private void checkInterrupt() {
    ticks = TICKS_BETWEEN_CHECKS;
    if (interrupted) {
      throw new InterruptedStatementException(ResultCode.INTERRUPT, "interrupted");
    }
  }

  /** Makes the statement end with an {@link InterruptedStatementException} soon. */
  public void interrupt() {
    interrupted = true;
  }

  /** Forgets an interrupt, before a new execution. */
  public void clearInterrupt() {
    interrupted = false;
  }
}
