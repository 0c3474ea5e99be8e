package dev.turso.exec.expression;

import dev.turso.value.Arithmetic;

/** The operators on the bits of two integers. */
final class BitNode extends BinaryNode {

  /** Which operator. */
  enum Kind {
    AND,
    OR,
    SHIFT_LEFT,
    SHIFT_RIGHT
  }

  private final Kind kind;

  BitNode(Kind kind, Node left, Node right) {
    super(left, right);
    this.kind = kind;
  }

  @Override
  public int eval(Frame f) {
    operands(f);
    switch (kind) {
      case AND -> Arithmetic.bitAnd(a, b, a);
      case OR -> Arithmetic.bitOr(a, b, a);
      case SHIFT_LEFT -> Arithmetic.shiftLeft(a, b, a);
      case SHIFT_RIGHT -> Arithmetic.shiftRight(a, b, a);
    }
    return give(f, a);
  }
}
