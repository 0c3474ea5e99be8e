package dev.turso.dbsp.circuit;

import dev.turso.dbsp.algebra.OrderedKey;
import dev.turso.exec.expression.Frame;
import dev.turso.value.Collation;
import dev.turso.value.Register;
import dev.turso.value.Tag;
import java.util.List;

/** Appends values to ordered keys as SQL compares them. */
public final class Keys {

  private Keys() {}

  /** Whether keys can be made under a collation. */
  public static boolean supports(Collation collation) {
    return collation == Collation.BINARY
        || collation == Collation.NOCASE
        || collation == Collation.RTRIM;
  }

  /** Appends a value so that equal values under the collation have equal keys. */
  public static void append(OrderedKey key, Register r, Collation collation) {
    switch (r.tag) {
      case Tag.NULL -> key.addNull();
      case Tag.INTEGER -> key.addInteger(r.bits);
      case Tag.REAL -> key.addReal(Double.longBitsToDouble(r.bits));
      case Tag.TEXT -> appendText(key, r, collation);
      default -> key.addBlob(r.ref, r.offset(), r.length());
    }
  }

  /** Appends a value as a part of an order. */
  public static void append(
      OrderedKey key, Register r, Collation collation, boolean descending, boolean nullsFirst) {
    if (r.tag == Tag.NULL) {
      if (nullsFirst) {
        key.addNull();
      } else {
        key.addNullLast();
      }
      return;
    }
    int from = key.length();
    append(key, r, collation);
    if (descending) {
      key.invertFrom(from);
    }
  }

  /** Appends the source order of the current row. */
  public static void append(OrderedKey key, Frame frame, List<OrderPart> order) {
    for (int i = 0; i < order.size(); i++) {
      OrderPart each = order.get(i);
      append(key, frame.slots[each.slot()], each.collation(), each.descending(), each.nullsFirst());
    }
  }

  private static void appendText(OrderedKey key, Register r, Collation collation) {
    byte[] bytes = r.ref;
    int offset = r.offset();
    int length = r.length();
    if (collation == Collation.RTRIM) {
      while (length > 0 && bytes[offset + length - 1] == ' ') {
        length--;
      }
    } else if (collation == Collation.NOCASE) {
      bytes = folded(bytes, offset, length);
      offset = 0;
    } else if (collation != Collation.BINARY) {
      throw new IllegalArgumentException("no key under collation " + collation.name());
    }
    key.addText(bytes, offset, length);
  }

  private static byte[] folded(byte[] bytes, int offset, int length) {
    byte[] folded = new byte[length];
    for (int i = 0; i < length; i++) {
      byte each = bytes[offset + i];
      folded[i] = each >= 'A' && each <= 'Z' ? (byte) (each + 32) : each;
    }
    return folded;
  }
}
