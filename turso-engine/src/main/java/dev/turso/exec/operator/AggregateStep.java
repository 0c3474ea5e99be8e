package dev.turso.exec.operator;

import dev.turso.exec.expression.Frame;
import dev.turso.value.Collation;
import dev.turso.value.Register;
import org.jspecify.annotations.Nullable;

/**
 * One aggregate call ready to run, with its state for each group. Groups are numbered from 0; a group
 * is begun before its first row. Not thread-safe.
 */
abstract class AggregateStep {

  final Frame frame;
  final Register out;

  AggregateStep(Frame frame, int slot) {
    this.frame = frame;
    this.out = frame.slots[slot];
  }

  /** Forgets all groups. */
  abstract void clear();

  /** Begins a group, or begins it again. */
  abstract void begin(int group);

  /** Takes the current row into a group. */
  abstract void step(int group);

  /**
   * Takes rows that the input has moved to together, each into its group.
   *
   * @param groups null for the group 0
   */
  void stepRows(Operator input, int count, int @Nullable [] groups) {
    for (int i = 0; i < count; i++) {
      input.show(i);
      step(groups == null ? 0 : groups[i]);
    }
  }

  /** Whether the row stepped last got past the call's FILTER. */
  boolean hasTaken() {
    return true;
  }

  /** All rows have been stepped; values will be asked for. */
  void finish() {}

  /** The value of a group as it is now. */
  abstract void value(int group, Register into);

  /** Puts the value of a group into the slot. */
  final void result(int group) {
    out.subtype = 0;
    value(group, out);
  }

  /** How texts are compared. */
  Collation collation() {
    return Collation.BINARY;
  }
}
