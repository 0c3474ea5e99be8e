package dev.turso.plan.physical;

import dev.turso.plan.logical.BoundColumn;
import dev.turso.plan.logical.BoundExpression;
import dev.turso.plan.logical.LogicalJoinKind;
import dev.turso.plan.logical.LogicalPlan;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Objects;

/** Makes a plan of the steps that were chosen for a join block, every conjunct at its place. */
final class BlockAssembler {

  private final JoinBlock block;
  private final BlockAccess access;
  private final PhysicalPlanner planner;
  private final List<Conjunct> open;

  BlockAssembler(JoinBlock block, BlockAccess access, PhysicalPlanner planner) {
    this.block = block;
    this.access = access;
    this.planner = planner;
    this.open = new ArrayList<>(block.conjuncts);
  }

  PhysicalPlan assemble(List<Step> steps) {
    PhysicalPlan plan = null;
    List<Conjunct> constant = take(0, 0);
    long placed = 0;
    for (Step step : steps) {
      plan = plan == null ? first(step) : join(plan, step, placed);
      placed |= step.input().bit();
      List<Conjunct> rest = take(placed, -1);
      if (!rest.isEmpty()) {
        plan = new PhysicalPlan.Filter(plan, Conjunct.expressions(rest));
      }
    }
    PhysicalPlan result = Objects.requireNonNull(plan);
    if (!constant.isEmpty()) {
      result = new PhysicalPlan.Gate(result, Conjunct.expressions(constant));
    }
    for (LogicalPlan.Project each : block.projections) {
      result = planner.project(result, each);
    }
    return result;
  }

  /** Takes the open conjuncts that depend on nothing but these inputs, and on all of some. */
  private List<Conjunct> take(long placed, long needed) {
    List<Conjunct> taken = new ArrayList<>();
    for (Conjunct each : open) {
      boolean fits = (each.inputs & ~placed) == 0;
      if (fits && (needed == -1 || (each.inputs & needed) == needed)) {
        if (needed != 0 || each.inputs == 0) {
          taken.add(each);
        }
      }
    }
    open.removeAll(taken);
    return taken;
  }

  private PhysicalPlan first(Step step) {
    if (step.input().kind == LogicalJoinKind.LEFT) {
      return leftJoin(new PhysicalPlan.SingleRow(), step, 0);
    }
    return input(step, usable(step, 0));
  }

  /** Takes the conjuncts that this step decides, those its path implies among them. */
  private List<Conjunct> usable(Step step, long placed) {
    return take(placed | step.input().bit(), step.input().bit());
  }

  /** The rows of a step's input under conditions, some of which its path implies. */
  private PhysicalPlan input(Step step, List<Conjunct> conditions) {
    List<BoundExpression> filter = new ArrayList<>();
    Path path = step.path();
    for (Conjunct each : conditions) {
      if (path == null || !path.used().contains(each)) {
        filter.add(each.expression);
      }
    }
    if (path != null) {
      LogicalPlan.Scan scan = (LogicalPlan.Scan) step.input().plan;
      return new PhysicalPlan.TableAccess(
          scan, path.access(), filter, planner.columnsOf(scan).used());
    }
    if (step.input().plan instanceof LogicalPlan.TableFunction call) {
      return new PhysicalPlan.FunctionScan(call, filter);
    }
    PhysicalPlan relation = Objects.requireNonNull(step.planned()).plan();
    return filter.isEmpty() ? relation : new PhysicalPlan.Filter(relation, filter);
  }

  private PhysicalPlan join(PhysicalPlan outer, Step step, long placed) {
    if (step.input().kind == LogicalJoinKind.LEFT) {
      return leftJoin(outer, step, placed);
    }
    List<Conjunct> conditions = usable(step, placed);
    if (isBuffered(step, placed)) {
      return hashJoin(outer, step, placed, LogicalJoinKind.INNER, conditions);
    }
    return new PhysicalPlan.NestedLoop(
        outer, input(step, conditions), LogicalJoinKind.INNER, List.of(), List.of());
  }

  private PhysicalPlan leftJoin(PhysicalPlan outer, Step step, long placed) {
    if (isBuffered(step, placed)) {
      return hashJoin(outer, step, placed, LogicalJoinKind.LEFT, step.input().on);
    }
    return new PhysicalPlan.NestedLoop(
        outer,
        input(step, step.input().on),
        LogicalJoinKind.LEFT,
        List.of(),
        planner.usedOf(step.input().plan.columns()));
  }

  private boolean isBuffered(Step step, long placed) {
    return step.isHashed()
        || placed != 0
            && step.planned() != null
            && planner.isConstant(step.input().plan)
            && !givesJson(step.input().plan);
  }

  /** Whether a value of the input may be known to be JSON: that it is, no buffer keeps. */
  private boolean givesJson(LogicalPlan plan) {
    if (!(plan instanceof LogicalPlan.TableFunction call)
        || !call.function().name().startsWith("json_")) {
      return false;
    }
    for (BoundColumn each : planner.usedOf(call.columns())) {
      if (each.name().equals("value")) {
        return true;
      }
    }
    return false;
  }

  private PhysicalPlan hashJoin(
      PhysicalPlan outer, Step step, long placed, LogicalJoinKind kind, List<Conjunct> conditions) {
    List<PhysicalPlan.HashJoin.Key> keys = new ArrayList<>();
    List<Conjunct> local = new ArrayList<>();
    List<BoundExpression> rest = new ArrayList<>();
    boolean constant = planner.isConstant(step.input().plan);
    for (Conjunct each : conditions) {
      PhysicalPlan.HashJoin.Key key = access.hashKey(each, step.input(), placed);
      if (key != null) {
        keys.add(key);
      } else if (each.inputs == step.input().bit()) {
        local.add(each);
        constant &= step.input().columns.cardinality() > 0 && isLocal(each, step.input());
      } else {
        rest.add(each.expression);
      }
    }
    return new PhysicalPlan.HashJoin(
        outer,
        input(step, local),
        kind,
        keys,
        rest,
        List.of(),
        planner.usedOf(allColumns(step.input().plan)),
        constant);
  }

  private static List<BoundColumn> allColumns(LogicalPlan plan) {
    if (!(plan instanceof LogicalPlan.Scan scan) || scan.computed().isEmpty()) {
      return plan.columns();
    }
    List<BoundColumn> all = new ArrayList<>(scan.columns());
    for (LogicalPlan.Computed each : scan.computed()) {
      if (!all.contains(each.column())) {
        all.add(each.column());
      }
    }
    return all;
  }

  /** Whether a condition refers to no column outside the input. */
  private static boolean isLocal(Conjunct conjunct, BlockInput input) {
    BitSet rest = (BitSet) conjunct.columns.clone();
    rest.andNot(input.columns);
    return rest.isEmpty();
  }
}
