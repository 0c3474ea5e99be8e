package dev.turso.plan.physical;

import dev.turso.plan.logical.BoundColumn;
import dev.turso.plan.logical.BoundExpression;
import dev.turso.plan.logical.FreeColumns;
import dev.turso.plan.logical.LogicalJoinKind;
import dev.turso.plan.logical.LogicalPlan;
import dev.turso.plan.logical.SetOperator;
import dev.turso.plan.logical.SortKey;
import dev.turso.plan.optimize.Optimizer;
import dev.turso.schema.ConstantDefault;
import dev.turso.schema.Table;
import dev.turso.value.Tag;
import dev.turso.value.Value;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Chooses how a logical plan is run.
 *
 * <p>One planner serves one statement: it remembers what was planned for its subqueries. Not
 * thread-safe.
 */
public final class PhysicalPlanner {

  private final TableKnowledge knowledge;
  private final BitSet used = new BitSet();
  private final Map<LogicalPlan, PhysicalPlan> subqueries = new IdentityHashMap<>();
  private final Map<LogicalPlan, Boolean> constants = new IdentityHashMap<>();
  private final Map<LogicalPlan, Planned> materialized = new IdentityHashMap<>();
  private final Map<Table, @Nullable Value[]> defaults = new IdentityHashMap<>();

  public PhysicalPlanner(TableKnowledge knowledge) {
    this.knowledge = knowledge;
  }

  /** The plan of a whole query: all its columns are wanted. */
  public PhysicalPlan plan(LogicalPlan bound) {
    LogicalPlan query = Optimizer.optimize(bound);
    UsedColumns walker = new UsedColumns(used);
    walker.walk(query);
    walker.all(query.columns());
    return relation(query, Wanted.NOTHING).plan();
  }

  /**
   * Prepares an expression outside the query that will be compiled: its subqueries are optimised, and
   * what they must give is noted.
   */
  public BoundExpression outside(BoundExpression expression) {
    BoundColumn column = new BoundColumn(-1, "", expression.affinity(), null, true, null, null);
    LogicalPlan row =
        new LogicalPlan.Project(new LogicalPlan.SingleRow(), List.of(expression), List.of(column));
    BoundExpression optimized = expression;
    if (Optimizer.optimize(row) instanceof LogicalPlan.Project project
        && project.input() instanceof LogicalPlan.SingleRow) {
      optimized = project.expressions().getFirst();
    }
    new UsedColumns(used).walk(optimized);
    return optimized;
  }

  /** The plan of a subquery; the same one each time. */
  public PhysicalPlan subquery(LogicalPlan query) {
    PhysicalPlan known = subqueries.get(query);
    if (known == null) {
      UsedColumns walker = new UsedColumns(used);
      walker.walk(query);
      walker.all(query.columns());
      known = relation(query, Wanted.NOTHING).plan();
      subqueries.put(query, known);
    }
    return known;
  }

  /** The plan of a subquery of which only matters whether it has a row. */
  public PhysicalPlan existence(LogicalPlan query) {
    PhysicalPlan known = subqueries.get(query);
    if (known == null) {
      new UsedColumns(used).walk(query);
      known = relation(withoutOrder(query), Wanted.NOTHING).plan();
      subqueries.put(query, known);
    }
    return known;
  }

  /** The query without the ORDER BY and DISTINCT that say nothing about whether there are rows. */
  private static LogicalPlan withoutOrder(LogicalPlan query) {
    if (query instanceof LogicalPlan.Limit limit) {
      return new LogicalPlan.Limit(withoutOrder(limit.input()), limit.limit(), limit.offset());
    } else if (query instanceof LogicalPlan.Sort sort) {
      return withoutOrder(sort.input());
    } else if (query instanceof LogicalPlan.Distinct distinct) {
      return withoutOrder(distinct.input());
    } else if (query instanceof LogicalPlan.Project project) {
      LogicalPlan input = withoutOrder(project.input());
      return input == project.input()
          ? project
          : new LogicalPlan.Project(input, project.expressions(), project.columns());
    }
    return query;
  }

  /** Whether a relation depends on no outer row, so that it is the same throughout an execution. */
  public boolean isConstant(LogicalPlan query) {
    Boolean known = constants.get(query);
    if (known == null) {
      known = FreeColumns.of(query).isEmpty() && !RecursiveUse.in(query);
      constants.put(query, known);
    }
    return known;
  }

  /** What a column has in rows that were written before it was added. */
  public Value defaultOf(Table table, int column) {
    if (table.columns().get(column).defaultExpression() == null) {
      return Value.NULL;
    }
    @Nullable Value[] known = defaults.get(table);
    if (known == null) {
      known = new Value[table.columns().size()];
      for (int i = 0; i < known.length; i++) {
        known[i] = ConstantDefault.of(table.columns().get(i));
      }
      defaults.put(table, known);
    }
    return Objects.requireNonNull(known[column]);
  }

  TableColumns columnsOf(LogicalPlan.Scan scan) {
    return new TableColumns(scan, used, knowledge);
  }

  List<BoundColumn> usedOf(List<BoundColumn> columns) {
    List<BoundColumn> all = new ArrayList<>();
    for (BoundColumn each : columns) {
      if (used.get(each.id())) {
        all.add(each);
      }
    }
    return all;
  }

  PhysicalPlan project(PhysicalPlan input, LogicalPlan.Project project) {
    List<BoundExpression> expressions = new ArrayList<>();
    List<BoundColumn> columns = new ArrayList<>();
    for (int i = 0; i < project.columns().size(); i++) {
      if (used.get(project.columns().get(i).id())) {
        expressions.add(project.expressions().get(i));
        columns.add(project.columns().get(i));
      }
    }
    return columns.isEmpty() ? input : new PhysicalPlan.Project(input, expressions, columns);
  }

  Planned relation(LogicalPlan plan, Wanted wanted) {
    if (plan instanceof LogicalPlan.Project node) {
      return project(node, wanted);
    } else if (plan instanceof LogicalPlan.Filter
        || plan instanceof LogicalPlan.Scan
        || plan instanceof LogicalPlan.Join) {
      return block(plan, wanted);
    } else if (plan instanceof LogicalPlan.Sort node) {
      return sort(node, wanted.limit());
    } else if (plan instanceof LogicalPlan.Limit node) {
      return limit(node, wanted);
    } else if (plan instanceof LogicalPlan.Aggregate node) {
      return new AggregatePlanner(this).plan(node);
    } else if (plan instanceof LogicalPlan.Distinct node) {
      Planned input = relation(node.input(), Wanted.order(wanted.order()));
      return new Planned(
          new PhysicalPlan.Distinct(input.plan(), node.on()),
          input.rows() / 2,
          input.cost() + input.rows(),
          input.order(),
          input.orderIsUnique());
    } else if (plan instanceof LogicalPlan.SingleRow) {
      return new Planned(new PhysicalPlan.SingleRow(), 1, 1, List.of(), true);
    }
    return rareRelation(plan);
  }

  private Planned rareRelation(LogicalPlan plan) {
    if (plan instanceof LogicalPlan.Values node) {
      return Planned.unordered(
          new PhysicalPlan.ValueRows(node.rows(), node.columns()),
          node.rows().size(),
          node.rows().size());
    } else if (plan instanceof LogicalPlan.SetOperation node) {
      return setOperation(node);
    } else if (plan instanceof LogicalPlan.TableFunction node) {
      double rows = node.function().estimatedRows(given(node));
      return Planned.unordered(new PhysicalPlan.FunctionScan(node, List.of()), rows, rows);
    } else if (plan instanceof LogicalPlan.Window node) {
      return window(node);
    } else if (plan instanceof LogicalPlan.Recursive node) {
      Planned seed = relation(node.seed(), Wanted.NOTHING);
      Planned step = relation(node.step(), Wanted.NOTHING);
      return Planned.unordered(
          new PhysicalPlan.Recursive(node, seed.plan(), step.plan()), 1000, 1000 * step.cost());
    } else if (plan instanceof LogicalPlan.RecursiveReference node) {
      return Planned.unordered(new PhysicalPlan.RecursiveReference(node), 1, 1);
    } else if (plan instanceof LogicalPlan.Materialize node) {
      return materialize(node);
    }
    throw new IllegalStateException("no plan for " + plan.getClass().getSimpleName());
  }

  private static List<Boolean> given(LogicalPlan.TableFunction call) {
    List<Boolean> given = new ArrayList<>();
    call.arguments().forEach(each -> given.add(each != null));
    return given;
  }

  private Planned project(LogicalPlan.Project node, Wanted wanted) {
    Wanted inner = wanted.withOrder(translate(wanted.order(), node));
    Planned input = relation(node.input(), inner);
    List<SortKey> order = translateBack(input.order(), node);
    boolean complete = order.size() == input.order().size();
    return new Planned(
        project(input.plan(), node),
        input.rows(),
        input.cost(),
        order,
        complete && input.orderIsUnique());
  }

  /** An order over a projection's columns as one over its input; empty if there is none. */
  private static List<SortKey> translate(List<SortKey> keys, LogicalPlan.Project node) {
    List<SortKey> all = new ArrayList<>();
    for (SortKey key : keys) {
      int at =
          key.expression() instanceof BoundExpression.ColumnReference reference
              ? node.columns().indexOf(reference.column())
              : -1;
      if (at < 0) {
        return List.of();
      }
      all.add(
          new SortKey(
              node.expressions().get(at), key.descending(), key.nullsFirst(), key.collation()));
    }
    return all;
  }

  private static List<SortKey> translateBack(List<SortKey> keys, LogicalPlan.Project node) {
    List<SortKey> all = new ArrayList<>();
    for (SortKey key : keys) {
      int at = node.expressions().indexOf(key.expression());
      if (at < 0) {
        return all;
      }
      all.add(
          new SortKey(
              new BoundExpression.ColumnReference(node.columns().get(at)),
              key.descending(),
              key.nullsFirst(),
              key.collation()));
    }
    return all;
  }

  private Planned block(LogicalPlan plan, Wanted wanted) {
    JoinBlock block = JoinBlock.of(plan);
    if (block.inputs.size() == 1 && isOuterJoin(block.inputs.get(0).plan)) {
      return overOuterJoin(block, plan);
    }
    pushDown(block);
    BlockAccess access = new BlockAccess(block, this);
    BitSet fixed = block.fixedColumns();
    List<Step> steps = new JoinPlanner(block, access).plan(inside(wanted, block), fixed);
    double rows = 1;
    double cost = 0;
    for (Step each : steps) {
      cost += each.setup() + rows * each.cost();
      rows = Math.max(1, rows * each.rows());
    }
    PhysicalPlan assembled = new BlockAssembler(block, access, this).assemble(steps);
    List<SortKey> order = free(JoinPlanner.order(steps), fixed);
    boolean unique = JoinPlanner.isUnique(steps);
    for (LogicalPlan.Project each : block.projections) {
      int before = order.size();
      order = both(order, translateBack(order, each));
      unique &= before <= order.size();
    }
    if (!wanted.order().isEmpty()
        && Orders.satisfies(
            JoinPlanner.order(steps), unique, inside(wanted, block).order(), fixed)) {
      return new Planned(assembled, rows, cost, wanted.order(), false);
    }
    return new Planned(assembled, rows, cost, order, unique);
  }

  private static List<SortKey> both(List<SortKey> own, List<SortKey> translated) {
    return translated.isEmpty() ? own : translated;
  }

  private static List<SortKey> free(List<SortKey> order, BitSet fixed) {
    List<SortKey> all = new ArrayList<>();
    for (SortKey each : order) {
      if (!(each.expression() instanceof BoundExpression.ColumnReference reference
          && fixed.get(reference.column().id()))) {
        all.add(each);
      }
    }
    return all;
  }

  /** The wanted order in terms of the block's inputs. */
  private static Wanted inside(Wanted wanted, JoinBlock block) {
    List<SortKey> keys = wanted.order();
    if (keys.isEmpty()) {
      return wanted;
    }
    for (int i = block.projections.size() - 1; i >= 0; i--) {
      List<SortKey> translated = translate(keys, block.projections.get(i));
      keys = translated.isEmpty() ? keys : translated;
    }
    return wanted.withOrder(keys);
  }

  private static boolean isOuterJoin(LogicalPlan plan) {
    return plan instanceof LogicalPlan.Join;
  }

  private Planned overOuterJoin(JoinBlock block, LogicalPlan plan) {
    LogicalPlan.Join join = (LogicalPlan.Join) block.inputs.get(0).plan;
    Planned joined = new OuterJoinPlanner(this).plan(join);
    PhysicalPlan result = joined.plan();
    if (!block.conjuncts.isEmpty()) {
      result = new PhysicalPlan.Filter(result, Conjunct.expressions(block.conjuncts));
    }
    for (LogicalPlan.Project each : block.projections) {
      result = project(result, each);
    }
    return Planned.unordered(result, joined.rows(), joined.cost());
  }

  /** Moves conditions over one relation into it, where that is possible. */
  private void pushDown(JoinBlock block) {
    for (BlockInput input : block.inputs) {
      if (input.kind == LogicalJoinKind.LEFT || input.plan instanceof LogicalPlan.Scan) {
        continue;
      }
      List<Conjunct> moved = new ArrayList<>();
      for (Conjunct each : block.conjuncts) {
        if (each.inputs == input.bit()) {
          LogicalPlan inside = Pushdown.push(input.plan, each.expression);
          if (inside != null) {
            input.plan = inside;
            moved.add(each);
            new UsedColumns(used).walk(inside);
          }
        }
      }
      block.conjuncts.removeAll(moved);
    }
  }

  private Planned sort(LogicalPlan.Sort node, double limit) {
    Planned input = relation(node.input(), new Wanted(node.keys(), limit));
    if (Orders.satisfies(input.order(), input.orderIsUnique(), node.keys(), new BitSet())
        || input.rows() <= 1 && input.orderIsUnique() && input.order().isEmpty()) {
      return input;
    }
    PhysicalPlan.Sort sort =
        new PhysicalPlan.Sort(input.plan(), node.keys(), usedOf(node.input().columns()));
    return new Planned(
        sort, input.rows(), input.cost() + Estimates.sort(input.rows()), node.keys(), false);
  }

  private Planned limit(LogicalPlan.Limit node, Wanted wanted) {
    double most = Double.POSITIVE_INFINITY;
    if (node.limit() instanceof BoundExpression.Constant constant
        && constant.value().tag() == Tag.INTEGER
        && constant.value().bits() >= 0) {
      most = constant.value().bits();
    }
    Planned input = relation(node.input(), new Wanted(wanted.order(), most));
    PhysicalPlan plan =
        input.plan() instanceof PhysicalPlan.Sort sort
            ? new PhysicalPlan.Top(sort, node.limit(), node.offset())
            : new PhysicalPlan.Limit(input.plan(), node.limit(), node.offset());
    return new Planned(
        plan, Math.min(most, input.rows()), input.cost(), input.order(), input.orderIsUnique());
  }

  private Planned setOperation(LogicalPlan.SetOperation node) {
    if (node.operator() == SetOperator.UNION_ALL) {
      return concatenation(node);
    }
    Planned left = relation(node.left(), Wanted.NOTHING);
    Planned right = relation(node.right(), Wanted.NOTHING);
    PhysicalPlan plan =
        new PhysicalPlan.SetOperation(
            node.operator(),
            left.plan(),
            node.left().columns(),
            right.plan(),
            node.right().columns(),
            node.columns());
    double rows = left.rows() + right.rows();
    List<SortKey> order = new ArrayList<>();
    for (BoundColumn each : node.columns()) {
      order.add(
          new SortKey(
              new BoundExpression.ColumnReference(each), false, true, each.collationOrBinary()));
    }
    return new Planned(plan, rows, left.cost() + right.cost() + Estimates.sort(rows), order, true);
  }

  private Planned concatenation(LogicalPlan.SetOperation node) {
    List<PhysicalPlan> inputs = new ArrayList<>();
    List<List<BoundColumn>> columns = new ArrayList<>();
    double rows = 0;
    double cost = 0;
    List<LogicalPlan> sides = new ArrayList<>();
    LogicalPlan at = node;
    while (at instanceof LogicalPlan.SetOperation set && set.operator() == SetOperator.UNION_ALL) {
      sides.add(0, set.right());
      at = set.left();
    }
    sides.add(0, at);
    for (LogicalPlan each : sides) {
      Planned side = relation(each, Wanted.NOTHING);
      inputs.add(side.plan());
      columns.add(each.columns());
      rows += side.rows();
      cost += side.cost();
    }
    return Planned.unordered(
        new PhysicalPlan.Concatenation(inputs, columns, node.columns()), rows, cost);
  }

  private Planned window(LogicalPlan.Window node) {
    Planned input = relation(node.input(), Wanted.NOTHING);
    PhysicalPlan plan =
        new PhysicalPlan.Window(
            input.plan(),
            node.partitionBy(),
            node.orderBy(),
            node.calls(),
            usedOf(node.input().columns()));
    List<SortKey> order = new ArrayList<>(node.partitionBy());
    order.addAll(node.orderBy());
    return new Planned(
        plan, input.rows(), input.cost() + Estimates.sort(input.rows()), order, false);
  }

  private Planned materialize(LogicalPlan.Materialize node) {
    Planned input = materialized.get(node.input());
    if (input == null) {
      input = relation(node.input(), Wanted.NOTHING);
      materialized.put(node.input(), input);
    }
    PhysicalPlan plan = new PhysicalPlan.Materialize(node, input.plan(), isConstant(node.input()));
    return Planned.unordered(plan, input.rows(), input.cost());
  }
}
