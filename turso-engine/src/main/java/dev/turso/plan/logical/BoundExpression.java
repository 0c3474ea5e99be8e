package dev.turso.plan.logical;

import dev.turso.function.CallPurpose;
import dev.turso.function.ScalarDefinition;
import dev.turso.sql.ast.ConflictAction;
import dev.turso.value.Affinity;
import dev.turso.value.Collation;
import dev.turso.value.Value;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A value computed from columns, parameters and constants, with every name resolved and every
 * affinity and collation decided.
 *
 * <p>Comparing nodes carry <em>one</em> affinity for both sides, applied as SQLite's comparison
 * opcodes do: NUMERIC turns text that looks like a number on either side into one; TEXT turns a
 * number into text where the other side is text; NONE converts nothing. Equality of two expressions
 * is structural; constants are compared exactly.
 */
public sealed interface BoundExpression {

  /** What this expression brings into a comparison with another; NONE for most. */
  default Affinity affinity() {
    return Affinity.NONE;
  }

  /** Calls the method of {@code visitor} for this kind of node. */
  <R> R accept(ExpressionVisitor<R> visitor);

  /** A value known when the statement is prepared. */
  record Constant(Value value) implements BoundExpression {
    @Override
    public <R> R accept(ExpressionVisitor<R> visitor) {
      return visitor.constant(this);
    }
  }

  /** A value bound by the application; {@code index} counts from 1. */
  record Parameter(int index) implements BoundExpression {
    @Override
    public <R> R accept(ExpressionVisitor<R> visitor) {
      return visitor.parameter(this);
    }
  }

  /** The value of a column in the current row. */
  record ColumnReference(BoundColumn column) implements BoundExpression {
    @Override
    public Affinity affinity() {
      return column.affinity();
    }

    @Override
    public <R> R accept(ExpressionVisitor<R> visitor) {
      return visitor.columnReference(this);
    }
  }

  /** {@code left op right} over numbers. */
  record Arithmetic(ArithmeticOperator operator, BoundExpression left, BoundExpression right)
      implements BoundExpression {
    @Override
    public <R> R accept(ExpressionVisitor<R> visitor) {
      return visitor.arithmetic(this);
    }
  }

  /** {@code left || right}. */
  record Concat(BoundExpression left, BoundExpression right) implements BoundExpression {
    @Override
    public <R> R accept(ExpressionVisitor<R> visitor) {
      return visitor.concat(this);
    }
  }

  /** {@code -operand}. */
  record Negate(BoundExpression operand) implements BoundExpression {
    @Override
    public <R> R accept(ExpressionVisitor<R> visitor) {
      return visitor.negate(this);
    }
  }

  /** {@code ~operand}. */
  record BitNot(BoundExpression operand) implements BoundExpression {
    @Override
    public <R> R accept(ExpressionVisitor<R> visitor) {
      return visitor.bitNot(this);
    }
  }

  /** {@code +operand}: the same value without its affinity, and of no use to an index. */
  record UnaryPlus(BoundExpression operand) implements BoundExpression {
    @Override
    public <R> R accept(ExpressionVisitor<R> visitor) {
      return visitor.unaryPlus(this);
    }
  }

  /** {@code operand COLLATE collation}: the same value; what compares it has taken note. */
  record Collate(BoundExpression operand, Collation collation) implements BoundExpression {
    @Override
    public Affinity affinity() {
      return operand.affinity();
    }

    @Override
    public <R> R accept(ExpressionVisitor<R> visitor) {
      return visitor.collate(this);
    }
  }

  /** {@code left op right}, IS and IS NOT among the operators. */
  record Comparison(
      ComparisonOperator operator,
      BoundExpression left,
      BoundExpression right,
      Affinity operandAffinity,
      Collation collation)
      implements BoundExpression {
    @Override
    public <R> R accept(ExpressionVisitor<R> visitor) {
      return visitor.comparison(this);
    }
  }

  /**
   * {@code (lefts) op (rights)}: row values of one size, compared from left to right.
   *
   * @param affinities one per column
   * @param collations one per column
   */
  record RowComparison(
      ComparisonOperator operator,
      List<BoundExpression> lefts,
      List<BoundExpression> rights,
      List<Affinity> affinities,
      List<Collation> collations)
      implements BoundExpression {
    @Override
    public <R> R accept(ExpressionVisitor<R> visitor) {
      return visitor.rowComparison(this);
    }
  }

  /** {@code left AND right}. */
  record And(BoundExpression left, BoundExpression right) implements BoundExpression {
    @Override
    public <R> R accept(ExpressionVisitor<R> visitor) {
      return visitor.and(this);
    }
  }

  /** {@code left OR right}. */
  record Or(BoundExpression left, BoundExpression right) implements BoundExpression {
    @Override
    public <R> R accept(ExpressionVisitor<R> visitor) {
      return visitor.or(this);
    }
  }

  /** {@code NOT operand}. */
  record Not(BoundExpression operand) implements BoundExpression {
    @Override
    public <R> R accept(ExpressionVisitor<R> visitor) {
      return visitor.not(this);
    }
  }

  /** {@code operand IS [NOT] NULL}. */
  record IsNull(BoundExpression operand, boolean negated) implements BoundExpression {
    @Override
    public <R> R accept(ExpressionVisitor<R> visitor) {
      return visitor.isNull(this);
    }
  }

  /** {@code operand IS [NOT] TRUE} or {@code FALSE}: never NULL. */
  record IsTruth(BoundExpression operand, boolean truth, boolean negated)
      implements BoundExpression {
    @Override
    public <R> R accept(ExpressionVisitor<R> visitor) {
      return visitor.isTruth(this);
    }
  }

  /**
   * {@code operand BETWEEN low AND high} with the operand computed once. The binder makes this only
   * where the operand is neither a column nor a constant; otherwise two comparisons.
   */
  record Between(
      BoundExpression operand,
      BoundExpression low,
      BoundExpression high,
      Affinity lowAffinity,
      Collation lowCollation,
      Affinity highAffinity,
      Collation highCollation)
      implements BoundExpression {
    @Override
    public <R> R accept(ExpressionVisitor<R> visitor) {
      return visitor.between(this);
    }
  }

  /**
   * CASE. With a base, a branch is taken where {@code base = test} under the branch's affinity and
   * collation; without, where the test is true.
   */
  record Case(
      @Nullable BoundExpression base, List<Branch> branches, @Nullable BoundExpression otherwise)
      implements BoundExpression {
    @Override
    public <R> R accept(ExpressionVisitor<R> visitor) {
      return visitor.caseOf(this);
    }
  }

  /** One WHEN of a CASE; affinity and collation matter only where there is a base. */
  record Branch(
      BoundExpression test, Affinity testAffinity, Collation collation, BoundExpression result) {}

  /** {@code CAST (operand AS …)}: the conversion of {@code target}, forced. */
  record Cast(BoundExpression operand, Affinity target) implements BoundExpression {
    @Override
    public Affinity affinity() {
      return target;
    }

    @Override
    public <R> R accept(ExpressionVisitor<R> visitor) {
      return visitor.cast(this);
    }
  }

  /**
   * The first argument that is not NULL; the ones after it are not computed.
   *
   * @param merged whether these are columns that a join has merged: they are compared as the first of
   *     them, though the value stays what it is
   */
  record Coalesce(List<BoundExpression> arguments, boolean merged) implements BoundExpression {
    @Override
    public Affinity affinity() {
      return merged ? arguments.getFirst().affinity() : Affinity.NONE;
    }

    @Override
    public <R> R accept(ExpressionVisitor<R> visitor) {
      return visitor.coalesce(this);
    }
  }

  /**
   * A scalar function, LIKE and its kin and the JSON arrows among them.
   *
   * @param collation for functions that compare (min, max, nullif); BINARY elsewhere
   * @param purpose what the result is for: some purposes forbid a result that changes with time
   */
  record FunctionCall(
      ScalarDefinition function,
      List<BoundExpression> arguments,
      Collation collation,
      CallPurpose purpose)
      implements BoundExpression {

    /** The purpose does not count: an index on an expression serves a query for it. */
    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof FunctionCall call
          && function.equals(call.function)
          && arguments.equals(call.arguments)
          && collation == call.collation;
    }

    @Override
    public int hashCode() {
      return function.signature().hashCode() * 31 + arguments.hashCode();
    }

    @Override
    public <R> R accept(ExpressionVisitor<R> visitor) {
      return visitor.functionCall(this);
    }
  }

  /** {@code operand [NOT] IN (list)}. */
  record InList(
      BoundExpression operand,
      List<BoundExpression> list,
      Affinity operandAffinity,
      Collation collation,
      boolean negated)
      implements BoundExpression {
    @Override
    public <R> R accept(ExpressionVisitor<R> visitor) {
      return visitor.inList(this);
    }
  }

  /**
   * {@code operands [NOT] IN (SELECT …)}; the plan has as many columns as there are operands.
   *
   * @param affinities one per column, applied to both sides
   * @param collations one per column
   */
  record InSubquery(
      List<BoundExpression> operands,
      LogicalPlan plan,
      List<Affinity> affinities,
      List<Collation> collations,
      boolean negated)
      implements BoundExpression {
    @Override
    public <R> R accept(ExpressionVisitor<R> visitor) {
      return visitor.inSubquery(this);
    }
  }

  /** {@code [NOT] EXISTS (SELECT …)}. */
  record Exists(LogicalPlan plan, boolean negated) implements BoundExpression {
    @Override
    public <R> R accept(ExpressionVisitor<R> visitor) {
      return visitor.exists(this);
    }
  }

  /**
   * One column of the first row of a query, NULL if it has none. A row value made of a subquery is
   * several of these over the very same plan object.
   *
   * @param column index into {@code plan.columns()}
   */
  record ScalarSubquery(LogicalPlan plan, int column) implements BoundExpression {
    @Override
    public Affinity affinity() {
      return plan.columns().get(column).affinity();
    }

    @Override
    public <R> R accept(ExpressionVisitor<R> visitor) {
      return visitor.scalarSubquery(this);
    }
  }

  /** {@code RAISE (action, message)} in a trigger; the message is absent for IGNORE. */
  record Raise(ConflictAction action, @Nullable BoundExpression message)
      implements BoundExpression {
    @Override
    public <R> R accept(ExpressionVisitor<R> visitor) {
      return visitor.raise(this);
    }
  }

  /** The operand as storing it in a column of this affinity leaves it. */
  record AffinityApplied(BoundExpression operand, Affinity affinity) implements BoundExpression {
    @Override
    public <R> R accept(ExpressionVisitor<R> visitor) {
      return visitor.affinityApplied(this);
    }
  }
}
