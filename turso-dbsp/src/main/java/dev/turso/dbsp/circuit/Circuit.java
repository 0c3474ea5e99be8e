package dev.turso.dbsp.circuit;

import dev.turso.dbsp.algebra.ZSet;
import dev.turso.dbsp.trace.Trace;
import dev.turso.pager.PageStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A compiled view or live query: operators in the order in which they advance.
 *
 * <p>One thread at a time.
 */
public final class Circuit {

  private final CircuitContext context;
  private final CircuitOperator root;
  private final RowCodec output;
  private final List<CircuitOperator> ordered = new ArrayList<>();

  public Circuit(CircuitContext context, CircuitOperator root) {
    this.context = context;
    this.root = root;
    this.output = new RowCodec(root.slots());
    collect(root);
  }

  private void collect(CircuitOperator operator) {
    for (CircuitOperator each : operator.inputs()) {
      collect(each);
    }
    if (!ordered.contains(operator)) {
      ordered.add(operator);
    }
  }

  /**
   * Runs one step and gives the consolidated changes of the result: rows as records of the output
   * columns.
   *
   * @param changes net changes by table id
   * @param filling whether everything was empty before; the changes are then the tables' contents
   */
  public ZSet step(
      PageStore store, Trace trace, Map<Long, TableChanges> changes, boolean filling) {
    context.begin(store, trace, changes, filling);
    try {
      for (CircuitOperator each : ordered) {
        each.advance();
      }
      ZSet result = new ZSet();
      if (root.changed()) {
        root.changes(
            weight -> {
              context.rowsTouched++;
              result.add(output.encode(context.frame()), weight);
            });
      }
      result.consolidate();
      return result;
    } finally {
      context.end();
    }
  }

  /** Rows touched by the operators in the last step. */
  public long rowsTouched() {
    return context.rowsTouched;
  }

  public CircuitOperator root() {
    return root;
  }

  /** Whether some operator evaluates its query anew instead of working on changes. */
  public boolean recomputes() {
    for (CircuitOperator each : ordered) {
      if (each.recomputes()) {
        return true;
      }
    }
    return false;
  }

  /** The operators as indented lines, root first. */
  public List<String> explain() {
    List<String> lines = new ArrayList<>();
    explain(root, 0, lines);
    return lines;
  }

  private static void explain(CircuitOperator operator, int depth, List<String> lines) {
    lines.add("  ".repeat(depth) + operator.describe());
    for (CircuitOperator each : operator.inputs()) {
      explain(each, depth + 1, lines);
    }
  }
}
