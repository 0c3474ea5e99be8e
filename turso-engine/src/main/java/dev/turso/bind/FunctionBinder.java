package dev.turso.bind;

import dev.turso.error.ResultCode;
import dev.turso.error.SqlException;
import dev.turso.function.AggregateDefinition;
import dev.turso.function.CallPurpose;
import dev.turso.function.FunctionDefinition;
import dev.turso.function.FunctionTrait;
import dev.turso.function.ScalarDefinition;
import dev.turso.function.WindowDefinition;
import dev.turso.plan.logical.BoundColumn;
import dev.turso.plan.logical.BoundExpression;
import dev.turso.plan.logical.BoundExpression.Case;
import dev.turso.plan.logical.BoundExpression.Coalesce;
import dev.turso.plan.logical.BoundExpression.Collate;
import dev.turso.plan.logical.BoundExpression.ColumnReference;
import dev.turso.plan.logical.BoundExpression.Constant;
import dev.turso.plan.logical.BoundExpression.FunctionCall;
import dev.turso.plan.logical.BoundExpression.Not;
import dev.turso.plan.logical.BoundExpression.UnaryPlus;
import dev.turso.plan.logical.FreeColumns;
import dev.turso.plan.logical.SortKey;
import dev.turso.sql.ast.Expression;
import dev.turso.sql.ast.Name;
import dev.turso.value.Affinity;
import dev.turso.value.Collation;
import dev.turso.value.Tag;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Binds calls of functions: finds the overload, and for an aggregate the query it belongs to. */
final class FunctionBinder {

  private final ExpressionBinder expressions;

  FunctionBinder(ExpressionBinder expressions) {
    this.expressions = expressions;
  }

  BoundExpression call(Expression.FunctionCall node) {
    if (node.over() != null && node.distinct()) {
      throw new SqlException("DISTINCT is not supported for window functions");
    }
    String name = node.name().text();
    int count = node.arguments().size();
    FunctionDefinition found = expressions.context.functions.find(name, count);
    if (found == null && expressions.context.typesOnly > 0) {
      // Whatever it is, a call of it has no affinity and no collation.
      return scalar(UnknownFunction.of(name), expressions.bindAll(node.arguments()));
    }
    if (found == null && canBeUnknown()) {
      found = UnknownFunction.of(name);
    }
    if (found == null) {
      throw after(node, notFound(name, node.position()));
    }
    if (node.over() != null) {
      return windowCall(node, found);
    }
    return switch (found) {
      case ScalarDefinition scalar -> scalarCall(node, scalar);
      case AggregateDefinition aggregate -> aggregateCall(node, aggregate);
      case WindowDefinition window -> throw after(node, misuse("window function ", node));
    };
  }

  private boolean canBeUnknown() {
    return expressions.context.settings.checksSchema();
  }

  /** The error of a call, unless one of its arguments has an error too: that one is told (B3). */
  private SqlException after(Expression.FunctionCall node, SqlException error) {
    expressions.bindAll(node.arguments());
    return error;
  }

  private FunctionDefinition find(String name, int arguments, int position) {
    FunctionDefinition found = expressions.context.functions.find(name, arguments);
    if (found == null) {
      throw notFound(name, position);
    }
    return found;
  }

  private SqlException notFound(String name, int position) {
    String message =
        expressions.context.functions.hasName(name)
            ? "wrong number of arguments to function " + name + "()"
            : "no such function: " + name;
    return new SqlException(ResultCode.ERROR, message, position);
  }

  /** CURRENT_TIME and its like. */
  BoundExpression current(String name) {
    ScalarDefinition function = (ScalarDefinition) find(name, 0, -1);
    if (expressions.scope.schemaExpression != null) {
      refuseChanging(function, expressions.scope.schemaExpression);
    }
    return scalar(function, List.of());
  }

  /** An operator that is a function: {@code ->} and {@code ->>}. */
  BoundExpression operator(String name, Expression left, Expression right) {
    FunctionDefinition found = find(name, 2, left.position());
    return scalar((ScalarDefinition) found, expressions.bindAll(List.of(left, right)));
  }

  /** LIKE, GLOB, REGEXP and MATCH: functions of (pattern, operand[, escape]). */
  BoundExpression like(Expression.Like node) {
    List<Expression> arguments = new ArrayList<>(List.of(node.pattern(), node.operand()));
    if (node.escape() != null) {
      arguments.add(node.escape());
    }
    List<BoundExpression> bound = expressions.bindAll(arguments);
    FunctionDefinition found = find(node.operator().name(), arguments.size(), node.position());
    if (!(found instanceof ScalarDefinition scalar)) {
      throw new SqlException("misuse of aggregate function " + node.operator() + "()");
    }
    BoundExpression call = scalar(scalar, bound);
    return node.negated() ? new Not(call) : call;
  }

  private BoundExpression scalarCall(Expression.FunctionCall node, ScalarDefinition function) {
    if (!node.orderBy().isEmpty()) {
      throw after(node, notAggregate("ORDER BY", node));
    }
    if (node.filter() != null) {
      throw after(node, notAggregate("FILTER", node));
    }
    SchemaExpression within = expressions.scope.schemaExpression;
    if (within != null) {
      refuseChanging(function, within);
    }
    refuseIndirect(function);
    List<BoundExpression> arguments = expressions.bindAll(node.arguments());
    String name = function.signature().name();
    if (name.equals("hex")) {
      arguments = List.of(expressions.storedTexts(arguments.get(0)));
    } else if (name.equals("octet_length")) {
      arguments = List.of(expressions.storedBytes(arguments.get(0)));
    }
    return scalar(function, arguments);
  }

  private static SqlException notAggregate(String clause, Expression.FunctionCall node) {
    return new SqlException(
        ResultCode.ERROR,
        clause + " may not be used with non-aggregate " + node.name() + "()",
        node.position());
  }

  /** What only the application's own statements may call is not called by what the schema holds. */
  private void refuseIndirect(ScalarDefinition function) {
    boolean fromSchema =
        expressions.scope.inTrigger
            || expressions.scope.schemaExpression != null
            || !expressions.context.openViews.isEmpty();
    if (fromSchema && function.has(FunctionTrait.DIRECT_ONLY)) {
      throw new SqlException("unsafe use of " + function.signature().name() + "()");
    }
  }

  private static void refuseChanging(ScalarDefinition function, SchemaExpression within) {
    boolean lasting =
        function.has(FunctionTrait.DETERMINISTIC)
            || function.has(FunctionTrait.CONSTANT_IN_STATEMENT)
                && !function.signature().name().startsWith("current_");
    boolean mustLast = within.purpose() != CallPurpose.QUERY && within != SchemaExpression.CHECK;
    if (!lasting && mustLast) {
      throw new SqlException("non-deterministic functions prohibited in " + within.words());
    }
  }

  BoundExpression scalar(ScalarDefinition function, List<BoundExpression> arguments) {
    return switch (function.form()) {
      case COALESCE -> new Coalesce(arguments, false);
      case CONDITIONAL -> conditional(arguments);
      case LIKELIHOOD -> likelihood(function, arguments);
      case NONE, PATTERN_MATCH -> plainCall(function, arguments);
    };
  }

  private BoundExpression plainCall(ScalarDefinition function, List<BoundExpression> arguments) {
    Collation collation =
        function.has(FunctionTrait.NEEDS_COLLATION)
            ? Collations.ofFirst(arguments)
            : Collation.BINARY;
    SchemaExpression within = expressions.scope.schemaExpression;
    CallPurpose purpose = within == null ? CallPurpose.QUERY : within.purpose();
    return new FunctionCall(function, arguments, collation, purpose);
  }

  private static BoundExpression conditional(List<BoundExpression> arguments) {
    List<BoundExpression.Branch> branches = new ArrayList<>();
    int i = 0;
    for (; i + 1 < arguments.size(); i += 2) {
      branches.add(
          new BoundExpression.Branch(
              arguments.get(i), Affinity.NONE, Collation.BINARY, arguments.get(i + 1)));
    }
    return new Case(null, branches, i < arguments.size() ? arguments.get(i) : null);
  }

  private static BoundExpression likelihood(
      ScalarDefinition function, List<BoundExpression> arguments) {
    if (arguments.size() == 2) {
      boolean valid =
          arguments.get(1) instanceof Constant constant
              && constant.value().tag() == Tag.REAL
              && constant.value().asDouble() >= 0
              && constant.value().asDouble() <= 1;
      if (!valid) {
        throw new SqlException(
            "second argument to "
                + function.signature().name()
                + "() must be a constant between 0.0 and 1.0");
      }
    }
    BoundExpression advised = arguments.getFirst();
    return advised.affinity() == Affinity.NONE ? advised : new UnaryPlus(advised);
  }

  private BoundExpression aggregateCall(
      Expression.FunctionCall node, AggregateDefinition function) {
    Scope scope = expressions.scope;
    Scope.Aggregates allowed = scope.aggregatesHere;
    if (allowed == Scope.Aggregates.REFUSED) {
      throw after(node, misuse("aggregate function ", node));
    }
    boolean windows = scope.windowsAllowed;
    scope.aggregatesHere = Scope.Aggregates.REFUSED;
    scope.windowsAllowed = false;
    List<BoundExpression> arguments = expressions.bindAll(node.arguments());
    BoundExpression filter = expressions.bindNullable(node.filter());
    List<SortKey> orderBy = SortKeys.bind(expressions, node.orderBy());
    scope.aggregatesHere = allowed;
    scope.windowsAllowed = windows;
    if (node.distinct() && arguments.size() != 1) {
      throw new SqlException("DISTINCT aggregates must have exactly one argument");
    }
    Scope owner = owner(arguments, filter, orderBy);
    if (owner.aggregatesHere != Scope.Aggregates.ALLOWED) {
      throw misuse("aggregate: ", node);
    }
    Collation collation = Collations.ofFirst(arguments);
    BoundColumn output =
        owner.aggregates.add(function, arguments, node.distinct(), filter, orderBy, collation);
    return withCollation(new ColumnReference(output), arguments);
  }

  /** A COLLATE among the arguments stays the collation of the result. */
  private static BoundExpression withCollation(
      BoundExpression result, List<BoundExpression> arguments) {
    for (BoundExpression each : arguments) {
      if (Collations.isExplicit(each)) {
        return new Collate(result, Collations.orBinary(each));
      }
    }
    return result;
  }

  /** The innermost query that an aggregate's arguments have a column of: it aggregates there. */
  private Scope owner(
      List<BoundExpression> arguments, @Nullable BoundExpression filter, List<SortKey> orderBy) {
    List<BoundExpression> all = new ArrayList<>(arguments);
    if (filter != null) {
      all.add(filter);
    }
    for (SortKey each : orderBy) {
      all.add(each.expression());
    }
    Set<BoundColumn> columns = FreeColumns.of(all);
    for (Scope each = expressions.scope; each != null; each = each.outer) {
      for (BoundColumn column : columns) {
        if (each.owns(column)) {
          return each;
        }
      }
    }
    return expressions.scope;
  }

  private BoundExpression windowCall(Expression.FunctionCall node, FunctionDefinition function) {
    Scope scope = expressions.scope;
    if (function instanceof ScalarDefinition) {
      throw after(
          node,
          new SqlException(
              ResultCode.ERROR,
              node.name() + "() may not be used as a window function",
              node.position()));
    }
    if (!scope.windowsAllowed) {
      throw after(
          node,
          scope.openAlias == null
              ? misuse("window function ", node)
              : new SqlException("misuse of aliased window function " + scope.openAlias));
    }
    scope.windowsAllowed = false;
    List<BoundExpression> arguments = expressions.bindAll(node.arguments());
    BoundExpression filter = expressions.bindNullable(node.filter());
    if (filter != null && function instanceof WindowDefinition) {
      throw new SqlException("FILTER clause may only be used with aggregate window functions");
    }
    assert node.over() != null;
    BoundColumn output =
        new WindowBinder(expressions).bind(node.over(), function, arguments, filter);
    scope.windowsAllowed = true;
    return withCollation(new ColumnReference(output), arguments);
  }

  private static SqlException misuse(String what, Expression.FunctionCall node) {
    Name name = node.name();
    return new SqlException(ResultCode.ERROR, "misuse of " + what + name + "()", node.position());
  }
}
