package dev.turso.exec.expression;

import dev.turso.value.Register;
import dev.turso.value.Tag;

/** The value of a register of the frame. */
final class SlotNode extends Node {

  private final int slot;
  private final boolean subtyped;

  SlotNode(int slot, boolean subtyped) {
    this.slot = slot;
    this.subtyped = subtyped;
  }

  /** The same register as a column of a subquery. */
  SlotNode ofSubquery() {
    return new SlotNode(slot, false);
  }

  @Override
  public int eval(Frame f) {
    Register r = f.slots[slot];
    f.bits = r.bits;
    if (r.tag >= Tag.TEXT) {
      f.ref = r.ref;
    }
    f.subtype = r.subtype;
    return r.tag;
  }

  @Override
  public boolean hasSubtype() {
    return subtyped;
  }
}
