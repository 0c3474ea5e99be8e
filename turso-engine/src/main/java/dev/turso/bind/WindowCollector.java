package dev.turso.bind;

import dev.turso.function.FunctionDefinition;
import dev.turso.plan.logical.BoundColumn;
import dev.turso.plan.logical.BoundExpression;
import dev.turso.plan.logical.SortKey;
import dev.turso.plan.logical.WindowCall;
import dev.turso.value.Affinity;
import dev.turso.value.Collation;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The window functions found so far in one level of a query, those of one window together. */
final class WindowCollector {

  /** A partition and order, and the functions over it. */
  record Window(List<SortKey> partitionBy, List<SortKey> orderBy, List<WindowCall> calls) {}

  private final BindContext context;
  private final List<Window> windows = new ArrayList<>();

  WindowCollector(BindContext context) {
    this.context = context;
  }

  List<Window> windows() {
    return windows;
  }

  boolean isEmpty() {
    return windows.isEmpty();
  }

  /** The column that will hold the value of a window function. */
  BoundColumn add(
      List<SortKey> partitionBy,
      List<SortKey> orderBy,
      FunctionDefinition function,
      List<BoundExpression> arguments,
      @Nullable BoundExpression filter,
      WindowCall.Frame frame,
      Collation collation) {
    BoundColumn output = context.computed(function.signature().name(), Affinity.NONE, null);
    window(partitionBy, orderBy)
        .calls()
        .add(new WindowCall(function, arguments, filter, frame, output, collation));
    return output;
  }

  private Window window(List<SortKey> partitionBy, List<SortKey> orderBy) {
    for (Window each : windows) {
      if (each.partitionBy().equals(partitionBy) && each.orderBy().equals(orderBy)) {
        return each;
      }
    }
    Window added = new Window(partitionBy, orderBy, new ArrayList<>());
    windows.add(added);
    return added;
  }
}
