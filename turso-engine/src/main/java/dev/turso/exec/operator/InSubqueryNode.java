package dev.turso.exec.operator;

import dev.turso.exec.expression.Frame;
import dev.turso.exec.expression.Node;
import dev.turso.format.RecordReader;
import dev.turso.value.Affinity;
import dev.turso.value.Collation;
import dev.turso.value.Comparison;
import dev.turso.value.Register;
import dev.turso.value.Tag;

/**
 * {@code x [NOT] IN (SELECT …)}, also for row values.
 *
 * <p>A query without outer columns is run once per execution into a hash table; one with outer columns
 * is run each time. No row that equals, but one that would if a NULL in it did: the answer is NULL.
 */
final class InSubqueryNode extends Node implements Resettable {

  private final Frame frame;
  private final Node[] operands;
  private final Operator query;
  private final Node[] columns;
  private final Affinity[] affinities;
  private final Collation[] collations;
  private final boolean negated;
  private final boolean constant;
  private final Register[] left;
  private final Register[] right;
  private final KeyTable complete;
  private final KeyTable withNulls;
  private final RecordReader reader = new RecordReader();
  private boolean filled;

  InSubqueryNode(
      Frame frame,
      Node[] operands,
      Operator query,
      Node[] columns,
      Affinity[] affinities,
      Collation[] collations,
      boolean negated,
      boolean constant) {
    this.frame = frame;
    this.operands = operands;
    this.query = query;
    this.columns = columns;
    this.affinities = affinities;
    this.collations = collations;
    this.negated = negated;
    this.constant = constant;
    this.left = Registers.create(operands.length);
    this.right = Registers.create(operands.length);
    this.complete = new KeyTable(collations, frame);
    this.withNulls = new KeyTable(collations, frame);
  }

  @Override
  public void reset() {
    filled = false;
    complete.clear();
    withNulls.clear();
  }

  @Override
  public int eval(Frame f) {
    int truth = truth(f);
    f.bits = truth;
    return truth == UNKNOWN ? Tag.NULL : Tag.INTEGER;
  }

  @Override
  public int truth(Frame f) {
    boolean anyNull = evaluate(operands, left);
    int found = constant ? lookUp(anyNull) : search();
    return found == UNKNOWN ? UNKNOWN : negated ? 1 - found : found;
  }

  /** Computes a row and says whether a NULL is in it. */
  private boolean evaluate(Node[] nodes, Register[] row) {
    boolean anyNull = false;
    for (int i = 0; i < nodes.length; i++) {
      nodes[i].evalInto(frame, row[i]);
      affinities[i].apply(row[i]);
      anyNull |= row[i].isNull();
    }
    return anyNull;
  }

  private int lookUp(boolean anyNull) {
    if (!filled) {
      fill();
    }
    if (!anyNull && complete.size() > 0 && complete.find(left) >= 0) {
      return 1;
    }
    if (anyNull && left.length == 1) {
      return complete.size() + withNulls.size() > 0 ? UNKNOWN : 0;
    }
    boolean unknown = mayEqual(withNulls) || anyNull && mayEqual(complete);
    return unknown ? UNKNOWN : 0;
  }

  private void fill() {
    query.open();
    while (query.next()) {
      KeyTable table = evaluate(columns, right) ? withNulls : complete;
      table.findOrAdd(right);
    }
    query.close();
    filled = true;
  }

  private boolean mayEqual(KeyTable table) {
    for (int row = 0; row < table.size(); row++) {
      table.read(row, reader);
      boolean may = true;
      for (int i = 0; i < left.length && may; i++) {
        right[i].set(reader.load(i), reader.bits(), reader.ref());
        may = mayEqual(i);
      }
      if (may) {
        return true;
      }
    }
    return false;
  }

  private boolean mayEqual(int i) {
    return left[i].isNull()
        || right[i].isNull()
        || Comparison.same(left[i], right[i], collations[i]);
  }

  private int search() {
    for (Register each : left) {
      each.keep();
    }
    boolean unknown = false;
    boolean found = false;
    query.open();
    while (!found && query.next()) {
      boolean anyNull = evaluate(columns, right);
      boolean may = true;
      for (int i = 0; i < left.length && may; i++) {
        anyNull |= left[i].isNull();
        may = mayEqual(i);
      }
      found = may && !anyNull;
      unknown |= may && anyNull;
    }
    query.close();
    return found ? 1 : unknown ? UNKNOWN : 0;
  }
}
