package dev.turso.exec.operator;

import dev.turso.error.SqlException;
import dev.turso.exec.expression.Frame;
import dev.turso.exec.expression.Node;
import dev.turso.function.AggregateDefinition;
import dev.turso.plan.logical.SortKey;
import dev.turso.plan.logical.WindowCall;
import dev.turso.plan.physical.PhysicalPlan;
import java.util.ArrayList;
import java.util.List;

/** Makes the operator of a window and its functions. */
final class WindowBuilder {

  private final ExecutableBuilder builder;
  private final Frame frame;

  WindowBuilder(ExecutableBuilder builder) {
    this.builder = builder;
    this.frame = builder.frame();
  }

  Operator build(PhysicalPlan.Window node) {
    Operator input = builder.build(node.input());
    List<SortKey> keys = new ArrayList<>(node.partitionBy());
    keys.addAll(node.orderBy());
    Node[] keyNodes = builder.keyNodes(keys);
    StoredColumns stored = builder.store(node.stored(), keys.size());
    WindowRows rows =
        new WindowRows(frame, node.partitionBy(), node.orderBy(), frame.rows[stored.source]);
    WindowFunction[] functions = new WindowFunction[node.calls().size()];
    for (int i = 0; i < functions.length; i++) {
      functions[i] = function(node.calls().get(i), rows);
    }
    return new WindowOperator(frame, input, keyNodes, RowOrder.of(keys), stored, rows, functions);
  }

  private WindowFunction function(WindowCall call, WindowRows rows) {
    Node[] arguments = builder.compiler().compileAll(call.arguments());
    Node filter = builder.nullable(call.filter());
    int slot = frame.addSlot();
    WindowBounds bounds =
        new WindowBounds(
            frame,
            rows,
            call.frame(),
            builder.nullable(call.frame().startOffset()),
            builder.nullable(call.frame().endOffset()));
    builder.locations().placeSlot(call.output(), slot);
    if (call.function() instanceof AggregateDefinition aggregate) {
      return new WindowAggregate(
          frame, rows, arguments, slot, aggregate.function(), filter, call.collation(), bounds);
    }
    if (call.function() instanceof dev.turso.function.WindowDefinition window) {
      return switch (window.kind()) {
        case LAG -> new OffsetFunction(frame, rows, arguments, slot, -1);
        case LEAD -> new OffsetFunction(frame, rows, arguments, slot, 1);
        case FIRST_VALUE, LAST_VALUE, NTH_VALUE ->
            new FrameValueFunction(frame, rows, arguments, slot, window.kind(), bounds);
        default -> new RankingFunction(frame, rows, arguments, slot, window.kind());
      };
    }
    throw SqlException.unsupported(
        "the function " + call.function().signature().name() + " as a window function");
  }
}
