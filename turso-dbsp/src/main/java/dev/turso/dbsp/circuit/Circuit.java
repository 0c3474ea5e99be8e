package dev.turso.dbsp.circuit;

import dev.turso.dbsp.algebra.ZSet;
import dev.turso.dbsp.trace.Trace;
import dev.turso.pager.PageStore;
import dev.turso.value.Register;
import dev.turso.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A compiled view or live query: operators in the order in which they advance.
 *
 * <p>One thread at a time.
 */
public final class Circuit {

  /** Bytes before the record of a result row. */
  public static final int IDENTITY = 8;

  private final CircuitContext context;
  private final CircuitOperator root;
  private final RowCodec output;
  private final List<CircuitOperator> ordered = new ArrayList<>();
  private int identitySlot;

  public Circuit(CircuitContext context, CircuitOperator root) {
    this.context = context;
    this.root = root;
    this.output = new RowCodec(root.slots());
    this.identitySlot = isOfJoin(root) ? -1 : root.identitySlot();
    collect(root);
  }

  /** Whether rows have the identity that one input of a join has. */
  private static boolean isOfJoin(CircuitOperator operator) {
    CircuitOperator each = operator;
    while (!each.joins() && !each.inputs().isEmpty()) {
      CircuitOperator below = each.inputs().getFirst();
      if (below.identitySlot() != each.identitySlot()) {
        return false;
      }
      each = below;
    }
    return each.joins();
  }

  /**
   * The same, with rows of joins identified by the row that says which the others are, where there is
   * one: for a table that rows are found in by it. Subscribers know rows of joins by all their columns.
   */
  public Circuit withIdentityOfJoins() {
    identitySlot = root.identitySlot();
    return this;
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
   * Gives the parameters other values, for steps over a trace that was made with these.
   *
   * <p>Only such may differ from those it was compiled with as operators look at in each step: see
   * {@code VaryingParameters}.
   */
  public void setParameters(List<Value> values) {
    Register[] parameters = context.frame().parameters;
    for (int i = 0; i < parameters.length; i++) {
      parameters[i].set(values.get(i));
    }
  }

  /**
   * Runs one step and gives the consolidated changes of the result: for each row eight bytes of
   * identity, big-endian, then the record of the output columns. The identity is the rowid of the
   * source's row if the circuit {@linkplain #hasIdentity has} one, else 0.
   *
   * @param changes net changes by table id
   * @param filling whether everything was empty before; the changes are then the tables' contents
   */
  public ZSet step(PageStore store, Trace trace, Map<Long, TableChanges> changes, boolean filling) {
    return step(store, trace, changes, filling, Visible.ALL);
  }

  /** A step of a circuit to which only some rows of the tables exist so far. */
  public ZSet step(
      PageStore store,
      Trace trace,
      Map<Long, TableChanges> changes,
      boolean filling,
      Visible visible) {
    return run(store, trace, changes, filling, visible);
  }

  private ZSet run(
      @Nullable PageStore store,
      Trace trace,
      Map<Long, TableChanges> changes,
      boolean filling,
      Visible visible) {
    context.begin(store, trace, changes, filling, visible);
    try {
      for (CircuitOperator each : ordered) {
        each.advance();
      }
      ZSet result = new ZSet();
      if (root.changed()) {
        root.changes(weight -> {
          context.rowsTouched++;
          output.addTo(result, identity(), context.frame(), weight);
        });
      }
      result.consolidate();
      return result;
    } finally {
      context.end();
    }
  }

  /**
   * A step of a circuit that {@linkplain #readsChangesOnly reads changes only}: it needs no storage, and
   * may be made at any time after the one that the changes are of.
   */
  public ZSet stepAlone(Trace trace, Map<Long, TableChanges> changes) {
    assert readsChangesOnly();
    return run(null, trace, changes, false, Visible.ALL);
  }

  private long identity() {
    return identitySlot < 0 ? 0 : context.frame().slots[identitySlot].bits;
  }

  /** Whether each row of the result is one row of a source, with its rowid. */
  public boolean hasIdentity() {
    return identitySlot >= 0;
  }

  /** What the layout of the state depends on: with another shape it must be built anew. */
  public String shape() {
    StringBuilder text = new StringBuilder(hasIdentity() ? "by rowid" : "by row");
    for (CircuitOperator each : ordered) {
      if (!each.stateShape().isEmpty()) {
        text.append('\n').append(each.stateShape());
      }
    }
    return text.toString();
  }

  /** Whether the result's changes come from those of the tables and the tables alone. */
  public boolean keepsNothing() {
    for (CircuitOperator each : ordered) {
      if (!each.stateShape().isEmpty() || each.recomputes()) {
        return false;
      }
    }
    return true;
  }

  /** Whether a step that is not the first reads nothing but changes and the trace. */
  public boolean readsChangesOnly() {
    for (CircuitOperator each : ordered) {
      if (!each.readsChangesOnly() || each.recomputes()) {
        return false;
      }
    }
    return true;
  }

  /** The indexes that joins would seek by and that do not exist. */
  public List<WantedIndex> missingIndexes() {
    List<WantedIndex> missing = new ArrayList<>();
    for (CircuitOperator operator : ordered) {
      for (WantedIndex each : operator.missingIndexes()) {
        if (!missing.contains(each)) {
          missing.add(each);
        }
      }
    }
    return missing;
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
