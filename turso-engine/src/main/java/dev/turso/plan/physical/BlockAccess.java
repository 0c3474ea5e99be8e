package dev.turso.plan.physical;

import dev.turso.plan.logical.BoundExpression;
import dev.turso.plan.logical.ComparisonOperator;
import dev.turso.plan.logical.LogicalJoinKind;
import dev.turso.plan.logical.LogicalPlan;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The ways to read the inputs of one join block. */
final class BlockAccess {

  private static final double PROBE_COST = 20;

  /** Costs of looking a row up in a hash table and of putting one in, where sizes are known. */
  private static final double KNOWN_PROBE_COST = 4;

  private static final double KNOWN_BUILD_COST = 15;

  /** A hash table of more rows is not built in place of seeks. */
  private static final long LARGEST_BUILD = 1 << 20;

  private final JoinBlock block;
  private final PhysicalPlanner planner;
  private final BitSet blockColumns = new BitSet();
  private final Map<BlockInput, TableColumns> tableColumns = new HashMap<>();
  private final Map<BlockInput, Planned> relations = new HashMap<>();
  private final Map<BlockInput, Map<Long, Step>> best = new HashMap<>();
  private final boolean analyzed;

  /** What this block's steps are weighed by. */
  final Costs costs;

  BlockAccess(JoinBlock block, PhysicalPlanner planner) {
    this.block = block;
    this.planner = planner;
    for (BlockInput each : block.inputs) {
      blockColumns.or(each.columns);
    }
    this.analyzed = isAnalyzed(block);
    this.costs = analyzed && isLarge(block) ? Costs.MEASURED : Costs.HABITUAL;
  }

  private static boolean isAnalyzed(JoinBlock block) {
    for (BlockInput each : block.inputs) {
      if (each.plan instanceof LogicalPlan.Scan scan && scan.table().analyzedRows() < 0) {
        return false;
      }
    }
    return true;
  }

  private static boolean isLarge(JoinBlock block) {
    for (BlockInput each : block.inputs) {
      if (each.plan instanceof LogicalPlan.Scan scan
          && scan.table().analyzedRows() >= Costs.LARGE) {
        return true;
      }
    }
    return false;
  }

  /** The conjuncts that may decide which rows of an input are read. */
  private List<Conjunct> deciding(BlockInput input) {
    if (input.kind == LogicalJoinKind.LEFT) {
      return input.on;
    }
    List<Conjunct> all = new ArrayList<>();
    for (Conjunct each : block.conjuncts) {
      if ((each.inputs & input.bit()) != 0) {
        all.add(each);
      }
    }
    return all;
  }

  private BitSet unavailable(long placed) {
    BitSet columns = new BitSet();
    columns.or(blockColumns);
    for (BlockInput each : block.inputs) {
      if ((placed & each.bit()) != 0) {
        columns.andNot(each.columns);
      }
    }
    return columns;
  }

  /** The steps that may come first for the sake of their order. */
  List<Step> ordered(BlockInput input) {
    if (!(input.plan instanceof LogicalPlan.Scan scan)) {
      Planned planned = relation(input);
      return List.of(relationStep(input, planned));
    }
    List<Step> steps = new ArrayList<>();
    for (Path each : paths(input, scan, 0, true)) {
      steps.add(step(input, each, each.rows()));
    }
    return steps;
  }

  /** The cheapest way to read an input for each row of those placed. */
  Step best(BlockInput input, long placed) {
    long relevant = 0;
    for (Conjunct each : deciding(input)) {
      relevant |= each.inputs;
    }
    // Sets of placed inputs that tell this one the same things are one case.
    long situation = placed & relevant | (placed == 0 ? Long.MIN_VALUE : 0);
    Map<Long, Step> known = best.get(input);
    if (known == null) {
      known = new HashMap<>();
      best.put(input, known);
    }
    Step step = known.get(situation);
    if (step == null) {
      step = findBest(input, placed);
      known.put(situation, step);
    }
    return step;
  }

  /**
   * As {@link #best}, where so many rows come before: a table that is small beside them is read once
   * into a hash table instead of being sought again and again. Only sizes that were analyzed count.
   */
  Step best(BlockInput input, long placed, double rowsBefore) {
    Step sought = best(input, placed);
    if (placed == 0
        || !analyzed
        || sought.isHashed()
        || !(input.plan instanceof LogicalPlan.Scan scan)
        || scan.table().analyzedRows() > LARGEST_BUILD) {
      return sought;
    }
    List<Conjunct> keys = hashKeys(input, placed);
    Step whole = best(input, 0);
    Path path = whole.path();
    if (keys.isEmpty() || path == null) {
      return sought;
    }
    double setup = path.cost() + path.rows() * KNOWN_BUILD_COST;
    if (setup + rowsBefore * KNOWN_PROBE_COST >= sought.setup() + rowsBefore * sought.cost()) {
      return sought;
    }
    return new Step(
        input, path, null, keys, setup, KNOWN_PROBE_COST, sought.rows(), List.of(), false);
  }

  private Step findBest(BlockInput input, long placed) {
    if (!(input.plan instanceof LogicalPlan.Scan scan)) {
      return bestRelation(input, placed);
    }
    List<Path> paths = paths(input, scan, placed, false);
    Path best = paths.get(0);
    for (Path each : paths) {
      if (each.cost() < best.cost() * 0.9999
          || each.cost() <= best.cost() * 1.0001 && each.rows() < best.rows()) {
        best = each;
      }
    }
    if (placed != 0 && !best.seeks()) {
      List<Conjunct> keys = hashKeys(input, placed);
      if (!keys.isEmpty()) {
        double matches =
            costs == Costs.MEASURED ? best.rows() : Math.max(1, Math.min(20, best.rows()));
        return new Step(
            input,
            best,
            null,
            keys,
            best.cost() + (analyzed ? best(input, 0).rows() * KNOWN_BUILD_COST : best.rows() * 2),
            analyzed ? KNOWN_PROBE_COST : PROBE_COST,
            matches,
            List.of(),
            false);
      }
    }
    return step(input, best, best.rows());
  }

  private static Step step(BlockInput input, Path path, double rows) {
    return new Step(
        input, path, null, List.of(), 0, path.cost(), rows, path.order(), path.orderIsUnique());
  }

  private List<Path> paths(BlockInput input, LogicalPlan.Scan scan, long placed, boolean ordered) {
    List<Conjunct> deciding = deciding(input);
    BitSet unavailable = unavailable(placed);
    List<Term> terms = TermFinder.find(deciding, input.columns, unavailable);
    TableColumns columns = tableColumns.get(input);
    if (columns == null) {
      columns = planner.columnsOf(scan);
      tableColumns.put(input, columns);
    }
    List<Conjunct> local = new ArrayList<>();
    for (Conjunct each : deciding) {
      if ((each.inputs & ~placed & ~input.bit()) == 0) {
        local.add(each);
      }
    }
    List<Path> paths = new PathFinder(scan, terms, local, columns, ordered, costs).find();
    if (!ordered && scan.indexChoice().isFree()) {
      Path union = UnionPath.find(scan, local, input.columns, unavailable, columns, costs, paths);
      if (union != null) {
        paths.add(union);
      }
    }
    return paths;
  }

  /** The equalities between an input and what is placed before it. */
  List<Conjunct> hashKeys(BlockInput input, long placed) {
    List<Conjunct> keys = new ArrayList<>();
    for (Conjunct each : deciding(input)) {
      if (hashKey(each, input, placed) != null) {
        keys.add(each);
      }
    }
    return keys;
  }

  /** The sides of an equality between an input and what is placed, or null if it is none. */
  PhysicalPlan.HashJoin.@Nullable Key hashKey(Conjunct conjunct, BlockInput input, long placed) {
    if ((conjunct.inputs & placed) == 0
        || (conjunct.inputs & ~placed & ~input.bit()) != 0
        || !(conjunct.expression instanceof BoundExpression.Comparison c)
        || c.operator() != ComparisonOperator.EQUAL && c.operator() != ComparisonOperator.IS) {
      return null;
    }
    boolean nullsEqual = c.operator() == ComparisonOperator.IS;
    long left = block.inputsOf(new Conjunct(c.left()).columns);
    long right = block.inputsOf(new Conjunct(c.right()).columns);
    if (right == input.bit() && (left & ~placed) == 0) {
      return new PhysicalPlan.HashJoin.Key(
          c.left(), c.right(), c.operandAffinity(), c.collation(), nullsEqual);
    }
    if (left == input.bit() && (right & ~placed) == 0) {
      return new PhysicalPlan.HashJoin.Key(
          c.right(), c.left(), c.operandAffinity(), c.collation(), nullsEqual);
    }
    return null;
  }

  private Planned relation(BlockInput input) {
    Planned known = relations.get(input);
    if (known == null) {
      known = planner.relation(input.plan, Wanted.NOTHING);
      relations.put(input, known);
    }
    return known;
  }

  private static Step relationStep(BlockInput input, Planned planned) {
    return new Step(
        input,
        null,
        planned,
        List.of(),
        0,
        planned.cost(),
        planned.rows(),
        planned.order(),
        planned.orderIsUnique());
  }

  private Step bestRelation(BlockInput input, long placed) {
    Planned planned = relation(input);
    if (placed != 0 && planner.isConstant(input.plan)) {
      List<Conjunct> keys = hashKeys(input, placed);
      double matches = Math.max(1, Math.min(20, planned.rows()));
      return new Step(
          input,
          null,
          planned,
          keys,
          planned.cost() + planned.rows() * 2,
          keys.isEmpty() ? planned.rows() : PROBE_COST,
          keys.isEmpty() ? planned.rows() : matches,
          List.of(),
          false);
    }
    return relationStep(input, planned);
  }
}
