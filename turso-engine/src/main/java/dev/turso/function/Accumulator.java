package dev.turso.function;

import dev.turso.error.MisuseException;
import dev.turso.error.ResultCode;
import dev.turso.value.Register;

/**
 * What an aggregate function knows of the rows of one group so far.
 *
 * <p>{@link #value} may be asked at any time, and more rows may follow: windows and circuits do
 * that. Arguments are read, never kept: what must outlive the call is copied. Used by one thread at
 * a time.
 */
public abstract class Accumulator {

  /** Takes a row in. */
  public abstract void step(Register[] arguments, int count);

  /** Takes a row out that was taken in before; only of an invertible function. */
  public void inverse(Register[] arguments, int count) {
    throw new MisuseException(ResultCode.MISUSE, "this aggregate function cannot take a row out");
  }

  /** The function's value over the rows that are in. */
  public abstract void value(Register result);

  /** How many registers {@link #encode} fills, or -1 if the state cannot be stored. */
  public int stateWidth() {
    return -1;
  }

  /** Writes the state to {@link #stateWidth()} registers, from which a record can be made. */
  public void encode(Register[] state) {
    throw new MisuseException(ResultCode.MISUSE, "the state of this aggregate cannot be stored");
  }

  /** Takes over a state that {@link #encode} wrote; the registers are not kept. */
  public void decode(Register[] state) {
    throw new MisuseException(ResultCode.MISUSE, "the state of this aggregate cannot be stored");
  }
}
