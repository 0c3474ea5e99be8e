package dev.turso.plan.physical;

import dev.turso.plan.logical.LogicalJoinKind;
import dev.turso.plan.logical.SortKey;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Chooses the order of a join block's inputs and how each of them is read.
 *
 * <p>Left-deep trees only. Up to {@value #MOST_EXHAUSTIVE} inputs every order that the outer and cross
 * joins allow is weighed (dynamic programming over sets of inputs); beyond, the cheapest next input is
 * taken again and again. A later input must be clearly cheaper to go before an earlier one.
 */
final class JoinPlanner {

  private static final int MOST_EXHAUSTIVE = 9;
  private static final double CLEARLY = 0.9999;

  private final JoinBlock block;
  private final BlockAccess access;
  private final List<BlockInput> inputs;

  JoinPlanner(JoinBlock block, BlockAccess access) {
    this.block = block;
    this.access = access;
    this.inputs = block.inputs;
  }

  /** Inputs placed so far, cheapest way. */
  private record Chain(
      @Nullable Chain before, long placed, @Nullable Step last, double rows, double cost) {}

  /** The steps of the best plan whose first input gives the wanted order, or of the best at all. */
  List<Step> plan(Wanted wanted, BitSet fixed) {
    Chain best = search(null);
    if (wanted.order().isEmpty() || isOrdered(best, wanted, fixed)) {
      return steps(best);
    }
    double sorted =
        best.cost + (wanted.grouping() ? access.costs.group(best.rows) : Estimates.sort(best.rows));
    Chain bestOrdered = null;
    double bestOrderedCost = sorted;
    for (BlockInput each : inputs) {
      if (each.before == 0) {
        for (Step first : access.ordered(each)) {
          if (!Orders.satisfies(first.order(), first.orderIsUnique(), wanted.order(), fixed)
              && inputs.size() == 1) {
            continue;
          }
          Chain chain = search(first);
          double cost = chain.cost;
          if (chain.rows > wanted.limit()) {
            cost *= wanted.limit() / chain.rows;
          }
          if (cost < bestOrderedCost && isOrdered(chain, wanted, fixed)) {
            bestOrdered = chain;
            bestOrderedCost = cost;
          }
        }
      }
    }
    return steps(bestOrdered == null ? best : bestOrdered);
  }

  private static boolean isOrdered(Chain chain, Wanted wanted, BitSet fixed) {
    List<Step> steps = steps(chain);
    return Orders.satisfies(order(steps), isUnique(steps), wanted.order(), fixed);
  }

  /** The order that the rows of a chain of steps come in. */
  static List<SortKey> order(List<Step> steps) {
    List<SortKey> all = new ArrayList<>();
    for (Step each : steps) {
      all.addAll(each.order());
      if (!each.orderIsUnique()) {
        break;
      }
    }
    return all;
  }

  static boolean isUnique(List<Step> steps) {
    for (Step each : steps) {
      if (!each.orderIsUnique()) {
        return false;
      }
    }
    return true;
  }

  private static List<Step> steps(Chain chain) {
    List<Step> all = new ArrayList<>();
    Chain at = chain;
    while (at != null && at.last != null) {
      all.add(0, at.last);
      at = at.before;
    }
    return all;
  }

  private Chain search(@Nullable Step first) {
    Chain start = new Chain(null, 0, null, 1, 0);
    if (first != null) {
      start = extend(start, first);
    }
    if (inputs.size() <= MOST_EXHAUSTIVE) {
      return exhaustive(start);
    }
    return greedy(start);
  }

  private Chain exhaustive(Chain start) {
    Map<Long, Chain> level = new LinkedHashMap<>();
    level.put(start.placed, start);
    for (int n = Long.bitCount(start.placed); n < inputs.size(); n++) {
      Map<Long, Chain> next = new LinkedHashMap<>();
      for (Chain chain : level.values()) {
        for (BlockInput each : inputs) {
          if (mayFollow(each, chain.placed)) {
            Chain longer = extend(chain, access.best(each, chain.placed, chain.rows));
            Chain known = next.get(longer.placed);
            if (known == null || longer.cost < known.cost * CLEARLY) {
              next.put(longer.placed, longer);
            }
          }
        }
      }
      level = next;
    }
    return level.values().iterator().next();
  }

  private Chain greedy(Chain start) {
    Chain chain = start;
    while (Long.bitCount(chain.placed) < inputs.size()) {
      Chain best = null;
      for (BlockInput each : inputs) {
        if (mayFollow(each, chain.placed)) {
          Chain longer = extend(chain, access.best(each, chain.placed, chain.rows));
          if (best == null || longer.cost + longer.rows < (best.cost + best.rows) * CLEARLY) {
            best = longer;
          }
        }
      }
      chain = Objects.requireNonNull(best);
    }
    return chain;
  }

  private static boolean mayFollow(BlockInput input, long placed) {
    return (placed & input.bit()) == 0 && (input.before & ~placed) == 0;
  }

  private Chain extend(Chain chain, Step step) {
    double rows = chain.rows * step.rows();
    double cost = chain.cost + step.setup() + chain.rows * step.cost();
    if (step.input().kind == LogicalJoinKind.LEFT) {
      rows = Math.max(rows, chain.rows);
    }
    return new Chain(chain, chain.placed | step.input().bit(), step, Math.max(rows, 1), cost);
  }
}
