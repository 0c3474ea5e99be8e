package dev.turso.exec.operator;

import dev.turso.error.SqlException;
import dev.turso.exec.expression.ExpressionCompiler;
import dev.turso.exec.expression.Frame;
import dev.turso.exec.expression.Locations;
import dev.turso.exec.expression.MemoNode;
import dev.turso.exec.expression.Node;
import dev.turso.exec.expression.RowSource;
import dev.turso.exec.expression.SubqueryCompiler;
import dev.turso.function.CallPurpose;
import dev.turso.plan.logical.BoundColumn;
import dev.turso.plan.logical.BoundExpression;
import dev.turso.plan.logical.LogicalJoinKind;
import dev.turso.plan.logical.LogicalPlan;
import dev.turso.plan.logical.SortKey;
import dev.turso.plan.physical.AccessPath;
import dev.turso.plan.physical.PhysicalPlan;
import dev.turso.plan.physical.PhysicalPlanner;
import dev.turso.value.Affinity;
import dev.turso.value.Collation;
import dev.turso.vtab.TableFunction;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Makes operators of a physical plan.
 *
 * <p>Everything that is built with one builder shares a frame: the parts of a statement, its
 * subqueries, and the rows that whoever runs triggers or constraints places there beforehand. Not
 * thread-safe.
 */
public final class ExecutableBuilder implements SubqueryCompiler {

  private final Frame frame;
  private final Locations locations;
  private final PhysicalPlanner planner;
  private final ExpressionCompiler compiler;
  private final AccessBuilder access;
  private final List<Resettable> resettables = new ArrayList<>();
  private final Map<Integer, MaterializedTable> materialized = new HashMap<>();
  private final Map<Integer, RecursivePlace> recursions = new HashMap<>();
  private final Map<PhysicalPlan, PlanMeasure> measures = new IdentityHashMap<>();
  private boolean measuring;
  private boolean changing;

  private record RecursivePlace(int source, int firstField) {}

  public ExecutableBuilder(PhysicalPlanner planner) {
    this(new Frame(), new Locations(), planner, CallPurpose.QUERY);
  }

  public ExecutableBuilder(
      Frame frame, Locations locations, PhysicalPlanner planner, CallPurpose purpose) {
    this.frame = frame;
    this.locations = locations;
    this.planner = planner;
    this.compiler = new ExpressionCompiler(locations, this, purpose);
    this.access = new AccessBuilder(this);
  }

  public Frame frame() {
    return frame;
  }

  public Locations locations() {
    return locations;
  }

  /** Counts rows and time of every operator built from now on. */
  public void measure() {
    measuring = true;
  }

  /** The node of an expression over columns that have been placed. */
  public Node compile(BoundExpression expression) {
    return compiler.compile(expression);
  }

  /** As {@link #compile}, but subqueries are run at every evaluation: tables change in between. */
  public Node compileForChangingTables(BoundExpression expression) {
    changing = true;
    Node node = compileOutside(expression);
    changing = false;
    return node;
  }

  private boolean isConstant(LogicalPlan query) {
    return !changing && planner.isConstant(query);
  }

  /** Likewise, for an expression that is no part of a plan built here; subqueries may occur. */
  public Node compileOutside(BoundExpression expression) {
    BoundExpression optimized = planner.outside(expression);
    return compiler.compile(optimized);
  }

  ExpressionCompiler compiler() {
    return compiler;
  }

  PhysicalPlanner planner() {
    return planner;
  }

  /** The conditions as one node, or null if there are none. */
  @Nullable Node conjunction(List<BoundExpression> conditions) {
    if (conditions.isEmpty()) {
      return null;
    }
    BoundExpression all = conditions.get(0);
    for (int i = 1; i < conditions.size(); i++) {
      all = new BoundExpression.And(all, conditions.get(i));
    }
    return compile(all);
  }

  /** A whole query, ready to run: rows have the given columns. */
  public Executable executable(PhysicalPlan plan, List<BoundColumn> columns) {
    Operator root = build(plan);
    return new Executable(frame, root, nodes(columns), resettables, measures);
  }

  /** A whole query given as logical plan. */
  public Executable executable(LogicalPlan plan) {
    return executable(planner.plan(plan), plan.columns());
  }

  /** A whole query, its rows in an order; equal ones stay in the order they came. */
  public Executable sorted(LogicalPlan plan, List<SortKey> keys) {
    List<BoundColumn> columns = plan.columns();
    return executable(new PhysicalPlan.Sort(planner.plan(plan), keys, columns), columns);
  }

  Node[] nodes(List<BoundColumn> columns) {
    Node[] nodes = new Node[columns.size()];
    for (int i = 0; i < nodes.length; i++) {
      nodes[i] = locations.get(columns.get(i));
    }
    return nodes;
  }

  void resettable(Resettable each) {
    resettables.add(each);
  }

  Operator build(PhysicalPlan plan) {
    Operator built = buildBare(plan);
    if (!measuring) {
      return built;
    }
    PlanMeasure measure = measures.computeIfAbsent(plan, p -> new PlanMeasure());
    return new MeasuredOperator(built, measure);
  }

  private Operator buildBare(PhysicalPlan plan) {
    if (plan instanceof PhysicalPlan.TableAccess node) {
      return access.build(node).operator();
    } else if (plan instanceof PhysicalPlan.Project node) {
      return project(node);
    } else if (plan instanceof PhysicalPlan.Filter node) {
      Operator input = build(node.input());
      return new FilterOperator(frame, input, requireNonNull(conjunction(node.conditions())));
    } else if (plan instanceof PhysicalPlan.Gate node) {
      Operator input = build(node.input());
      return new GateOperator(frame, input, requireNonNull(conjunction(node.conditions())));
    } else if (plan instanceof PhysicalPlan.NestedLoop node) {
      return nestedLoop(node);
    } else if (plan instanceof PhysicalPlan.HashJoin node) {
      return hashJoin(node);
    } else if (plan instanceof PhysicalPlan.Limit node) {
      Operator input = build(node.input());
      return new LimitOperator(frame, input, compile(node.limit()), nullable(node.offset()));
    } else if (plan instanceof PhysicalPlan.Sort node) {
      return sort(node);
    } else if (plan instanceof PhysicalPlan.Top node) {
      return top(node);
    } else if (plan instanceof PhysicalPlan.Aggregate node) {
      return new AggregateBuilder(this).build(node);
    } else if (plan instanceof PhysicalPlan.SingleRow) {
      return new SingleRowOperator();
    } else {
      return buildRare(plan);
    }
  }

  private Operator buildRare(PhysicalPlan plan) {
    if (plan instanceof PhysicalPlan.CountRows node) {
      return access.count(node);
    } else if (plan instanceof PhysicalPlan.Distinct node) {
      Operator input = build(node.input());
      Node[] nodes = nodes(node.columns());
      return new DistinctOperator(frame, input, nodes, collations(node.columns()));
    } else if (plan instanceof PhysicalPlan.ValueRows node) {
      return values(node);
    } else if (plan instanceof PhysicalPlan.Concatenation node) {
      return concatenation(node);
    } else if (plan instanceof PhysicalPlan.SetOperation node) {
      return setOperation(node);
    } else if (plan instanceof PhysicalPlan.FunctionScan node) {
      return functionScan(node);
    } else if (plan instanceof PhysicalPlan.Window node) {
      return new WindowBuilder(this).build(node);
    } else if (plan instanceof PhysicalPlan.Recursive node) {
      return recursive(node);
    } else if (plan instanceof PhysicalPlan.RecursiveReference node) {
      RecursivePlace place = requireNonNull(recursions.get(node.reference().id()));
      place(node.reference().columns(), place.source(), place.firstField());
      return new RecursiveReferenceOperator();
    } else if (plan instanceof PhysicalPlan.Materialize node) {
      return materialize(node);
    }
    throw new IllegalStateException("no operator for " + plan.getClass().getSimpleName());
  }

  static <T> T requireNonNull(@Nullable T value) {
    if (value == null) {
      throw new IllegalStateException("a part of the plan is missing");
    }
    return value;
  }

  @Nullable Node nullable(@Nullable BoundExpression expression) {
    return expression == null ? null : compile(expression);
  }

  static Collation[] collations(List<BoundColumn> columns) {
    Collation[] all = new Collation[columns.size()];
    for (int i = 0; i < all.length; i++) {
      all[i] = columns.get(i).collationOrBinary();
    }
    return all;
  }

  /** Places columns at consecutive fields of a source. */
  void place(List<BoundColumn> columns, int source, int firstField) {
    for (int i = 0; i < columns.size(); i++) {
      locations.placeField(columns.get(i), source, firstField + i);
    }
  }

  private int[] placeSlots(List<BoundColumn> columns) {
    int[] slots = new int[columns.size()];
    for (int i = 0; i < slots.length; i++) {
      slots[i] = frame.addSlot();
      locations.placeSlotOfSubquery(columns.get(i), slots[i]);
    }
    return slots;
  }

  private Operator values(PhysicalPlan.ValueRows node) {
    Node[][] rows = new Node[node.rows().size()][];
    for (int i = 0; i < rows.length; i++) {
      rows[i] = compiler.compileAll(node.rows().get(i));
    }
    return new ValuesOperator(frame, rows, placeSlots(node.columns()));
  }

  private Operator project(PhysicalPlan.Project node) {
    Operator input = build(node.input());
    List<MemoNode> computed = new ArrayList<>();
    for (int i = 0; i < node.columns().size(); i++) {
      BoundExpression expression = node.expressions().get(i);
      Node value = compile(expression);
      if (!isFree(expression)) {
        MemoNode memo = new MemoNode(value);
        computed.add(memo);
        value = memo;
      }
      locations.placeOfSubquery(node.columns().get(i), value);
    }
    if (computed.isEmpty()) {
      return input;
    }
    return new ProjectOperator(input, computed.toArray(new MemoNode[0]));
  }

  /** Whether computing the expression again costs nothing. */
  private static boolean isFree(BoundExpression expression) {
    return expression instanceof BoundExpression.ColumnReference
        || expression instanceof BoundExpression.Constant
        || expression instanceof BoundExpression.Parameter;
  }

  private Operator nestedLoop(PhysicalPlan.NestedLoop node) {
    Operator outer = build(node.outer());
    Operator inner;
    int[] padded = {};
    if (node.kind() != LogicalJoinKind.LEFT) {
      inner = build(node.inner());
    } else if (!measuring && node.inner() instanceof PhysicalPlan.TableAccess table) {
      AccessBuilder.Built built = access.build(table);
      inner = built.operator();
      padded = built.sources();
    } else {
      inner = build(node.inner());
      int guard = frame.addRow();
      guard(node.innerColumns(), guard);
      padded = new int[] {guard};
    }
    Node condition = conjunction(node.conditions());
    boolean fixed =
        node.kind() == LogicalJoinKind.INNER && condition == null && isWholeTable(node.inner());
    return new NestedLoopOperator(frame, outer, inner, node.kind(), condition, padded, fixed);
  }

  private static boolean isWholeTable(PhysicalPlan plan) {
    return plan instanceof PhysicalPlan.TableAccess access
        && access.filter().isEmpty()
        && (access.path() instanceof AccessPath.FullScan
            || access.path() instanceof AccessPath.IndexScan scan
                && scan.equal().isEmpty()
                && scan.lower() == null
                && scan.upper() == null);
  }

  private void guard(List<BoundColumn> columns, int source) {
    for (BoundColumn each : columns) {
      if (locations.has(each)) {
        locations.guard(each, source);
      }
    }
  }

  private Operator hashJoin(PhysicalPlan.HashJoin node) {
    int n = node.keys().size();
    Node[] outerKeys = new Node[n];
    Node[] innerKeys = new Node[n];
    Affinity[] affinities = new Affinity[n];
    Collation[] collations = new Collation[n];
    boolean[] nullsEqual = new boolean[n];
    Operator outer = build(node.outer());
    for (int i = 0; i < n; i++) {
      outerKeys[i] = compile(node.keys().get(i).outer());
    }
    Operator inner = build(node.inner());
    for (int i = 0; i < n; i++) {
      PhysicalPlan.HashJoin.Key key = node.keys().get(i);
      innerKeys[i] = compile(key.inner());
      affinities[i] = key.affinity();
      collations[i] = key.collation();
      nullsEqual[i] = key.nullsEqual();
    }
    JoinKeys keys = new JoinKeys(outerKeys, innerKeys, affinities, collations, nullsEqual);
    StoredColumns stored = store(node.innerColumns(), 0);
    Node condition = conjunction(node.conditions());
    RowSource outerGuard = null;
    if (node.kind().padsLeft()) {
      int guard = frame.addRow();
      guard(node.outerColumns(), guard);
      outerGuard = frame.rows[guard];
    }
    HashJoinOperator join =
        new HashJoinOperator(
            frame,
            outer,
            inner,
            node.kind(),
            keys,
            condition,
            stored,
            outerGuard,
            node.innerConstant());
    resettable(join);
    return join;
  }

  /** Keeps columns in records whose first fields are something else. */
  StoredColumns store(List<BoundColumn> columns, int fieldsBefore) {
    Node[] nodes = nodes(columns);
    int source = frame.addRow();
    place(columns, source, fieldsBefore);
    return new StoredColumns(nodes, source);
  }

  private Operator sort(PhysicalPlan.Sort node) {
    Operator input = build(node.input());
    Node[] keys = keyNodes(node.keys());
    StoredColumns stored = storeSorted(node);
    return new SortOperator(frame, input, keys, RowOrder.of(node.keys()), stored);
  }

  private Operator top(PhysicalPlan.Top node) {
    PhysicalPlan.Sort sort = node.sort();
    Operator input = build(sort.input());
    Node[] keys = keyNodes(sort.keys());
    RowOrder order = RowOrder.of(sort.keys());
    StoredColumns stored = storeSorted(sort);
    SortOperator fallback = new SortOperator(frame, input, keys, order, stored);
    Node limit = compile(node.limit());
    Node offset = nullable(node.offset());
    TopOperator top = new TopOperator(frame, input, keys, order, stored, limit, offset, fallback);
    return new LimitOperator(frame, top, limit, offset);
  }

  Node[] keyNodes(List<SortKey> keys) {
    Node[] nodes = new Node[keys.size()];
    for (int i = 0; i < nodes.length; i++) {
      nodes[i] = compile(keys.get(i).expression());
    }
    return nodes;
  }

  /** Keeps the columns of sorted rows; one that is a sort key is not kept twice. */
  private StoredColumns storeSorted(PhysicalPlan.Sort node) {
    List<Node> nodes = new ArrayList<>();
    int source = frame.addRow();
    int field = node.keys().size();
    for (BoundColumn each : node.stored()) {
      int key = keyOf(each, node.keys());
      if (key >= 0) {
        locations.placeField(each, source, key);
      } else {
        nodes.add(locations.get(each));
        locations.placeField(each, source, field++);
      }
    }
    return new StoredColumns(nodes.toArray(new Node[0]), source);
  }

  private static int keyOf(BoundColumn column, List<SortKey> keys) {
    for (int i = 0; i < keys.size(); i++) {
      if (keys.get(i).expression() instanceof BoundExpression.ColumnReference reference
          && reference.column().equals(column)) {
        return i;
      }
    }
    return -1;
  }

  private Operator concatenation(PhysicalPlan.Concatenation node) {
    int n = node.inputs().size();
    Operator[] inputs = new Operator[n];
    Node[][] columns = new Node[n][];
    for (int i = 0; i < n; i++) {
      inputs[i] = build(node.inputs().get(i));
      columns[i] = nodes(node.inputColumns().get(i));
    }
    return new ConcatenationOperator(frame, inputs, columns, placeSlots(node.columns()));
  }

  private Operator setOperation(PhysicalPlan.SetOperation node) {
    Operator left = build(node.left());
    Node[] leftColumns = nodes(node.leftColumns());
    Operator right = build(node.right());
    Node[] rightColumns = nodes(node.rightColumns());
    int source = frame.addRow();
    place(node.columns(), source, 0);
    return new SetOperator(
        frame,
        node.operator(),
        left,
        leftColumns,
        right,
        rightColumns,
        collations(node.columns()),
        source);
  }

  private Operator functionScan(PhysicalPlan.FunctionScan node) {
    LogicalPlan.TableFunction call = node.call();
    if (!(call.function() instanceof TableFunction function)) {
      throw SqlException.unsupported("the table-valued function " + call.function().name());
    }
    @Nullable Node[] arguments = new Node[call.arguments().size()];
    for (int i = 0; i < arguments.length; i++) {
      arguments[i] = nullable(call.arguments().get(i));
    }
    FunctionScanOperator scan =
        new FunctionScanOperator(frame, function, arguments, frame.addRow());
    int width = function.columns().size();
    for (int i = 0; i < call.columns().size(); i++) {
      locations.place(call.columns().get(i), scan.column(i < width ? i : -1));
    }
    Node filter = conjunction(node.filter());
    if (filter != null) {
      scan.filter(filter);
    }
    return scan;
  }

  private Operator recursive(PhysicalPlan.Recursive node) {
    LogicalPlan.Recursive query = node.query();
    int keyCount = query.orderBy().size();
    int current = frame.addRow();
    int entering = frame.addRow();
    recursions.put(query.id(), new RecursivePlace(current, keyCount));
    Operator seed = build(node.seed());
    Node[] seedColumns = nodes(query.seed().columns());
    Operator step = build(node.step());
    Node[] stepColumns = nodes(query.step().columns());
    place(query.columns(), entering, 0);
    Node[] keys = keyNodes(query.orderBy());
    place(query.columns(), current, keyCount);
    KeyTable seen = query.distinct() ? new KeyTable(collations(query.columns()), frame) : null;
    return new RecursiveOperator(
        frame,
        seed,
        seedColumns,
        step,
        stepColumns,
        keys,
        keyCount == 0 ? null : RowOrder.of(query.orderBy()),
        seen,
        nullable(query.limit()),
        nullable(query.offset()),
        current,
        entering);
  }

  private Operator materialize(PhysicalPlan.Materialize node) {
    LogicalPlan.Materialize query = node.query();
    MaterializedTable table = materialized.get(query.id());
    if (table == null) {
      Operator input = build(node.input());
      StoredColumns stored = new StoredColumns(nodes(query.input().columns()), -1);
      table = new MaterializedTable(frame, input, stored);
      materialized.put(query.id(), table);
      resettable(table);
    }
    int source = frame.addRow();
    place(query.columns(), source, 0);
    return new MaterializedScanOperator(frame, table, !node.constant(), source);
  }

  @Override
  public Node scalar(BoundExpression.ScalarSubquery subquery) {
    Operator query = build(planner.subquery(subquery.plan()));
    Node column = locations.get(subquery.plan().columns().get(subquery.column()));
    ScalarSubqueryNode node = new ScalarSubqueryNode(query, column, isConstant(subquery.plan()));
    resettable(node);
    return node;
  }

  @Override
  public Node exists(BoundExpression.Exists subquery) {
    Operator query = build(planner.existence(subquery.plan()));
    ExistsNode node = new ExistsNode(query, subquery.negated(), isConstant(subquery.plan()));
    resettable(node);
    return node;
  }

  @Override
  public Node in(BoundExpression.InSubquery subquery, Node[] operands) {
    Operator query = build(planner.subquery(subquery.plan()));
    InSubqueryNode node =
        new InSubqueryNode(
            frame,
            operands,
            query,
            nodes(subquery.plan().columns()),
            subquery.affinities().toArray(new Affinity[0]),
            subquery.collations().toArray(new Collation[0]),
            subquery.negated(),
            isConstant(subquery.plan()));
    resettable(node);
    return node;
  }
}
