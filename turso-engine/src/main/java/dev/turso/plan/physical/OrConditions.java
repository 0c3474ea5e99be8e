package dev.turso.plan.physical;

import dev.turso.plan.logical.BoundExpression;
import dev.turso.plan.logical.LogicalJoinKind;
import dev.turso.plan.logical.LogicalPlan;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Takes out of an OR over several inputs what can be known before all of them are there.
 *
 * <p>{@code (j AND a1 AND b1) OR (j AND a2 AND b2)} becomes {@code j AND (a1 AND b1 OR a2 AND b2) AND
 * (a1 OR a2) AND (b1 OR b2)}: j can then lead a join, and each input is filtered by what every branch
 * asks of it. Both hold in three-valued logic. Only what cannot fail is taken out, since it is
 * evaluated for more rows than before.
 */
final class OrConditions {

  private final JoinBlock block;
  private final List<Conjunct> result = new ArrayList<>();

  private OrConditions(JoinBlock block) {
    this.block = block;
  }

  /** Adds what follows from the conjuncts of a block; they must know their inputs. */
  static void take(JoinBlock block) {
    if (block.inputs.size() < 2) {
      return;
    }
    OrConditions conditions = new OrConditions(block);
    for (Conjunct each : List.copyOf(block.conjuncts)) {
      if (each.expression instanceof BoundExpression.Or or && Long.bitCount(each.inputs) > 1) {
        conditions.take(each, or);
      } else {
        conditions.result.add(each);
      }
    }
    block.conjuncts.clear();
    block.conjuncts.addAll(conditions.result);
  }

  private void take(Conjunct whole, BoundExpression.Or or) {
    List<BoundExpression> alternatives = new ArrayList<>();
    TermFinder.branches(or, alternatives);
    List<List<Conjunct>> branches = new ArrayList<>();
    for (BoundExpression each : alternatives) {
      List<Conjunct> parts = new ArrayList<>();
      Conjunct.split(each, parts);
      for (Conjunct part : parts) {
        link(part);
      }
      branches.add(parts);
    }
    boolean shared = takeCommon(branches);
    BoundExpression rest = shared ? anyOf(branches) : whole.expression;
    if (rest == null) {
      return;
    }
    for (BlockInput each : block.inputs) {
      takeOwn(each, branches);
    }
    add(rest);
  }

  private void link(Conjunct conjunct) {
    conjunct.inputs = block.inputsOf(conjunct.columns);
  }

  private void add(BoundExpression expression) {
    Conjunct added = new Conjunct(expression);
    link(added);
    result.add(added);
  }

  /** Moves what all branches have in common out of them. */
  private boolean takeCommon(List<List<Conjunct>> branches) {
    boolean any = false;
    for (Conjunct each : List.copyOf(branches.getFirst())) {
      if (isHarmless(each.expression) && isInAll(each.expression, branches)) {
        result.add(each);
        for (List<Conjunct> branch : branches) {
          remove(each.expression, branch);
        }
        any = true;
      }
    }
    return any;
  }

  private static void remove(BoundExpression expression, List<Conjunct> from) {
    for (int i = from.size() - 1; i >= 0; i--) {
      if (from.get(i).expression.equals(expression)) {
        from.remove(i);
      }
    }
  }

  private static boolean isInAll(BoundExpression expression, List<List<Conjunct>> branches) {
    for (List<Conjunct> branch : branches) {
      boolean found = false;
      for (Conjunct each : branch) {
        found |= each.expression.equals(expression);
      }
      if (!found) {
        return false;
      }
    }
    return true;
  }

  /** Adds what the branches together say about one input, if each of them says something. */
  private void takeOwn(BlockInput input, List<List<Conjunct>> branches) {
    if (input.kind == LogicalJoinKind.LEFT || !(input.plan instanceof LogicalPlan.Scan)) {
      return;
    }
    List<List<Conjunct>> own = new ArrayList<>();
    for (List<Conjunct> branch : branches) {
      List<Conjunct> parts = new ArrayList<>();
      for (Conjunct each : branch) {
        if (each.inputs == input.bit() && isHarmless(each.expression)) {
          parts.add(each);
        }
      }
      own.add(parts);
    }
    BoundExpression known = anyOf(own);
    if (known != null) {
      add(known);
    }
  }

  /** The OR of the branches; null if one of them is always true. */
  private static @Nullable BoundExpression anyOf(List<List<Conjunct>> branches) {
    BoundExpression any = null;
    for (List<Conjunct> branch : branches) {
      BoundExpression all = null;
      for (Conjunct each : branch) {
        all = all == null ? each.expression : new BoundExpression.And(all, each.expression);
      }
      if (all == null) {
        return null;
      }
      any = any == null ? all : new BoundExpression.Or(any, all);
    }
    return any;
  }

  /** Whether evaluating an expression can neither fail nor cost much. */
  private static boolean isHarmless(BoundExpression e) {
    if (e instanceof BoundExpression.Comparison c) {
      return isHarmless(c.left()) && isHarmless(c.right());
    } else if (e instanceof BoundExpression.And and) {
      return isHarmless(and.left()) && isHarmless(and.right());
    } else if (e instanceof BoundExpression.Or or) {
      return isHarmless(or.left()) && isHarmless(or.right());
    } else if (e instanceof BoundExpression.IsNull isNull) {
      return isHarmless(isNull.operand());
    } else if (e instanceof BoundExpression.Not not) {
      return isHarmless(not.operand());
    } else if (e instanceof BoundExpression.Arithmetic arithmetic) {
      return isHarmless(arithmetic.left()) && isHarmless(arithmetic.right());
    } else if (e instanceof BoundExpression.InList in) {
      boolean all = isHarmless(in.operand());
      for (BoundExpression each : in.list()) {
        all &= isHarmless(each);
      }
      return all;
    }
    return e instanceof BoundExpression.ColumnReference
        || e instanceof BoundExpression.Constant
        || e instanceof BoundExpression.Parameter;
  }
}
