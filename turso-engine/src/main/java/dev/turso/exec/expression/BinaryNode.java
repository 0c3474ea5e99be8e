package dev.turso.exec.expression;

import dev.turso.value.Register;
import dev.turso.value.Tag;

/** A node with two operands and the registers its slow paths work in. */
abstract class BinaryNode extends Node {

  final Node left;
  final Node right;
  final Register a = new Register();
  final Register b = new Register();

  /** Right operands of many rows. */
  long[] rights = {};

  BinaryNode(Node left, Node right) {
    this.left = left;
    this.right = right;
  }

  /** Evaluates both operands into {@link #a} and {@link #b}. */
  final void operands(Frame f) {
    left.evalInto(f, a);
    right.evalInto(f, b);
  }

  /** Computes the left operand for many rows into an array, and the right one into {@link #rights}. */
  final boolean integerOperands(Frame f, RowVector rows, long[] lefts) {
    if (rights.length < rows.count()) {
      rights = new long[lefts.length];
    }
    return left.integers(f, rows, lefts) && right.integers(f, rows, rights);
  }

  /** Puts a register into the lane. */
  static int give(Frame f, Register r) {
    f.bits = r.bits;
    if (r.tag >= Tag.TEXT) {
      f.ref = r.ref;
    }
    return r.tag;
  }
}
