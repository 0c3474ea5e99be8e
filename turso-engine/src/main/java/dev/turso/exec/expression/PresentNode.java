package dev.turso.exec.expression;

import dev.turso.value.Tag;

/** An expression over the inner side of an outer join: NULL where that side is missing. */
final class PresentNode extends Node {

  private final int source;
  private final Node value;

  PresentNode(int source, Node value) {
    this.source = source;
    this.value = value;
  }

  @Override
  public int eval(Frame f) {
    return f.rows[source].absent ? Tag.NULL : value.eval(f);
  }

  @Override
  public boolean hasSubtype() {
    return value.hasSubtype();
  }
}
