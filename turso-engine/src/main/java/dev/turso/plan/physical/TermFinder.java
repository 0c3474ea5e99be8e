package dev.turso.plan.physical;

import dev.turso.plan.logical.BoundColumn;
import dev.turso.plan.logical.BoundExpression;
import dev.turso.plan.logical.ComparisonOperator;
import dev.turso.plan.logical.FreeColumns;
import dev.turso.value.Affinity;
import dev.turso.value.Collation;
import dev.turso.value.Value;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Set;

/** Finds the terms in conjuncts that an access path to one table can use. */
final class TermFinder {

  private final BitSet own;
  private final BitSet available;
  private final List<Term> terms = new ArrayList<>();

  /**
   * @param own the columns of the table
   * @param unavailable columns of the block that are not known yet, those of the table among them
   */
  private TermFinder(BitSet own, BitSet unavailable) {
    this.own = own;
    this.available = unavailable;
  }

  static List<Term> find(List<Conjunct> conjuncts, BitSet own, BitSet unavailable) {
    TermFinder finder = new TermFinder(own, unavailable);
    for (Conjunct each : conjuncts) {
      finder.add(each);
    }
    return finder.terms;
  }

  private void add(Conjunct conjunct) {
    BoundExpression e = conjunct.expression;
    if (e instanceof BoundExpression.Comparison c) {
      comparison(conjunct, c);
    } else if (e instanceof BoundExpression.IsNull isNull && !isNull.negated()) {
      if (isSide(isNull.operand())) {
        BoundExpression nothing = new BoundExpression.Constant(Value.NULL);
        terms.add(
            new Term(
                conjunct,
                bare(isNull.operand()),
                ComparisonOperator.IS,
                nothing,
                null,
                Affinity.NONE,
                Collation.BINARY,
                true));
      }
    } else if (e instanceof BoundExpression.InList in && !in.negated()) {
      if (isSide(in.operand()) && areKnown(in.list())) {
        in(
            conjunct,
            in.operand(),
            new AccessPath.InValues(in.list(), null),
            in.operandAffinity(),
            in.collation());
      }
    } else if (e instanceof BoundExpression.InSubquery in
        && !in.negated()
        && in.operands().size() == 1) {
      if (isSide(in.operands().get(0)) && isKnown(FreeColumns.of(in.plan()))) {
        in(
            conjunct,
            in.operands().get(0),
            new AccessPath.InValues(null, in.plan()),
            in.affinities().get(0),
            in.collations().get(0));
      }
    } else if (e instanceof BoundExpression.Or or) {
      alternatives(conjunct, or);
    } else if (e instanceof BoundExpression.FunctionCall call) {
      PatternPrefix.add(conjunct, call, this);
    }
  }

  private void in(
      Conjunct conjunct,
      BoundExpression side,
      AccessPath.InValues values,
      Affinity affinity,
      Collation collation) {
    terms.add(
        new Term(
            conjunct,
            bare(side),
            ComparisonOperator.EQUAL,
            null,
            values,
            affinity,
            collation,
            true));
  }

  private void comparison(Conjunct conjunct, BoundExpression.Comparison c) {
    if (c.operator() == ComparisonOperator.NOT_EQUAL || c.operator() == ComparisonOperator.IS_NOT) {
      return;
    }
    if (isSide(c.left()) && isKnown(c.right())) {
      add(conjunct, c.left(), c.operator(), c.right(), c.operandAffinity(), c.collation(), true);
    }
    if (isSide(c.right()) && isKnown(c.left())) {
      add(
          conjunct,
          c.right(),
          c.operator().mirrored(),
          c.left(),
          c.operandAffinity(),
          c.collation(),
          true);
    }
  }

  void add(
      Conjunct conjunct,
      BoundExpression side,
      ComparisonOperator operator,
      BoundExpression value,
      Affinity affinity,
      Collation collation,
      boolean exact) {
    terms.add(new Term(conjunct, bare(side), operator, value, null, affinity, collation, exact));
  }

  /** {@code x = 1 OR x = 2} is {@code x IN (1, 2)}. */
  private void alternatives(Conjunct conjunct, BoundExpression.Or or) {
    List<BoundExpression> branches = new ArrayList<>();
    branches(or, branches);
    List<BoundExpression> values = new ArrayList<>();
    BoundExpression side = null;
    Affinity affinity = Affinity.NONE;
    Collation collation = Collation.BINARY;
    for (BoundExpression each : branches) {
      if (!(each instanceof BoundExpression.Comparison c)
          || c.operator() != ComparisonOperator.EQUAL) {
        return;
      }
      boolean leftIsSide = isSide(c.left()) && isKnown(c.right());
      if (!leftIsSide && !(isSide(c.right()) && isKnown(c.left()))) {
        return;
      }
      BoundExpression thisSide = bare(leftIsSide ? c.left() : c.right());
      if (side == null) {
        side = thisSide;
        affinity = c.operandAffinity();
        collation = c.collation();
      } else if (!side.equals(thisSide)
          || affinity != c.operandAffinity()
          || !collation.name().equals(c.collation().name())) {
        return;
      }
      values.add(leftIsSide ? c.right() : c.left());
    }
    if (side != null) {
      in(conjunct, side, new AccessPath.InValues(values, null), affinity, collation);
    }
  }

  static void branches(BoundExpression e, List<BoundExpression> out) {
    if (e instanceof BoundExpression.Or or) {
      branches(or.left(), out);
      branches(or.right(), out);
    } else {
      out.add(e);
    }
  }

  private static BoundExpression bare(BoundExpression side) {
    return side instanceof BoundExpression.Collate collate ? bare(collate.operand()) : side;
  }

  /** Whether the expression is made of the table's columns only, and of at least one. */
  boolean isSide(BoundExpression e) {
    BoundExpression side = bare(e);
    if (side instanceof BoundExpression.ColumnReference reference) {
      return own.get(reference.column().id());
    }
    if (side instanceof BoundExpression.Constant || side instanceof BoundExpression.Parameter) {
      return false;
    }
    boolean any = false;
    for (BoundColumn each : FreeColumns.of(side)) {
      if (!own.get(each.id())) {
        return false;
      }
      any = true;
    }
    return any;
  }

  boolean isKnown(BoundExpression e) {
    if (e instanceof BoundExpression.Constant || e instanceof BoundExpression.Parameter) {
      return true;
    }
    return isKnown(FreeColumns.of(e));
  }

  private boolean isKnown(Set<BoundColumn> columns) {
    for (BoundColumn each : columns) {
      if (available.get(each.id())) {
        return false;
      }
    }
    return true;
  }

  private boolean areKnown(List<BoundExpression> list) {
    for (BoundExpression each : list) {
      if (!isKnown(each)) {
        return false;
      }
    }
    return true;
  }
}
