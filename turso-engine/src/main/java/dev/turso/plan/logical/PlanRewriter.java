package dev.turso.plan.logical;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Rebuilds plans bottom-up, with the expressions in them and the subqueries in those; a node whose
 * parts stay the same objects stays itself, and an object met twice is rewritten once.
 *
 * <p>Subclasses override the kinds of plan node or, in {@link #expressions}, of expression that they
 * change.
 */
public abstract class PlanRewriter implements PlanVisitor<LogicalPlan> {

  private final Map<LogicalPlan, LogicalPlan> done = new IdentityHashMap<>();
  private final ExpressionRewriter expressions;

  /** A rewriter that leaves expressions alone but for the subqueries in them. */
  protected PlanRewriter() {
    this.expressions =
        new ExpressionRewriter() {
          @Override
          protected LogicalPlan subplan(LogicalPlan plan) {
            return PlanRewriter.this.rewrite(plan);
          }
        };
  }

  /** The plan rewritten. */
  public final LogicalPlan rewrite(LogicalPlan plan) {
    LogicalPlan known = done.get(plan);
    if (known == null) {
      known = plan.accept(this);
      done.put(plan, known);
    }
    return known;
  }

  /** The expression rewritten: by default only the subqueries in it are. */
  public BoundExpression expression(BoundExpression expression) {
    return expressions.rewrite(expression);
  }

  private @Nullable BoundExpression nullable(@Nullable BoundExpression expression) {
    return expression == null ? null : expression(expression);
  }

  /** The list rewritten: the same list where nothing changed. */
  protected final List<BoundExpression> all(List<BoundExpression> list) {
    List<BoundExpression> result = new ArrayList<>(list.size());
    boolean same = true;
    for (BoundExpression each : list) {
      BoundExpression after = expression(each);
      same &= after == each;
      result.add(after);
    }
    return same ? list : List.copyOf(result);
  }

  private List<SortKey> keys(List<SortKey> keys) {
    List<SortKey> result = new ArrayList<>(keys.size());
    boolean same = true;
    for (SortKey each : keys) {
      BoundExpression after = expression(each.expression());
      same &= after == each.expression();
      result.add(new SortKey(after, each.descending(), each.nullsFirst(), each.collation()));
    }
    return same ? keys : List.copyOf(result);
  }

  @Override
  public LogicalPlan scan(LogicalPlan.Scan node) {
    return node;
  }

  @Override
  public LogicalPlan tableFunction(LogicalPlan.TableFunction node) {
    List<@Nullable BoundExpression> arguments = new ArrayList<>();
    boolean same = true;
    for (BoundExpression each : node.arguments()) {
      BoundExpression after = nullable(each);
      same &= after == each;
      arguments.add(after);
    }
    return same
        ? node
        : new LogicalPlan.TableFunction(node.function(), arguments, node.columns(), node.alias());
  }

  @Override
  public LogicalPlan values(LogicalPlan.Values node) {
    List<List<BoundExpression>> rows = new ArrayList<>(node.rows().size());
    boolean same = true;
    for (List<BoundExpression> each : node.rows()) {
      List<BoundExpression> after = all(each);
      same &= after == each;
      rows.add(after);
    }
    return same ? node : new LogicalPlan.Values(rows, node.columns());
  }

  @Override
  public LogicalPlan singleRow(LogicalPlan.SingleRow node) {
    return node;
  }

  @Override
  public LogicalPlan filter(LogicalPlan.Filter node) {
    LogicalPlan input = rewrite(node.input());
    BoundExpression predicate = expression(node.predicate());
    return input == node.input() && predicate == node.predicate()
        ? node
        : new LogicalPlan.Filter(input, predicate);
  }

  @Override
  public LogicalPlan project(LogicalPlan.Project node) {
    LogicalPlan input = rewrite(node.input());
    List<BoundExpression> list = all(node.expressions());
    return input == node.input() && list == node.expressions()
        ? node
        : new LogicalPlan.Project(input, list, node.columns());
  }

  @Override
  public LogicalPlan join(LogicalPlan.Join node) {
    LogicalPlan left = rewrite(node.left());
    LogicalPlan right = rewrite(node.right());
    BoundExpression condition = nullable(node.condition());
    return left == node.left() && right == node.right() && condition == node.condition()
        ? node
        : new LogicalPlan.Join(left, right, node.kind(), condition);
  }

  @Override
  public LogicalPlan aggregate(LogicalPlan.Aggregate node) {
    LogicalPlan input = rewrite(node.input());
    boolean same = input == node.input();
    List<LogicalPlan.GroupKey> keys = new ArrayList<>();
    for (LogicalPlan.GroupKey each : node.keys()) {
      BoundExpression after = expression(each.expression());
      same &= after == each.expression();
      keys.add(new LogicalPlan.GroupKey(after, each.output(), each.collation()));
    }
    List<AggregateCall> calls = new ArrayList<>();
    for (AggregateCall each : node.calls()) {
      AggregateCall after = call(each);
      same &= after == each;
      calls.add(after);
    }
    return same
        ? node
        : new LogicalPlan.Aggregate(input, keys, calls, node.bare(), node.bareFollows());
  }

  private AggregateCall call(AggregateCall call) {
    List<BoundExpression> arguments = all(call.arguments());
    BoundExpression filter = nullable(call.filter());
    List<SortKey> orderBy = keys(call.orderBy());
    return arguments == call.arguments() && filter == call.filter() && orderBy == call.orderBy()
        ? call
        : new AggregateCall(
            call.function(),
            arguments,
            call.distinct(),
            filter,
            orderBy,
            call.output(),
            call.collation());
  }

  @Override
  public LogicalPlan distinct(LogicalPlan.Distinct node) {
    LogicalPlan input = rewrite(node.input());
    return input == node.input() ? node : new LogicalPlan.Distinct(input, node.on());
  }

  @Override
  public LogicalPlan sort(LogicalPlan.Sort node) {
    LogicalPlan input = rewrite(node.input());
    List<SortKey> keys = keys(node.keys());
    return input == node.input() && keys == node.keys() ? node : new LogicalPlan.Sort(input, keys);
  }

  @Override
  public LogicalPlan limit(LogicalPlan.Limit node) {
    LogicalPlan input = rewrite(node.input());
    BoundExpression limit = expression(node.limit());
    BoundExpression offset = nullable(node.offset());
    return input == node.input() && limit == node.limit() && offset == node.offset()
        ? node
        : new LogicalPlan.Limit(input, limit, offset);
  }

  @Override
  public LogicalPlan setOperation(LogicalPlan.SetOperation node) {
    LogicalPlan left = rewrite(node.left());
    LogicalPlan right = rewrite(node.right());
    return left == node.left() && right == node.right()
        ? node
        : new LogicalPlan.SetOperation(node.operator(), left, right, node.columns());
  }

  @Override
  public LogicalPlan window(LogicalPlan.Window node) {
    LogicalPlan input = rewrite(node.input());
    List<SortKey> partitionBy = keys(node.partitionBy());
    List<SortKey> orderBy = keys(node.orderBy());
    boolean same =
        input == node.input() && partitionBy == node.partitionBy() && orderBy == node.orderBy();
    List<WindowCall> calls = new ArrayList<>();
    for (WindowCall each : node.calls()) {
      WindowCall after = call(each);
      same &= after == each;
      calls.add(after);
    }
    return same ? node : new LogicalPlan.Window(input, partitionBy, orderBy, calls);
  }

  private WindowCall call(WindowCall call) {
    WindowCall.Frame frame = call.frame();
    List<BoundExpression> arguments = all(call.arguments());
    BoundExpression filter = nullable(call.filter());
    BoundExpression start = nullable(frame.startOffset());
    BoundExpression end = nullable(frame.endOffset());
    boolean sameFrame = start == frame.startOffset() && end == frame.endOffset();
    if (arguments == call.arguments() && filter == call.filter() && sameFrame) {
      return call;
    }
    WindowCall.Frame after =
        new WindowCall.Frame(frame.unit(), frame.start(), start, frame.end(), end, frame.exclude());
    return new WindowCall(
        call.function(), arguments, filter, after, call.output(), call.collation());
  }

  @Override
  public LogicalPlan recursive(LogicalPlan.Recursive node) {
    LogicalPlan seed = rewrite(node.seed());
    LogicalPlan step = rewrite(node.step());
    List<SortKey> orderBy = keys(node.orderBy());
    BoundExpression limit = nullable(node.limit());
    BoundExpression offset = nullable(node.offset());
    boolean same = seed == node.seed() && step == node.step() && orderBy == node.orderBy();
    return same && limit == node.limit() && offset == node.offset()
        ? node
        : new LogicalPlan.Recursive(
            node.id(), seed, step, node.distinct(), orderBy, limit, offset, node.columns());
  }

  @Override
  public LogicalPlan recursiveReference(LogicalPlan.RecursiveReference node) {
    return node;
  }

  @Override
  public LogicalPlan materialize(LogicalPlan.Materialize node) {
    LogicalPlan input = rewrite(node.input());
    return input == node.input()
        ? node
        : new LogicalPlan.Materialize(node.id(), node.name(), input, node.columns());
  }
}
