package dev.turso.dbsp.operator;

import dev.turso.dbsp.circuit.Access;
import dev.turso.dbsp.circuit.CircuitContext;
import dev.turso.dbsp.circuit.Version;
import dev.turso.exec.expression.Node;
import dev.turso.value.Register;
import org.jspecify.annotations.Nullable;

/**
 * IN over a subquery: 1 if some row equals the operands, NULL if that cannot be known for a NULL, else 0.
 *
 * <p>A row that equals is sought. Only if there is none, and it matters, is it asked whether a NULL is
 * involved: all rows are compared, or where the subquery stands alone its counts are looked up.
 */
public final class InValue implements SubqueryValue {

  private final CircuitContext context;
  private final Access equal;
  private final Node test;
  private final @Nullable Access all;
  private final @Nullable Counts counts;
  private final Node[] operands;
  private final boolean negated;
  private final Register operand = new Register();

  /**
   * How many rows the subquery has, and how many without NULL: one row in two slots.
   *
   * @param rows gives that row
   */
  public record Counts(Access rows, int total, int withoutNull) {}

  /**
   * @param equal rows that may equal the operands
   * @param test compares the row in the frame with the operands
   * @param all all rows, or null if NULL need not be told from 0
   * @param counts of an uncorrelated subquery with one column, instead of looking at all rows
   */
  public InValue(
      CircuitContext context,
      Access equal,
      Node test,
      @Nullable Access all,
      @Nullable Counts counts,
      Node[] operands,
      boolean negated) {
    this.context = context;
    this.equal = equal;
    this.test = test;
    this.all = all;
    this.counts = counts;
    this.operands = operands;
    this.negated = negated;
    equal.chosen();
    if (counts != null) {
      counts.rows.chosen();
    } else if (all != null) {
      all.chosen();
    }
  }

  @Override
  public void evaluate(Version version, Register into) {
    if (found(version)) {
      into.setBoolean(!negated);
    } else if (unknown(version)) {
      into.setNull();
    } else {
      into.setBoolean(negated);
    }
  }

  private boolean found(Version version) {
    boolean[] found = {false};
    equal.rows(version, weight -> found[0] = found[0] || test.truth(context.frame()) == 1);
    return found[0];
  }

  private boolean unknown(Version version) {
    boolean[] unknown = {false};
    if (counts != null) {
      operands[0].evalInto(context.frame(), operand);
      boolean operandNull = operand.isNull();
      counts.rows.rows(
          version,
          weight -> {
            long total = context.frame().slots[counts.total].bits;
            long known = context.frame().slots[counts.withoutNull].bits;
            unknown[0] = total > 0 && (operandNull || known < total);
          });
    } else if (all != null) {
      all.rows(
          version,
          weight -> unknown[0] = unknown[0] || test.truth(context.frame()) == Node.UNKNOWN);
    }
    return unknown[0];
  }

  /** Whether NULL and the number of rows may turn the value of every outer row. */
  boolean turnedForAll() {
    return counts != null && (turns(Version.OLD) != turns(Version.NEW));
  }

  /** Empty, all known, or with a NULL: 0, 1 or 2. */
  private int turns(Version version) {
    assert counts != null;
    int[] state = {0};
    counts.rows.rows(
        version,
        weight -> {
          long total = context.frame().slots[counts.total].bits;
          long known = context.frame().slots[counts.withoutNull].bits;
          state[0] = total == 0 ? 0 : known < total ? 2 : 1;
        });
    return state[0];
  }

  @Override
  public String describe() {
    return (negated ? "not in: " : "in: ") + equal.describe();
  }
}
