package dev.turso.dbsp.compile;

import dev.turso.dbsp.circuit.Circuit;
import dev.turso.dbsp.circuit.CircuitContext;
import dev.turso.dbsp.circuit.CircuitOperator;
import dev.turso.dbsp.circuit.Keys;
import dev.turso.dbsp.circuit.OrderPart;
import dev.turso.dbsp.operator.AggregateOperator;
import dev.turso.dbsp.operator.Condition;
import dev.turso.dbsp.operator.ConstantOperator;
import dev.turso.dbsp.operator.DependentAggregate;
import dev.turso.dbsp.operator.DependentTop;
import dev.turso.dbsp.operator.EvaluatedOperator;
import dev.turso.dbsp.operator.FilterOperator;
import dev.turso.dbsp.operator.JoinOperator;
import dev.turso.dbsp.operator.KeyColumn;
import dev.turso.dbsp.operator.OuterJoinOperator;
import dev.turso.dbsp.operator.ProjectOperator;
import dev.turso.dbsp.operator.SetOperator;
import dev.turso.dbsp.operator.SortOperator;
import dev.turso.dbsp.operator.TopOperator;
import dev.turso.dbsp.operator.UnionOperator;
import dev.turso.exec.expression.Frame;
import dev.turso.exec.expression.Node;
import dev.turso.format.TextEncoding;
import dev.turso.plan.logical.AggregateCall;
import dev.turso.plan.logical.BoundColumn;
import dev.turso.plan.logical.BoundExpression;
import dev.turso.plan.logical.FreeColumns;
import dev.turso.plan.logical.LogicalJoinKind;
import dev.turso.plan.logical.LogicalPlan;
import dev.turso.plan.logical.PlanVisitor;
import dev.turso.plan.logical.SortKey;
import dev.turso.value.Register;
import dev.turso.value.Tag;
import dev.turso.value.Value;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/**
 * Makes a circuit of a logical plan.
 *
 * <p>Throws {@link NoIncrementalForm} where some node has none.
 */
public final class PlanCompiler implements PlanVisitor<CircuitOperator> {

  private final CircuitContext context;
  private final ColumnPlaces places;
  private final ColumnUse use;
  private final ScanCompiler scans;
  private final Map<LogicalPlan, CircuitOperator> shared = new IdentityHashMap<>();
  private final Map<LogicalPlan.Window, Long> placeBounds = new IdentityHashMap<>();
  private int operators;

  private PlanCompiler(
      LogicalPlan plan, TextEncoding encoding, List<Value> parameters, ColumnDefaults defaults) {
    this.use = ColumnUse.of(plan);
    Frame frame = new Frame();
    frame.environment = FixedEnvironment.INSTANCE;
    frame.parameters = new Register[parameters.size()];
    for (int i = 0; i < frame.parameters.length; i++) {
      frame.parameters[i] = new Register();
      frame.parameters[i].set(parameters.get(i));
    }
    this.context = new CircuitContext(encoding, frame);
    this.places = new ColumnPlaces(frame, use.highest() + 1);
    this.scans = new ScanCompiler(context, places, use, defaults);
  }

  /**
   * Compiles a plan.
   *
   * @param parameters the values of its parameters, fixed for the life of the circuit
   */
  public static Circuit compile(
      LogicalPlan plan, TextEncoding encoding, List<Value> parameters, ColumnDefaults defaults) {
    PlanCompiler compiler = new PlanCompiler(plan, encoding, parameters, defaults);
    CircuitOperator root = withoutSort(plan).accept(compiler);
    compiler.context.prepared();
    return new Circuit(compiler.context, root);
  }

  /** A final order is no part of a relation's content. */
  private static LogicalPlan withoutSort(LogicalPlan plan) {
    return plan instanceof LogicalPlan.Sort sort ? withoutSort(sort.input()) : plan;
  }

  private int nextNumber() {
    return ++operators;
  }

  @Override
  public CircuitOperator scan(LogicalPlan.Scan node) {
    return scans.scan(node);
  }

  @Override
  public CircuitOperator tableFunction(LogicalPlan.TableFunction node) {
    if (EvaluatedOnce.isConstant(node)) {
      return constant(node);
    }
    throw new NoIncrementalForm("the table-valued function " + node.function().name());
  }

  @Override
  public CircuitOperator values(LogicalPlan.Values node) {
    List<Node[]> rows = new ArrayList<>();
    for (List<BoundExpression> each : node.rows()) {
      rows.add(places.compileAll(each));
    }
    int[] slots = new int[node.columns().size()];
    for (int i = 0; i < slots.length; i++) {
      slots[i] = places.place(node.columns().get(i));
    }
    return new ConstantOperator(context, slots, rows, places.newSlot());
  }

  @Override
  public CircuitOperator singleRow(LogicalPlan.SingleRow node) {
    return new ConstantOperator(
        context, new int[0], List.<Node[]>of(new Node[0]), places.newSlot());
  }

  @Override
  public CircuitOperator filter(LogicalPlan.Filter node) {
    return joined(node);
  }

  @Override
  public CircuitOperator join(LogicalPlan.Join node) {
    if (node.kind() == LogicalJoinKind.INNER || node.kind() == LogicalJoinKind.CROSS) {
      return joined(node);
    }
    if (node.kind().isFilter()) {
      throw new NoIncrementalForm("a " + node.kind() + " join");
    }
    CircuitOperator left = compiled(node.left());
    CircuitOperator right = compiled(node.right());
    List<BoundExpression> conjuncts = Conditions.split(node.condition());
    refuseSubqueries(conjuncts, "a subquery in the condition of an outer join");
    return new OuterJoinOperator(
        context,
        left,
        right,
        Conditions.compile(places, conjuncts),
        node.kind().padsRight(),
        node.kind().padsLeft());
  }

  /** Filters and inner joins that stand next to each other, as one join. */
  private CircuitOperator joined(LogicalPlan node) {
    List<LogicalPlan> plans = new ArrayList<>();
    List<BoundExpression> conjuncts = new ArrayList<>();
    Core.gather(node, plans, conjuncts);
    if (!isCorrelated(node)) {
      PlaceBounds.find(conjuncts, plans, placeBounds);
    }
    List<CircuitOperator> inputs = new ArrayList<>();
    for (LogicalPlan each : plans) {
      inputs.add(compiled(each));
    }
    List<BoundExpression> late = new ArrayList<>();
    conjuncts.removeIf(each -> Conditions.hasSubquery(each) && late.add(each));
    CircuitOperator all = joined(inputs, Conditions.compile(places, conjuncts));
    if (late.isEmpty()) {
      return all;
    }
    SubqueryPlanner subqueries = new SubqueryPlanner(this, context, places, all);
    List<BoundExpression> rewritten = new ArrayList<>();
    for (BoundExpression each : late) {
      rewritten.add(subqueries.condition(each));
    }
    return withColumnsOf(
        all,
        new FilterOperator(context, subqueries.input(), Conditions.compile(places, rewritten)));
  }

  private CircuitOperator joined(List<CircuitOperator> inputs, List<Condition> conditions) {
    if (inputs.size() > 1) {
      return new JoinOperator(context, inputs, conditions);
    }
    CircuitOperator input = inputs.getFirst();
    return conditions.isEmpty() ? input : new FilterOperator(context, input, conditions);
  }

  /** Hides the slots of subqueries again: an operator has the columns of its plan node (K1). */
  private CircuitOperator withColumnsOf(CircuitOperator columns, CircuitOperator operator) {
    return new ProjectOperator(
        context,
        operator,
        columns.slots(),
        new Node[0],
        new int[0],
        operator.order(),
        "without the subqueries' values");
  }

  /** The operator of a plan node; one that was compiled before for a correlation is used again. */
  CircuitOperator compiled(LogicalPlan node) {
    CircuitOperator known = shared.get(node);
    if (known == null) {
      known = node.accept(this);
      shared.put(node, known);
    }
    return known;
  }

  private static boolean isCorrelated(LogicalPlan node) {
    return !FreeColumns.of(node).isEmpty();
  }

  /** Counts the rows of a relation, and those whose column is not NULL. */
  AggregateOperator counts(CircuitOperator input, BoundColumn column) {
    BoundColumn total = places.invent("count(*)");
    BoundColumn known = places.invent("count(" + column.name() + ")");
    AggregateOperator.Shape shape =
        new AggregateCompiler(places)
            .shape(AggregateCompiler.counting(new LogicalPlan.SingleRow(), total, column, known));
    return new AggregateOperator(context, nextNumber(), input, shape, places.newSlot());
  }

  /** The different rows of a relation as state, or the relation where equal rows may look different. */
  CircuitOperator listed(CircuitOperator input, List<BoundColumn> columns) {
    AggregateOperator.Shape shape = AggregateCompiler.distinct(places, input, columns);
    return shape.exactKeys()
        ? new AggregateOperator(context, nextNumber(), input, shape, places.newSlot())
        : input;
  }

  private static void refuseSubqueries(List<BoundExpression> expressions, String what) {
    for (BoundExpression each : expressions) {
      if (Conditions.hasSubquery(each)) {
        throw new NoIncrementalForm(what);
      }
    }
  }

  @Override
  public CircuitOperator project(LogicalPlan.Project node) {
    CircuitOperator input = compiled(node.input());
    SubqueryPlanner subqueries = new SubqueryPlanner(this, context, places, input);
    List<BoundExpression> expressions = subqueries.rewriteAll(node.expressions());
    input = subqueries.input();
    int count = expressions.size();
    int[] slots = new int[count];
    List<Node> computed = new ArrayList<>();
    List<Integer> targets = new ArrayList<>();
    StringBuilder text = new StringBuilder("project ");
    for (int i = 0; i < count; i++) {
      BoundExpression each = expressions.get(i);
      text.append(i == 0 ? "" : ", ").append(Texts.of(each));
      Integer same = places.plainSlot(each);
      if (same == null) {
        computed.add(places.compile(each));
        slots[i] = places.newSlot();
        targets.add(slots[i]);
      } else {
        slots[i] = same;
      }
    }
    for (int i = 0; i < count; i++) {
      places.place(node.columns().get(i), slots[i]);
    }
    return new ProjectOperator(
        context,
        input,
        slots,
        computed.toArray(new Node[0]),
        targets.stream().mapToInt(Integer::intValue).toArray(),
        input.order(),
        text.toString());
  }

  @Override
  public CircuitOperator aggregate(LogicalPlan.Aggregate node) {
    SubqueryPlanner subqueries = new SubqueryPlanner(this, context, places, compiled(node.input()));
    AggregateOperator.Shape shape = new AggregateCompiler(places).shape(without(subqueries, node));
    CircuitOperator input = subqueries.input();
    if (isCorrelated(node)) {
      AggregateCompiler.requireDependent(shape);
      return new DependentAggregate(context, input, shape);
    }
    return new AggregateOperator(context, nextNumber(), input, shape, places.newSlot());
  }

  /** The same with references to slots in the place of subqueries. */
  private static LogicalPlan.Aggregate without(
      SubqueryPlanner subqueries, LogicalPlan.Aggregate node) {
    List<LogicalPlan.GroupKey> keys = new ArrayList<>();
    for (LogicalPlan.GroupKey each : node.keys()) {
      keys.add(
          new LogicalPlan.GroupKey(
              subqueries.rewrite(each.expression()), each.output(), each.collation()));
    }
    List<AggregateCall> calls = new ArrayList<>();
    for (AggregateCall each : node.calls()) {
      calls.add(
          new AggregateCall(
              each.function(),
              subqueries.rewriteAll(each.arguments()),
              each.distinct(),
              subqueries.rewriteNullable(each.filter()),
              each.orderBy(),
              each.output(),
              each.collation()));
    }
    return new LogicalPlan.Aggregate(node.input(), keys, calls, node.bare(), node.bareFollows());
  }

  @Override
  public CircuitOperator distinct(LogicalPlan.Distinct node) {
    CircuitOperator input = compiled(node.input());
    if (isCorrelated(node)) {
      return new DependentAggregate(
          context, input, AggregateCompiler.distinct(places, input, node.columns()));
    }
    return distinct(input, node.columns());
  }

  private CircuitOperator distinct(CircuitOperator input, List<BoundColumn> columns) {
    return new AggregateOperator(
        context,
        nextNumber(),
        input,
        AggregateCompiler.distinct(places, input, columns),
        places.newSlot());
  }

  @Override
  public CircuitOperator sort(LogicalPlan.Sort node) {
    CircuitOperator input = compiled(node.input());
    List<OrderPart> order = new ArrayList<>();
    List<Node> computed = new ArrayList<>();
    List<Integer> targets = new ArrayList<>();
    StringBuilder text = new StringBuilder();
    for (SortKey key : node.keys()) {
      if (!Keys.supports(key.collation())) {
        throw new NoIncrementalForm("an order under the collation " + key.collation().name());
      }
      refuseSubqueries(List.of(key.expression()), "a subquery in ORDER BY");
      Integer slot = places.plainSlot(key.expression());
      if (slot == null) {
        slot = places.newSlot();
        computed.add(places.compile(key.expression()));
        targets.add(slot);
      }
      text.append(text.isEmpty() ? "" : ", ").append(Texts.of(key.expression()));
      text.append(key.descending() ? " DESC" : "");
      order.add(new OrderPart(slot, key.collation(), key.descending(), key.nullsFirst()));
    }
    order.addAll(input.order());
    return new SortOperator(
        context,
        input,
        computed.toArray(new Node[0]),
        targets.stream().mapToInt(Integer::intValue).toArray(),
        order,
        text.toString());
  }

  @Override
  public CircuitOperator limit(LogicalPlan.Limit node) {
    CircuitOperator input = compiled(node.input());
    long limit = count(node.limit());
    long offset = node.offset() == null ? 0 : count(node.offset());
    if (isCorrelated(node)) {
      return new DependentTop(context, input, limit, offset);
    }
    List<KeyColumn> columns = new ArrayList<>();
    for (int i = 0; i < node.columns().size(); i++) {
      BoundColumn each = node.columns().get(i);
      columns.add(
          new KeyColumn(input.slots()[i], each.affinity(), each.collationOrBinary(), each.name()));
    }
    return new TopOperator(context, nextNumber(), input, limit, offset, columns);
  }

  private long count(BoundExpression expression) {
    refuseSubqueries(List.of(expression), "a subquery in LIMIT");
    Register value = new Register();
    places.compile(expression).evalInto(places.frame(), value);
    dev.turso.value.Affinity.NUMERIC.apply(value);
    if (value.tag != Tag.INTEGER) {
      throw new NoIncrementalForm("a LIMIT that is no integer");
    }
    return value.bits;
  }

  @Override
  public CircuitOperator setOperation(LogicalPlan.SetOperation node) {
    CircuitOperator left = compiled(node.left());
    CircuitOperator right = compiled(node.right());
    int[] slots = new int[node.columns().size()];
    for (int i = 0; i < slots.length; i++) {
      slots[i] = places.place(node.columns().get(i));
      BoundColumn one = node.left().columns().get(i);
      BoundColumn other = node.right().columns().get(i);
      if (one.affinity() != other.affinity() || !places.isTyped(one) || !places.isTyped(other)) {
        places.mix(slots[i]);
      }
    }
    UnionOperator both =
        new UnionOperator(
            context,
            List.of(left, right),
            slots,
            places.newSlot(),
            places.newSlot(),
            node.operator() == dev.turso.plan.logical.SetOperator.UNION);
    if (isCorrelated(node) && node.operator() != dev.turso.plan.logical.SetOperator.UNION_ALL) {
      throw new NoIncrementalForm("a compound query in a correlated subquery");
    }
    return switch (node.operator()) {
      case UNION_ALL -> both;
      case UNION -> distinct(both, node.columns());
      case INTERSECT -> counted(both, node, true);
      case EXCEPT -> counted(both, node, false);
    };
  }

  private CircuitOperator counted(
      UnionOperator both, LogicalPlan.SetOperation node, boolean inBoth) {
    AggregateOperator.Shape keys = AggregateCompiler.distinct(places, both, node.columns());
    return new SetOperator(context, nextNumber(), both, keys, inBoth);
  }

  @Override
  public CircuitOperator window(LogicalPlan.Window node) {
    if (isCorrelated(node)) {
      throw new NoIncrementalForm("a window function in a correlated subquery");
    }
    CircuitOperator input = compiled(node.input());
    return WholePartitions.is(node, places)
        ? joinedBack(node, input)
        : new WindowCompiler(context, places)
            .compile(node, input, nextNumber(), placeBounds.getOrDefault(node, Long.MAX_VALUE));
  }

  private CircuitOperator joinedBack(LogicalPlan.Window node, CircuitOperator input) {
    LogicalPlan.Aggregate aggregate = WholePartitions.aggregate(node, places);
    AggregateOperator totals =
        new AggregateOperator(
            context,
            nextNumber(),
            input,
            new AggregateCompiler(places).shape(aggregate),
            places.newSlot());
    List<Condition> condition = Conditions.compile(places, WholePartitions.condition(aggregate));
    JoinOperator join = new JoinOperator(context, List.of(input, totals), condition);
    int inputs = input.slots().length;
    int keys = aggregate.keys().size();
    int[] slots = Arrays.copyOf(input.slots(), inputs + aggregate.calls().size());
    System.arraycopy(totals.slots(), keys, slots, inputs, aggregate.calls().size());
    return new ProjectOperator(
        context, join, slots, new Node[0], new int[0], join.order(), "window of whole partitions");
  }

  /** What reads no table is evaluated once. */
  private CircuitOperator constant(LogicalPlan node) {
    int[] slots = new int[node.columns().size()];
    for (int i = 0; i < slots.length; i++) {
      slots[i] = places.place(node.columns().get(i));
    }
    EvaluatedOnce rows = new EvaluatedOnce(node, places.frame().parameters);
    return new EvaluatedOperator(context, slots, rows, places.newSlot());
  }

  @Override
  public CircuitOperator recursive(LogicalPlan.Recursive node) {
    if (EvaluatedOnce.isConstant(node)) {
      return constant(node);
    }
    throw new NoIncrementalForm("recursion");
  }

  @Override
  public CircuitOperator recursiveReference(LogicalPlan.RecursiveReference node) {
    throw new NoIncrementalForm("recursion");
  }

  @Override
  public CircuitOperator materialize(LogicalPlan.Materialize node) {
    // Each use has slots of its own, so the input is compiled anew.
    shared.clear();
    CircuitOperator input = node.input().accept(this);
    shared.clear();
    for (int i = 0; i < node.columns().size(); i++) {
      places.place(node.columns().get(i), input.slots()[i]);
    }
    return input;
  }
}
