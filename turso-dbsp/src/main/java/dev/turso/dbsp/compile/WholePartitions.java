package dev.turso.dbsp.compile;

import dev.turso.function.AggregateDefinition;
import dev.turso.function.builtin.BuiltInFunctions;
import dev.turso.plan.logical.AggregateCall;
import dev.turso.plan.logical.BoundColumn;
import dev.turso.plan.logical.BoundExpression;
import dev.turso.plan.logical.ComparisonOperator;
import dev.turso.plan.logical.LogicalPlan;
import dev.turso.plan.logical.SortKey;
import dev.turso.plan.logical.WindowCall;
import dev.turso.sql.ast.WindowFrame;
import dev.turso.value.Affinity;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Windows whose every frame is the whole partition: an aggregate by the partition's columns, joined back
 * to the rows. It follows changes row by row, where other windows evaluate a partition anew.
 */
final class WholePartitions {

  private static final Set<String> FUNCTIONS = Set.of("count", "sum", "total", "avg", "min", "max");

  private WholePartitions() {}

  /** Whether a window is one of these. */
  static boolean is(LogicalPlan.Window node, ColumnPlaces places) {
    boolean whole = !node.partitionBy().isEmpty();
    for (SortKey each : node.partitionBy()) {
      whole &= places.plainSlot(each.expression()) != null;
    }
    for (WindowCall each : node.calls()) {
      whole &= aggregates(each) && seesAll(each.frame(), node.orderBy().isEmpty());
    }
    return whole;
  }

  private static boolean aggregates(WindowCall call) {
    String name = call.function().signature().name();
    return FUNCTIONS.contains(name)
        && BuiltInFunctions.registry().find(name, call.arguments().size()) == call.function();
  }

  private static boolean seesAll(WindowCall.Frame frame, boolean allArePeers) {
    boolean toEnd = frame.end() == WindowFrame.BoundKind.UNBOUNDED_FOLLOWING;
    boolean toPeers =
        frame.end() == WindowFrame.BoundKind.CURRENT_ROW
            && frame.unit() == WindowFrame.Unit.RANGE
            && allArePeers;
    return frame.start() == WindowFrame.BoundKind.UNBOUNDED_PRECEDING
        && (toEnd || toPeers)
        && frame.exclude() == WindowFrame.Exclude.NO_OTHERS;
  }

  /** The aggregate; its key columns are invented, its results are those of the window. */
  static LogicalPlan.Aggregate aggregate(LogicalPlan.Window node, ColumnPlaces places) {
    List<LogicalPlan.GroupKey> keys = new ArrayList<>();
    for (SortKey each : node.partitionBy()) {
      keys.add(
          new LogicalPlan.GroupKey(
              each.expression(), places.invent("partition"), each.collation()));
    }
    List<AggregateCall> calls = new ArrayList<>();
    for (WindowCall each : node.calls()) {
      calls.add(
          new AggregateCall(
              (AggregateDefinition) each.function(),
              each.arguments(),
              false,
              each.filter(),
              List.of(),
              each.output(),
              each.collation()));
    }
    return new LogicalPlan.Aggregate(node.input(), keys, calls, List.of(), -1);
  }

  /** The condition by which a row finds its partition. */
  static List<BoundExpression> condition(LogicalPlan.Aggregate aggregate) {
    List<BoundExpression> parts = new ArrayList<>();
    for (LogicalPlan.GroupKey each : aggregate.keys()) {
      BoundColumn column = each.output();
      parts.add(
          new BoundExpression.Comparison(
              ComparisonOperator.IS,
              each.expression(),
              new BoundExpression.ColumnReference(column),
              Affinity.NONE,
              each.collation()));
    }
    return parts;
  }
}
