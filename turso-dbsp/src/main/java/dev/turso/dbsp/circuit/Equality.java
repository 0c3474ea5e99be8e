package dev.turso.dbsp.circuit;

import dev.turso.exec.expression.Node;
import dev.turso.value.Affinity;
import dev.turso.value.Collation;

/**
 * The wish for rows in which a column equals a value that is known before the rows are asked for.
 *
 * @param slot the column, by its slot
 * @param value computes the value from slots filled earlier
 * @param affinity applied to both sides before they are compared
 * @param nullEqual whether NULL equals NULL
 */
public record Equality(
    int slot, Node value, Affinity affinity, Collation collation, boolean nullEqual) {

  /** The same wish for another column. */
  public Equality at(int otherSlot) {
    return new Equality(otherSlot, value, affinity, collation, nullEqual);
  }
}
