package dev.turso.exec.expression;

import dev.turso.value.Register;
import dev.turso.value.Tag;

/** A node with two operands and the registers its slow paths work in. */
abstract class BinaryNode extends Node {

  final Node left;
  final Node right;
  final Register a = new Register();
  final Register b = new Register();

  BinaryNode(Node left, Node right) {
    this.left = left;
    this.right = right;
  }

  /** Evaluates both operands into {@link #a} and {@link #b}. */
  final void operands(Frame f) {
    left.evalInto(f, a);
    right.evalInto(f, b);
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
