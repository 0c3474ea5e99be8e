package dev.turso.exec.operator;

import dev.turso.exec.expression.Frame;
import dev.turso.exec.expression.Node;
import dev.turso.value.Register;

/** One function of a window, computing its value for one row after another. */
abstract class WindowFunction {

  final Frame frame;
  final WindowRows rows;
  final Node[] arguments;
  final Register out;
  final Register value = new Register();

  WindowFunction(Frame frame, WindowRows rows, Node[] arguments, int slot) {
    this.frame = frame;
    this.rows = rows;
    this.arguments = arguments;
    this.out = frame.slots[slot];
  }

  /** All rows are there, none has been given. */
  void begin() {}

  void beginPartition() {}

  /** Puts the value for the row at a position into the slot. */
  abstract void compute(int at);

  /** Evaluates an argument on the row at a position; bytes are those of the kept row. */
  final void argument(int index, int position, Register into) {
    rows.show(position);
    arguments[index].evalInto(frame, into);
  }
}
