package dev.turso.dbsp.circuit;

import dev.turso.value.Collation;

/** One part of the source order of a relation: a slot and how its values sort. */
public record OrderPart(int slot, Collation collation, boolean descending, boolean nullsFirst) {

  /** Ascending, byte by byte: rowids and keys. */
  public static OrderPart of(int slot) {
    return new OrderPart(slot, Collation.BINARY, false, true);
  }
}
