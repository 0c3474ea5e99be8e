package dev.turso.plan.physical;

import dev.turso.plan.logical.BoundColumn;
import dev.turso.plan.logical.BoundExpression;
import dev.turso.plan.logical.ComparisonOperator;
import dev.turso.plan.logical.FreeColumns;
import dev.turso.plan.logical.LogicalJoinKind;
import dev.turso.plan.logical.LogicalPlan;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A tree of joins, filters and simple projections taken apart: inputs in the order of the text, and
 * conjuncts.
 *
 * <p>LEFT inputs keep their ON conditions apart, since those decide about partners, not about rows.
 * RIGHT, FULL, semi and anti joins are not taken apart: each is one input.
 */
final class JoinBlock {

  private static final int MOST_INPUTS = 60;

  final List<BlockInput> inputs = new ArrayList<>();
  final List<Conjunct> conjuncts = new ArrayList<>();

  /** Projections that were taken out; they go on top of the block again, in this order. */
  final List<LogicalPlan.Project> projections = new ArrayList<>();

  private final Map<BoundColumn, BoundExpression> definitions = new HashMap<>();

  /** Right sides of joins whose left sides are being taken apart. */
  private int pending;

  private JoinBlock() {}

  static JoinBlock of(LogicalPlan plan) {
    JoinBlock block = new JoinBlock();
    block.take(plan, LogicalJoinKind.INNER);
    block.substitute();
    block.link();
    block.strengthen();
    OrConditions.take(block);
    new FunctionArguments(block).take();
    return block;
  }

  private void take(LogicalPlan plan, LogicalJoinKind kind) {
    if (plan instanceof LogicalPlan.Filter filter) {
      take(filter.input(), kind);
      Conjunct.split(filter.predicate(), conjuncts);
    } else if (plan instanceof LogicalPlan.Join join && isOpen(join)) {
      pending++;
      take(join.left(), kind);
      pending--;
      if (join.kind() == LogicalJoinKind.LEFT) {
        takeLeft(join);
      } else {
        takeInner(join);
      }
    } else if (plan instanceof LogicalPlan.Project project
        && isJoin(project.input())
        && Substitution.isPure(project.expressions())) {
      take(project.input(), kind);
      projections.add(project);
      for (int i = 0; i < project.columns().size(); i++) {
        definitions.put(project.columns().get(i), project.expressions().get(i));
      }
    } else {
      inputs.add(new BlockInput(inputs.size(), plan, kind));
    }
  }

  private boolean isOpen(LogicalPlan.Join join) {
    return inputs.size() + pending < MOST_INPUTS
        && (join.kind() == LogicalJoinKind.INNER
            || join.kind() == LogicalJoinKind.CROSS
            || join.kind() == LogicalJoinKind.LEFT);
  }

  private static boolean isJoin(LogicalPlan plan) {
    return plan instanceof LogicalPlan.Scan
        || plan instanceof LogicalPlan.TableFunction
        || plan instanceof LogicalPlan.Join
        || plan instanceof LogicalPlan.Filter filter && isJoin(filter.input())
        || plan instanceof LogicalPlan.Project project
            && isJoin(project.input())
            && Substitution.isPure(project.expressions());
  }

  private void takeInner(LogicalPlan.Join join) {
    int first = inputs.size();
    take(join.right(), LogicalJoinKind.INNER);
    if (join.kind() == LogicalJoinKind.CROSS) {
      long left = (1L << first) - 1;
      for (int i = first; i < inputs.size(); i++) {
        inputs.get(i).before |= left;
      }
      inputs.get(first).kind = LogicalJoinKind.CROSS;
    }
    if (join.condition() != null) {
      Conjunct.split(join.condition(), conjuncts);
    }
  }

  private void takeLeft(LogicalPlan.Join join) {
    LogicalPlan right = join.right();
    List<Conjunct> inside = new ArrayList<>();
    while (right instanceof LogicalPlan.Filter filter
        && filter.input() instanceof LogicalPlan.Scan) {
      Conjunct.split(filter.predicate(), inside);
      right = filter.input();
    }
    BlockInput input = new BlockInput(inputs.size(), right, LogicalJoinKind.LEFT);
    input.before = (1L << inputs.size()) - 1;
    input.on.addAll(inside);
    if (join.condition() != null) {
      Conjunct.split(join.condition(), input.on);
    }
    inputs.add(input);
  }

  /** Replaces the columns of projections taken out by what they stand for. */
  private void substitute() {
    if (definitions.isEmpty()) {
      return;
    }
    Substitution substitution = new Substitution(definitions);
    replace(conjuncts, substitution);
    for (BlockInput each : inputs) {
      replace(each.on, substitution);
      each.plan = substitution.inPlan(each.plan);
    }
  }

  private static void replace(List<Conjunct> list, Substitution substitution) {
    for (int i = 0; i < list.size(); i++) {
      BoundExpression before = list.get(i).expression;
      BoundExpression after = substitution.rewrite(before);
      if (after != before) {
        list.set(i, new Conjunct(after));
      }
    }
  }

  private void link() {
    for (Conjunct each : conjuncts) {
      link(each);
    }
    for (BlockInput input : inputs) {
      for (Conjunct each : input.on) {
        link(each);
      }
      if (!(input.plan instanceof LogicalPlan.Scan)) {
        input.before |= inputsOf(freeOf(input.plan)) & ~input.bit();
      }
    }
  }

  private static BitSet freeOf(LogicalPlan plan) {
    BitSet free = new BitSet();
    for (BoundColumn each : FreeColumns.of(plan)) {
      free.set(each.id());
    }
    return free;
  }

  private void link(Conjunct conjunct) {
    conjunct.inputs = inputsOf(conjunct.columns);
  }

  long inputsOf(BitSet columns) {
    long mask = 0;
    for (BlockInput each : inputs) {
      if (each.columns.intersects(columns)) {
        mask |= each.bit();
      }
    }
    return mask;
  }

  /** A LEFT input whose missing rows a condition throws away anyway becomes an inner one. */
  private void strengthen() {
    boolean again = true;
    while (again) {
      again = false;
      for (BlockInput each : inputs) {
        if (each.kind == LogicalJoinKind.LEFT && isNeeded(each)) {
          each.kind = LogicalJoinKind.INNER;
          each.before = 0;
          if (!(each.plan instanceof LogicalPlan.Scan)) {
            each.before = inputsOf(freeOf(each.plan)) & ~each.bit();
          }
          conjuncts.addAll(each.on);
          each.on.clear();
          again = true;
        }
      }
    }
  }

  private boolean isNeeded(BlockInput input) {
    for (Conjunct each : conjuncts) {
      if ((each.inputs & input.bit()) != 0 && rejectsNull(each.expression, input.columns)) {
        return true;
      }
    }
    return false;
  }

  private static boolean rejectsNull(BoundExpression e, BitSet columns) {
    if (e instanceof BoundExpression.Comparison c) {
      return !c.operator().isNullSafe()
          && (isColumn(c.left(), columns) || isColumn(c.right(), columns));
    }
    if (e instanceof BoundExpression.IsNull isNull) {
      return isNull.negated() && isColumn(isNull.operand(), columns);
    }
    return e instanceof BoundExpression.InList in
        && !in.negated()
        && isColumn(in.operand(), columns);
  }

  private static boolean isColumn(BoundExpression e, BitSet columns) {
    return e instanceof BoundExpression.ColumnReference reference
        && columns.get(reference.column().id());
  }

  /** The columns that a condition holds equal to something that is the same throughout the block. */
  BitSet fixedColumns() {
    BitSet fixed = new BitSet();
    for (Conjunct each : conjuncts) {
      if (each.expression instanceof BoundExpression.Comparison c
          && (c.operator() == ComparisonOperator.EQUAL || c.operator() == ComparisonOperator.IS)
          && Long.bitCount(each.inputs) == 1) {
        fix(c.left(), c.right(), fixed);
        fix(c.right(), c.left(), fixed);
      }
    }
    return fixed;
  }

  private void fix(BoundExpression column, BoundExpression value, BitSet fixed) {
    if (column instanceof BoundExpression.ColumnReference reference
        && new Conjunct(value).columns.isEmpty()) {
      fixed.set(reference.column().id());
    }
  }
}
