package dev.turso.exec.expression;

import dev.turso.value.Tag;

/** The first of its arguments that is not NULL. */
final class CoalesceNode extends Node {

  private final Node[] arguments;

  CoalesceNode(Node[] arguments) {
    this.arguments = arguments;
  }

  @Override
  public int eval(Frame f) {
    for (Node each : arguments) {
      int tag = each.eval(f);
      if (tag != Tag.NULL) {
        if (!each.hasSubtype()) {
          f.subtype = 0;
        }
        return tag;
      }
    }
    return Tag.NULL;
  }

  @Override
  public boolean hasSubtype() {
    return true;
  }
}
