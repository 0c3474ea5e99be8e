package dev.turso.exec.operator;

import dev.turso.value.Affinity;
import dev.turso.value.Register;
import dev.turso.value.Tag;

/**
 * An interval of rowids, made of bounds that may be any value: a text is greater than every rowid, a
 * fraction lies between two.
 */
final class RowidRange {

  long low;
  long high;
  boolean empty;

  /** Begins anew with all rowids. */
  void all() {
    low = Long.MIN_VALUE;
    high = Long.MAX_VALUE;
    empty = false;
  }

  void atLeast(Register bound, boolean exclusive) {
    Affinity.NUMERIC.apply(bound);
    switch (bound.tag) {
      case Tag.INTEGER -> raise(bound.bits, exclusive);
      case Tag.REAL -> {
        double d = bound.real();
        if (d >= 0x1p63) {
          empty = true;
        } else if (d >= -0x1p63) {
          double whole = Math.ceil(d);
          if (whole >= 0x1p63) {
            empty = true;
          } else {
            raise((long) whole, exclusive && whole == d);
          }
        }
      }
      default -> empty = true;
    }
  }

  private void raise(long to, boolean exclusive) {
    if (exclusive && to == Long.MAX_VALUE) {
      empty = true;
    } else {
      low = Math.max(low, exclusive ? to + 1 : to);
    }
  }

  void atMost(Register bound, boolean exclusive) {
    Affinity.NUMERIC.apply(bound);
    switch (bound.tag) {
      case Tag.INTEGER -> lower(bound.bits, exclusive);
      case Tag.REAL -> {
        double d = bound.real();
        if (d < -0x1p63) {
          empty = true;
        } else if (d < 0x1p63) {
          double whole = Math.floor(d);
          lower((long) whole, exclusive && whole == d);
        }
      }
      case Tag.NULL -> empty = true;
      default -> {}
    }
  }

  private void lower(long to, boolean exclusive) {
    if (exclusive && to == Long.MIN_VALUE) {
      empty = true;
    } else {
      high = Math.min(high, exclusive ? to - 1 : to);
    }
  }

  /** Whether a value is a rowid, exactly; then its bits are that rowid. */
  static boolean isRowid(Register value) {
    Affinity.NUMERIC.apply(value);
    if (value.tag == Tag.REAL && value.real() == -0x1p63) {
      // No affinity turns this one into an integer, but it is equal to the least rowid.
      value.setInteger(Long.MIN_VALUE);
    }
    return value.tag == Tag.INTEGER;
  }
}
