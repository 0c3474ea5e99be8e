package dev.turso.dbsp.compile;

import dev.turso.dbsp.circuit.Access;
import dev.turso.dbsp.circuit.CircuitContext;
import dev.turso.dbsp.circuit.CircuitOperator;
import dev.turso.dbsp.circuit.Equality;
import dev.turso.dbsp.operator.AggregateOperator;
import dev.turso.dbsp.operator.CachedValue;
import dev.turso.dbsp.operator.Condition;
import dev.turso.dbsp.operator.Correlation;
import dev.turso.dbsp.operator.ExistsValue;
import dev.turso.dbsp.operator.InValue;
import dev.turso.dbsp.operator.RememberedValue;
import dev.turso.dbsp.operator.ScalarValue;
import dev.turso.dbsp.operator.StatefulOperator;
import dev.turso.dbsp.operator.SubqueryOperator;
import dev.turso.dbsp.operator.SubqueryValue;
import dev.turso.exec.expression.Node;
import dev.turso.plan.logical.BoundColumn;
import dev.turso.plan.logical.BoundExpression;
import dev.turso.plan.logical.ComparisonOperator;
import dev.turso.plan.logical.ExpressionRewriter;
import dev.turso.plan.logical.FreeColumns;
import dev.turso.plan.logical.LogicalPlan;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Takes subqueries out of an expression: each becomes an operator below that fills a slot, and a
 * reference to that slot.
 */
final class SubqueryPlanner extends ExpressionRewriter {

  private final PlanCompiler compiler;
  private final CircuitContext context;
  private final ColumnPlaces places;
  private CircuitOperator input;
  private boolean truthOnly;

  SubqueryPlanner(
      PlanCompiler compiler, CircuitContext context, ColumnPlaces places, CircuitOperator input) {
    this.compiler = compiler;
    this.context = context;
    this.places = places;
    this.input = input;
  }

  /** The input with an operator on top for each subquery that was taken out. */
  CircuitOperator input() {
    return input;
  }

  /** Takes the subqueries out of a condition, of which only the truth matters. */
  BoundExpression condition(BoundExpression condition) {
    truthOnly = condition instanceof BoundExpression.InSubquery in && !in.negated();
    BoundExpression rewritten = rewrite(condition);
    truthOnly = false;
    return rewritten;
  }

  @Override
  protected LogicalPlan subplan(LogicalPlan plan) {
    throw new NoIncrementalForm("a subquery in an unexpected place");
  }

  @Override
  public BoundExpression exists(BoundExpression.Exists node) {
    CircuitOperator plan = plan(node.plan());
    ExistsValue value = new ExistsValue(plan.access(List.of()), node.negated());
    return taken(node.plan(), plan, List.of(), value, null);
  }

  @Override
  public BoundExpression scalarSubquery(BoundExpression.ScalarSubquery node) {
    CircuitOperator plan = plan(node.plan());
    ScalarValue value = new ScalarValue(context, plan, plan.access(List.of()), node.column());
    return taken(node.plan(), plan, List.of(), value, null);
  }

  @Override
  public BoundExpression inSubquery(BoundExpression.InSubquery node) {
    boolean onlyTruth = truthOnly;
    List<BoundExpression> operands = rewriteAll(node.operands());
    boolean correlated = isCorrelated(node.plan());
    CircuitOperator plan = plan(node.plan());
    if (!correlated && hasSubquery(plan)) {
      plan = compiler.listed(plan, node.plan().columns());
    }
    BoundExpression equal = equal(operands, node);
    Condition condition = Conditions.compile(places, List.of(equal)).getFirst();
    List<Equality> wishes = wishes(operands, node, plan);
    List<CircuitOperator> others = new ArrayList<>();
    InValue.Counts counts = null;
    if (!onlyTruth && !correlated && operands.size() == 1) {
      AggregateOperator counted = compiler.counts(plan, node.plan().columns().getFirst());
      others.add(counted);
      counts =
          new InValue.Counts(counted.access(List.of()), counted.slots()[0], counted.slots()[1]);
    }
    Access all = onlyTruth || counts != null ? null : plan.access(List.of());
    InValue value =
        new InValue(
            context,
            plan.access(wishes),
            condition.test(),
            all,
            counts,
            places.compileAll(operands),
            node.negated());
    boolean narrow = all == null && !correlated;
    return taken(node.plan(), plan, others, value, narrow ? equal : null);
  }

  private static BoundExpression equal(
      List<BoundExpression> operands, BoundExpression.InSubquery node) {
    List<BoundExpression> columns = new ArrayList<>();
    for (BoundColumn each : node.plan().columns()) {
      columns.add(new BoundExpression.ColumnReference(each));
    }
    if (operands.size() == 1) {
      return new BoundExpression.Comparison(
          ComparisonOperator.EQUAL,
          operands.getFirst(),
          columns.getFirst(),
          node.affinities().getFirst(),
          node.collations().getFirst());
    }
    return new BoundExpression.RowComparison(
        ComparisonOperator.EQUAL, operands, columns, node.affinities(), node.collations());
  }

  private List<Equality> wishes(
      List<BoundExpression> operands, BoundExpression.InSubquery node, CircuitOperator plan) {
    List<Equality> wishes = new ArrayList<>();
    for (int i = 0; i < operands.size(); i++) {
      Node operand = places.compile(operands.get(i));
      wishes.add(
          new Equality(
              plan.slots()[i], operand, node.affinities().get(i), node.collations().get(i), false));
    }
    return wishes;
  }

  private CircuitOperator plan(LogicalPlan plan) {
    return plan.accept(compiler);
  }

  /** Whether a row costs more than to find it. */
  private static boolean hasSubquery(CircuitOperator plan) {
    if (plan instanceof StatefulOperator) {
      return false;
    }
    if (plan instanceof SubqueryOperator) {
      return true;
    }
    for (CircuitOperator each : plan.inputs()) {
      if (hasSubquery(each)) {
        return true;
      }
    }
    return false;
  }

  private static boolean isCorrelated(LogicalPlan plan) {
    return !FreeColumns.of(plan).isEmpty();
  }

  /**
   * Puts the operator on the input and gives the reference to its slot.
   *
   * @param link a condition between an outer row and a row of an uncorrelated plan, outside of which
   *     the outer row's value does not depend on that row; null if there is none
   */
  private BoundExpression taken(
      LogicalPlan logical,
      CircuitOperator plan,
      List<CircuitOperator> others,
      SubqueryValue value,
      @Nullable BoundExpression link) {
    BoundColumn column = places.invent("subquery");
    int slot = places.place(column);
    boolean correlated = isCorrelated(logical);
    List<Correlation> correlations = new ArrayList<>();
    boolean perRow = correlated || value instanceof InValue;
    if (correlated) {
      for (Core each : Core.of(logical)) {
        correlations.add(correlation(each));
      }
    } else if (perRow) {
      List<Condition> linked =
          link == null ? List.of() : Conditions.compile(places, linkParts(link));
      correlations.add(new Correlation(context, input, List.of(plan), linked));
    }
    SubqueryValue known = perRow ? remembered(logical, value) : new CachedValue(context, value);
    input = new SubqueryOperator(context, input, plan, others, known, slot, perRow, correlations);
    return new BoundExpression.ColumnReference(column);
  }

  /** Remembers a value that depends on nothing of the row but columns of tables. */
  private SubqueryValue remembered(LogicalPlan logical, SubqueryValue value) {
    if (value instanceof InValue) {
      return value;
    }
    BitSet slots = new BitSet();
    for (BoundColumn each : FreeColumns.of(logical)) {
      Integer slot = places.slot(each);
      if (slot == null || each.origin() == null) {
        return value;
      }
      slots.set(slot);
    }
    return new RememberedValue(context, value, slots.stream().toArray());
  }

  /** A comparison of rows as one of each column, which can be sought by. */
  private static List<BoundExpression> linkParts(BoundExpression link) {
    if (!(link instanceof BoundExpression.RowComparison rows)) {
      return List.of(link);
    }
    List<BoundExpression> parts = new ArrayList<>();
    for (int i = 0; i < rows.lefts().size(); i++) {
      parts.add(
          new BoundExpression.Comparison(
              ComparisonOperator.EQUAL,
              rows.lefts().get(i),
              rows.rights().get(i),
              rows.affinities().get(i),
              rows.collations().get(i)));
    }
    return parts;
  }

  private Correlation correlation(Core core) {
    List<CircuitOperator> inputs = new ArrayList<>();
    BitSet known = new BitSet();
    for (LogicalPlan each : core.inputs()) {
      CircuitOperator operator = compiler.compiled(each);
      inputs.add(operator);
      for (int slot : operator.slots()) {
        known.set(slot);
      }
    }
    for (int slot : input.slots()) {
      known.set(slot);
    }
    List<Condition> conditions = new ArrayList<>();
    for (Condition each : Conditions.compile(places, core.conditions())) {
      BitSet needed = (BitSet) each.slots().clone();
      needed.andNot(known);
      if (needed.isEmpty()) {
        conditions.add(each);
      }
    }
    return new Correlation(context, input, inputs, conditions);
  }
}
