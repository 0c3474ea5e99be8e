package dev.turso.bind;

import dev.turso.error.ResultCode;
import dev.turso.error.SqlException;
import dev.turso.function.FunctionDefinition;
import dev.turso.plan.logical.BoundColumn;
import dev.turso.plan.logical.BoundExpression;
import dev.turso.plan.logical.BoundExpression.Constant;
import dev.turso.plan.logical.FreeColumns;
import dev.turso.plan.logical.SortKey;
import dev.turso.plan.logical.WindowCall;
import dev.turso.schema.Names;
import dev.turso.sql.ast.Expression;
import dev.turso.sql.ast.Name;
import dev.turso.sql.ast.Over;
import dev.turso.sql.ast.WindowClause;
import dev.turso.sql.ast.WindowDefinition;
import dev.turso.sql.ast.WindowFrame;
import dev.turso.sql.ast.WindowFrame.BoundKind;
import dev.turso.sql.parse.Limits;
import dev.turso.value.Value;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Binds what follows OVER. */
final class WindowBinder {

  private final ExpressionBinder expressions;

  WindowBinder(ExpressionBinder expressions) {
    this.expressions = expressions;
  }

  BoundColumn bind(
      Over over,
      FunctionDefinition function,
      List<BoundExpression> arguments,
      @Nullable BoundExpression filter) {
    WindowDefinition definition =
        switch (over) {
          case Over.NamedWindow named -> resolved(at(named.name()));
          case Over.InlineWindow inline ->
              resolved(inline.definition(), expressions.scope.namedWindows.size());
        };
    Limits.checkTerms(definition.partitionBy().size() + definition.orderBy().size(), "ORDER");
    List<SortKey> partitionBy = new ArrayList<>();
    for (Expression each : definition.partitionBy()) {
      partitionBy.add(SortKeys.ascending(expressions.bind(each)));
    }
    List<SortKey> orderBy = SortKeys.bind(expressions, definition.orderBy());
    WindowCall.Frame frame = frame(definition.frame(), orderBy.size());
    return expressions.scope.windows.add(
        partitionBy, orderBy, function, arguments, filter, frame, Collations.ofFirst(arguments));
  }

  /** Which of the named windows a name means: the last one of that name. */
  private int at(Name name) {
    List<WindowClause> windows = expressions.scope.namedWindows;
    for (int i = windows.size() - 1; i >= 0; i--) {
      if (Names.same(windows.get(i).name().text(), name.text())) {
        return i;
      }
    }
    throw new SqlException(ResultCode.ERROR, "no such window: " + name.text(), name.position());
  }

  /** Finds the windows that a WINDOW clause names and does not define. */
  void requireBases() {
    for (WindowClause each : expressions.scope.namedWindows) {
      if (each.definition().base() != null) {
        at(each.definition().base());
      }
    }
  }

  private WindowDefinition resolved(int window) {
    return resolved(expressions.scope.namedWindows.get(window).definition(), window);
  }

  /**
   * A definition with what it takes over from the window it names. That window must stand before it:
   * one that stands after it gives nothing.
   */
  private WindowDefinition resolved(WindowDefinition definition, int position) {
    if (definition.base() == null) {
      return definition;
    }
    int at = at(definition.base());
    if (at >= position) {
      return definition;
    }
    WindowDefinition base = resolved(at);
    if (!definition.partitionBy().isEmpty()) {
      throw cannotOverride("PARTITION clause", definition.base());
    }
    if (!base.orderBy().isEmpty() && !definition.orderBy().isEmpty()) {
      throw cannotOverride("ORDER BY clause", definition.base());
    }
    if (base.frame() != null) {
      throw cannotOverride("frame specification", definition.base());
    }
    return new WindowDefinition(
        null,
        base.partitionBy(),
        base.orderBy().isEmpty() ? definition.orderBy() : base.orderBy(),
        definition.frame());
  }

  private static SqlException cannotOverride(String what, Name window) {
    return new SqlException(
        ResultCode.ERROR,
        "cannot override " + what + " of window: " + window.text(),
        window.position());
  }

  private WindowCall.Frame frame(@Nullable WindowFrame frame, int orderTerms) {
    if (frame == null) {
      return WindowCall.Frame.DEFAULT;
    }
    BoundKind start = frame.start().kind();
    BoundKind end = frame.end().kind();
    boolean impossible =
        start == BoundKind.UNBOUNDED_FOLLOWING
            || end == BoundKind.UNBOUNDED_PRECEDING
            || start == BoundKind.FOLLOWING
                && (end == BoundKind.PRECEDING || end == BoundKind.CURRENT_ROW)
            || start == BoundKind.CURRENT_ROW && end == BoundKind.PRECEDING;
    if (impossible) {
      throw new SqlException("unsupported frame specification");
    }
    boolean offsets = frame.start().offset() != null || frame.end().offset() != null;
    if (frame.unit() == WindowFrame.Unit.RANGE && offsets && orderTerms != 1) {
      throw new SqlException(
          "RANGE with offset PRECEDING/FOLLOWING requires one ORDER BY expression");
    }
    return new WindowCall.Frame(
        frame.unit(),
        start,
        offset(frame.start().offset()),
        end,
        offset(frame.end().offset()),
        frame.exclude());
  }

  /** The offset, which must not depend on a row: otherwise NULL, which is refused at run time. */
  private @Nullable BoundExpression offset(@Nullable Expression offset) {
    BoundExpression bound = expressions.bindNullable(offset);
    return bound == null || FreeColumns.of(bound).isEmpty() ? bound : new Constant(Value.NULL);
  }
}
