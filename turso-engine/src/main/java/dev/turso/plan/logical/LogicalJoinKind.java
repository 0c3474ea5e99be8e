package dev.turso.plan.logical;

/** How a join treats rows without a partner. */
public enum LogicalJoinKind {
  INNER("inner"),
  /** As INNER, but the left input must be the outer loop: the user said CROSS JOIN. */
  CROSS("cross"),
  LEFT("left"),
  RIGHT("right"),
  FULL("full"),
  /** Left rows that have a partner, each once; the right columns are not produced. */
  SEMI("semi"),
  /** Left rows for which the condition is true of no right row; the right columns are not produced. */
  ANTI("anti");

  private final String text;

  LogicalJoinKind(String text) {
    this.text = text;
  }

  /** Whether the left input's columns may become NULL. */
  public boolean padsLeft() {
    return this == RIGHT || this == FULL;
  }

  /** Whether the right input's columns may become NULL. */
  public boolean padsRight() {
    return this == LEFT || this == FULL;
  }

  /** Whether only the left input's columns come out. */
  public boolean isFilter() {
    return this == SEMI || this == ANTI;
  }

  @Override
  public String toString() {
    return text;
  }
}
