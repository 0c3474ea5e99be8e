package dev.turso.dbsp.compile;

import dev.turso.dbsp.operator.CarriedResult;
import dev.turso.dbsp.operator.WindowReach;
import dev.turso.function.AggregateDefinition;
import dev.turso.function.WindowDefinition;
import dev.turso.function.builtin.BuiltInFunctions;
import dev.turso.plan.logical.BoundExpression;
import dev.turso.plan.logical.LogicalPlan;
import dev.turso.plan.logical.WindowCall;
import dev.turso.sql.ast.WindowFrame;
import dev.turso.sql.ast.WindowFrame.BoundKind;
import dev.turso.value.Tag;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How far results of a window reach: what all of its functions have in common decides.
 *
 * <p>Aggregates of this list only, whose value over a frame rests on nothing but the frame; sums are
 * such while they are sums of integers.
 */
final class Reaches {

  /** A window that reaches farther is evaluated whole. */
  private static final int FARTHEST = 4096;

  private static final WindowReach WHOLE = new WindowReach.Whole();

  private Reaches() {}

  /** @param bound up to which place rows are wanted, where the window tells places */
  static WindowReach of(LogicalPlan.Window node, long bound) {
    int before = 0;
    int after = 0;
    List<CarriedResult> carried = new ArrayList<>();
    boolean around = true;
    for (WindowCall each : node.calls()) {
      WindowReach.Around rows = around(each);
      around &= rows != null;
      before = Math.max(before, rows == null ? 0 : rows.before());
      after = Math.max(after, rows == null ? 0 : rows.after());
      CarriedResult.Kind kind = carried(each);
      if (kind != null) {
        carried.add(new CarriedResult(kind, each.collation()));
      }
    }
    if (around) {
      return new WindowReach.Around(before, after);
    }
    return carried.size() == node.calls().size() ? new WindowReach.Running(carried, bound) : WHOLE;
  }

  /** What the functions of a window sum. */
  static List<BoundExpression> summed(LogicalPlan.Window node) {
    List<BoundExpression> summed = new ArrayList<>();
    for (WindowCall each : node.calls()) {
      switch (name(each)) {
        case "sum", "total", "avg" -> summed.addAll(each.arguments());
        default -> {}
      }
    }
    return summed;
  }

  /** The name of a built-in function, empty for others. */
  private static String name(WindowCall call) {
    String name = call.function().signature().name();
    return BuiltInFunctions.registry().find(name, call.arguments().size()) == call.function()
        ? name
        : "";
  }

  // ---- a number of rows before and after

  private static WindowReach.@Nullable Around around(WindowCall call) {
    if (call.function() instanceof WindowDefinition function) {
      switch (function.kind()) {
        case LAG -> {
          int rows = distance(call);
          return rows < 0 ? null : new WindowReach.Around(rows, 0);
        }
        case LEAD -> {
          int rows = distance(call);
          return rows < 0 ? null : new WindowReach.Around(0, rows);
        }
        case FIRST_VALUE, LAST_VALUE -> {
          return frame(call.frame());
        }
        default -> {
          return null;
        }
      }
    }
    return switch (name(call)) {
      case "count", "sum", "total", "avg", "min", "max" -> frame(call.frame());
      default -> null;
    };
  }

  /** How far lag and lead look, or -1. */
  private static int distance(WindowCall call) {
    return call.arguments().size() < 2 ? 1 : offset(call.arguments().get(1));
  }

  private static WindowReach.@Nullable Around frame(WindowCall.Frame frame) {
    if (frame.unit() != WindowFrame.Unit.ROWS) {
      return null;
    }
    int before = bound(frame.start(), frame.startOffset(), BoundKind.PRECEDING);
    int after = bound(frame.end(), frame.endOffset(), BoundKind.FOLLOWING);
    // A frame that lies on one side reaches as far as its farther bound; the row itself is near.
    return before < 0 || after < 0 ? null : new WindowReach.Around(before, after);
  }

  /** How many rows a bound lies on a side: 0 if on the other one, -1 without an end. */
  private static int bound(BoundKind kind, @Nullable BoundExpression offset, BoundKind side) {
    return switch (kind) {
      case UNBOUNDED_PRECEDING, UNBOUNDED_FOLLOWING -> -1;
      case CURRENT_ROW -> 0;
      case PRECEDING, FOLLOWING -> {
        int rows = offset == null ? -1 : offset(offset);
        yield rows < 0 ? -1 : kind == side ? rows : 0;
      }
    };
  }

  private static int offset(BoundExpression expression) {
    return expression instanceof BoundExpression.Constant constant
            && constant.value().tag() == Tag.INTEGER
            && constant.value().asLong() >= 0
            && constant.value().asLong() <= FARTHEST
        ? (int) constant.value().asLong()
        : -1;
  }

  // ---- all rows up to the current one

  private static CarriedResult.@Nullable Kind carried(WindowCall call) {
    if (call.function() instanceof WindowDefinition function) {
      return switch (function.kind()) {
        case ROW_NUMBER, DENSE_RANK -> CarriedResult.Kind.ADD;
        case RANK -> CarriedResult.Kind.RANK;
        case FIRST_VALUE -> isRunning(call.frame()) ? CarriedResult.Kind.FIRST : null;
        case LAST_VALUE -> isRunning(call.frame()) ? CarriedResult.Kind.LAST : null;
        default -> null;
      };
    }
    if (!(call.function() instanceof AggregateDefinition) || !isRunning(call.frame())) {
      return null;
    }
    return switch (name(call)) {
      case "count" -> CarriedResult.Kind.ADD;
      case "sum" -> CarriedResult.Kind.SUM;
      case "min" -> CarriedResult.Kind.LEAST;
      case "max" -> CarriedResult.Kind.GREATEST;
      default -> null;
    };
  }

  private static boolean isRunning(WindowCall.Frame frame) {
    return frame.start() == BoundKind.UNBOUNDED_PRECEDING
        && frame.end() == BoundKind.CURRENT_ROW
        && frame.exclude() == WindowFrame.Exclude.NO_OTHERS;
  }
}
