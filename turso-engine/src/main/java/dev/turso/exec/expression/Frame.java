package dev.turso.exec.expression;

import dev.turso.error.InterruptedStatementException;
import dev.turso.error.ResultCode;
import dev.turso.exec.StorageAccess;
import dev.turso.exec.TemporarySpace;
import dev.turso.function.StatementEnvironment;
import dev.turso.value.Register;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * All that changes while one statement runs: its registers, rows, parameters and lane.
 *
 * <p>One thread at a time, but for {@link #interrupt()}, which any thread may call.
 */
public final class Frame {

  private static final byte[] NO_BYTES = {};
  private static final int TICKS_BETWEEN_CHECKS = 1024;

  /** Intermediate values, by slot number. */
  public Register[] slots;

  /** The current row of every row source, by source number. */
  public RowSource[] rows;

  /** Bound parameters; parameter 1 is at index 0. Never shorter than the statement needs. */
  public Register[] parameters;

  /** What functions may know of the world; the session sets it before an execution. */
  public StatementEnvironment environment = NoEnvironment.INSTANCE;

  /** The lane: bits of the value evaluated last. */
  public long bits;

  /** The lane: bytes of the value evaluated last. */
  public byte[] ref = NO_BYTES;

  /** The lane: subtype of the value evaluated last, if its node {@linkplain Node#hasSubtype has} one. */
  public int subtype;

  private int ticks = TICKS_BETWEEN_CHECKS;
  private volatile boolean interrupted;

  private @Nullable StorageAccess storage;

  /** A frame without slots and rows: whoever builds an executable adds them. */
  public Frame() {
    slots = new Register[0];
    rows = new RowSource[0];
    parameters = new Register[0];
  }

  public Frame(int slotCount, int rowCount) {
    this();
    for (int i = 0; i < slotCount; i++) {
      addSlot();
    }
    for (int i = 0; i < rowCount; i++) {
      addRow();
    }
  }

  /** Adds a register and returns its slot. */
  public int addSlot() {
    slots = Arrays.copyOf(slots, slots.length + 1);
    slots[slots.length - 1] = new Register();
    return slots.length - 1;
  }

  /** Adds a row source and returns its number. */
  public int addRow() {
    rows = Arrays.copyOf(rows, rows.length + 1);
    rows[rows.length - 1] = new RowSource();
    return rows.length - 1;
  }

  /** Where the statement reads its tables; set before every execution. */
  public void storage(StorageAccess access) {
    storage = access;
  }

  public StorageAccess storage() {
    if (storage == null) {
      throw new IllegalStateException("this frame has no storage");
    }
    return storage;
  }

  /** Where operators put rows that do not stay in memory. */
  public TemporarySpace temporary() {
    return storage == null ? TemporarySpace.NONE : storage.temporary();
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
