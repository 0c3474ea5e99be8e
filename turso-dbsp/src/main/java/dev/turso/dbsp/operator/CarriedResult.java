package dev.turso.dbsp.operator;

import dev.turso.value.Collation;
import dev.turso.value.Comparison;
import dev.turso.value.Register;
import dev.turso.value.Tag;

/**
 * How a window function that sees all rows up to its own goes on from the result of an earlier row.
 *
 * @param collation how a minimum or maximum compares texts
 */
public record CarriedResult(Kind kind, Collation collation) {

  /** What is made of an earlier result and that of the rows after it. */
  public enum Kind {
    /** The sum of both: row_number, dense_rank, count. */
    ADD,
    /** Their sum, where NULL is that of no value. */
    SUM,
    /** The place after the earlier row's peers, further by the later ranks. */
    RANK,
    /** The lesser one, the earlier one of two equal. */
    LEAST,
    /** The greater one, the earlier one of two equal. */
    GREATEST,
    /** The earlier one. */
    FIRST,
    /** The later one. */
    LAST
  }

  /**
   * Makes the result of a row of what it would be if the rows after {@code earlier} were all there are.
   *
   * @param peers how many rows have the order of the earlier row, itself included
   * @throws ArithmeticException if a sum leaves the range of integers
   */
  void carry(Register earlier, long peers, Register result) {
    switch (kind) {
      case ADD -> result.setInteger(earlier.bits + result.bits);
      case RANK -> result.setInteger(earlier.bits + peers + result.bits - 1);
      case SUM -> sum(earlier, result);
      case LEAST, GREATEST -> extreme(earlier, result);
      case FIRST -> result.copyFrom(earlier);
      case LAST -> {
        // Nothing of the earlier result is in it.
      }
    }
  }

  private static void sum(Register earlier, Register result) {
    if (result.tag == Tag.NULL) {
      result.copyFrom(earlier);
    } else if (earlier.tag != Tag.NULL) {
      result.setInteger(Math.addExact(earlier.bits, result.bits));
    }
  }

  private void extreme(Register earlier, Register result) {
    if (earlier.tag == Tag.NULL) {
      return;
    }
    int order = result.tag == Tag.NULL ? 0 : Comparison.compare(earlier, result, collation);
    if (kind == Kind.LEAST ? order <= 0 : order >= 0 || result.tag == Tag.NULL) {
      result.copyFrom(earlier);
    }
  }
}
