package dev.turso.plan.logical;

import dev.turso.value.Affinity;
import dev.turso.value.Collation;
import java.util.List;
import java.util.Locale;

/**
 * Prints expressions on one line, with the affinity and collation of each comparison that has any:
 * {@code (a#0 =numeric,nocase 'x')}.
 */
final class ExpressionPrinter implements ExpressionVisitor<String> {

  /** Where the plans of subqueries go; they are printed after the line that uses them. */
  interface Subplans {
    /** Takes a plan and gives the name by which the line refers to it. */
    String name(LogicalPlan plan);
  }

  private final Subplans subplans;

  ExpressionPrinter(Subplans subplans) {
    this.subplans = subplans;
  }

  String print(BoundExpression expression) {
    return expression.accept(this);
  }

  String printAll(List<BoundExpression> expressions) {
    StringBuilder text = new StringBuilder();
    for (BoundExpression each : expressions) {
      text.append(text.isEmpty() ? "" : ", ").append(print(each));
    }
    return text.toString();
  }

  private static String how(Affinity affinity, Collation collation) {
    String a = affinity == Affinity.NONE ? "" : affinity.name().toLowerCase(Locale.ROOT);
    boolean binary = collation.name().equalsIgnoreCase("BINARY");
    String c = binary ? "" : collation.name().toLowerCase(Locale.ROOT);
    return a.isEmpty() || c.isEmpty() ? a + c : a + "," + c;
  }

  private static String how(List<Affinity> affinities, List<Collation> collations) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < affinities.size(); i++) {
      text.append(i == 0 ? "" : "|").append(how(affinities.get(i), collations.get(i)));
    }
    return text.toString();
  }

  private String infix(BoundExpression left, String operator, BoundExpression right) {
    return "(" + print(left) + " " + operator + " " + print(right) + ")";
  }

  @Override
  public String constant(BoundExpression.Constant node) {
    return node.value().toString();
  }

  @Override
  public String parameter(BoundExpression.Parameter node) {
    return "?" + node.index();
  }

  @Override
  public String columnReference(BoundExpression.ColumnReference node) {
    return node.column().toString();
  }

  @Override
  public String arithmetic(BoundExpression.Arithmetic node) {
    return infix(node.left(), node.operator().sql(), node.right());
  }

  @Override
  public String concat(BoundExpression.Concat node) {
    return infix(node.left(), "||", node.right());
  }

  @Override
  public String negate(BoundExpression.Negate node) {
    return "-" + print(node.operand());
  }

  @Override
  public String bitNot(BoundExpression.BitNot node) {
    return "~" + print(node.operand());
  }

  @Override
  public String unaryPlus(BoundExpression.UnaryPlus node) {
    return "+" + print(node.operand());
  }

  @Override
  public String collate(BoundExpression.Collate node) {
    return print(node.operand()) + " collate " + node.collation().name();
  }

  @Override
  public String comparison(BoundExpression.Comparison node) {
    String operator = node.operator().sql() + how(node.operandAffinity(), node.collation());
    return infix(node.left(), operator, node.right());
  }

  @Override
  public String rowComparison(BoundExpression.RowComparison node) {
    return "(("
        + printAll(node.lefts())
        + ") "
        + node.operator().sql()
        + how(node.affinities(), node.collations())
        + " ("
        + printAll(node.rights())
        + "))";
  }

  @Override
  public String and(BoundExpression.And node) {
    return infix(node.left(), "AND", node.right());
  }

  @Override
  public String or(BoundExpression.Or node) {
    return infix(node.left(), "OR", node.right());
  }

  @Override
  public String not(BoundExpression.Not node) {
    return "NOT " + print(node.operand());
  }

  @Override
  public String isNull(BoundExpression.IsNull node) {
    return "(" + print(node.operand()) + (node.negated() ? " NOT NULL)" : " IS NULL)");
  }

  @Override
  public String isTruth(BoundExpression.IsTruth node) {
    return "("
        + print(node.operand())
        + (node.negated() ? " IS NOT " : " IS ")
        + (node.truth() ? "TRUE)" : "FALSE)");
  }

  @Override
  public String between(BoundExpression.Between node) {
    return "("
        + print(node.operand())
        + " BETWEEN"
        + how(node.lowAffinity(), node.lowCollation())
        + " "
        + print(node.low())
        + " AND"
        + how(node.highAffinity(), node.highCollation())
        + " "
        + print(node.high())
        + ")";
  }

  @Override
  public String caseOf(BoundExpression.Case node) {
    StringBuilder text = new StringBuilder("CASE");
    if (node.base() != null) {
      text.append(' ').append(print(node.base()));
    }
    for (BoundExpression.Branch each : node.branches()) {
      text.append(" WHEN").append(how(each.testAffinity(), each.collation()));
      text.append(' ').append(print(each.test())).append(" THEN ").append(print(each.result()));
    }
    if (node.otherwise() != null) {
      text.append(" ELSE ").append(print(node.otherwise()));
    }
    return text.append(" END").toString();
  }

  @Override
  public String cast(BoundExpression.Cast node) {
    return "cast(" + print(node.operand()) + " as " + node.target().name() + ")";
  }

  @Override
  public String coalesce(BoundExpression.Coalesce node) {
    return "coalesce(" + printAll(node.arguments()) + ")";
  }

  @Override
  public String functionCall(BoundExpression.FunctionCall node) {
    String how = how(Affinity.NONE, node.collation());
    return node.function().signature().name()
        + (how.isEmpty() ? "" : "[" + how + "]")
        + "("
        + printAll(node.arguments())
        + ")";
  }

  @Override
  public String inList(BoundExpression.InList node) {
    return "("
        + print(node.operand())
        + (node.negated() ? " NOT IN" : " IN")
        + how(node.operandAffinity(), node.collation())
        + " ("
        + printAll(node.list())
        + "))";
  }

  @Override
  public String inSubquery(BoundExpression.InSubquery node) {
    String operands = printAll(node.operands());
    return "("
        + (node.operands().size() == 1 ? operands : "(" + operands + ")")
        + (node.negated() ? " NOT IN" : " IN")
        + how(node.affinities(), node.collations())
        + " "
        + subplans.name(node.plan())
        + ")";
  }

  @Override
  public String exists(BoundExpression.Exists node) {
    return (node.negated() ? "NOT EXISTS " : "EXISTS ") + subplans.name(node.plan());
  }

  @Override
  public String scalarSubquery(BoundExpression.ScalarSubquery node) {
    String name = subplans.name(node.plan());
    return node.plan().columns().size() == 1 ? name : name + "." + (node.column() + 1);
  }

  @Override
  public String raise(BoundExpression.Raise node) {
    return "raise("
        + node.action()
        + (node.message() == null ? "" : ", " + print(node.message()))
        + ")";
  }

  @Override
  public String affinityApplied(BoundExpression.AffinityApplied node) {
    return "affinity(" + print(node.operand()) + ", " + node.affinity() + ")";
  }
}
