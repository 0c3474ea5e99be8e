package dev.turso.exec.expression;

import dev.turso.error.SqlException;
import dev.turso.function.CallPurpose;
import dev.turso.function.SpecialForm;
import dev.turso.function.builtin.BuiltInFunctions;
import dev.turso.plan.logical.BoundExpression;
import dev.turso.plan.logical.ComparisonOperator;
import dev.turso.plan.logical.ExpressionVisitor;
import dev.turso.value.Affinity;
import dev.turso.value.Collation;
import dev.turso.value.Register;
import dev.turso.value.Tag;
import dev.turso.value.Value;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Turns bound expressions into nodes.
 *
 * <p>Columns are found through {@link Locations}: whatever an expression refers to has been placed
 * before it is compiled. Not thread-safe.
 */
public final class ExpressionCompiler implements ExpressionVisitor<Node> {

  private static final int SHORTEST_SET = 4;
  private static final Node NULL = new ConstantNode(Value.NULL);

  private final Locations locations;
  private final @Nullable SubqueryCompiler subqueries;
  private final CallPurpose purpose;

  /** A compiler for expressions in which no subquery occurs. */
  public ExpressionCompiler(Locations locations) {
    this(locations, null, CallPurpose.QUERY);
  }

  public ExpressionCompiler(
      Locations locations, @Nullable SubqueryCompiler subqueries, CallPurpose purpose) {
    this.locations = locations;
    this.subqueries = subqueries;
    this.purpose = purpose;
  }

  public Locations locations() {
    return locations;
  }

  public Node compile(BoundExpression expression) {
    return expression.accept(this);
  }

  public Node[] compileAll(List<? extends BoundExpression> expressions) {
    Node[] nodes = new Node[expressions.size()];
    for (int i = 0; i < nodes.length; i++) {
      nodes[i] = compile(expressions.get(i));
    }
    return nodes;
  }

  @Override
  public Node constant(BoundExpression.Constant node) {
    return new ConstantNode(node.value());
  }

  @Override
  public Node parameter(BoundExpression.Parameter node) {
    return new ParameterNode(node.index() - 1);
  }

  @Override
  public Node columnReference(BoundExpression.ColumnReference node) {
    return locations.get(node.column());
  }

  @Override
  public Node arithmetic(BoundExpression.Arithmetic node) {
    Node left = compile(node.left());
    Node right = compile(node.right());
    return switch (node.operator()) {
      case ADD -> new AddNode(left, right);
      case SUBTRACT -> new SubtractNode(left, right);
      case MULTIPLY -> new MultiplyNode(left, right);
      case DIVIDE -> new DivideNode(left, right);
      case REMAINDER -> new RemainderNode(left, right);
      case BIT_AND -> new BitNode(BitNode.Kind.AND, left, right);
      case BIT_OR -> new BitNode(BitNode.Kind.OR, left, right);
      case SHIFT_LEFT -> new BitNode(BitNode.Kind.SHIFT_LEFT, left, right);
      case SHIFT_RIGHT -> new BitNode(BitNode.Kind.SHIFT_RIGHT, left, right);
    };
  }

  @Override
  public Node concat(BoundExpression.Concat node) {
    return new ConcatNode(compile(node.left()), compile(node.right()));
  }

  @Override
  public Node negate(BoundExpression.Negate node) {
    return new NegateNode(compile(node.operand()));
  }

  @Override
  public Node bitNot(BoundExpression.BitNot node) {
    return new BitNotNode(compile(node.operand()));
  }

  @Override
  public Node unaryPlus(BoundExpression.UnaryPlus node) {
    return compile(node.operand());
  }

  @Override
  public Node collate(BoundExpression.Collate node) {
    return compile(node.operand());
  }

  @Override
  public Node comparison(BoundExpression.Comparison node) {
    Node left = compile(node.left());
    Node right = compile(node.right());
    ComparedPair pair = new ComparedPair(node.operandAffinity(), node.collation());
    if (node.operator().isNullSafe()) {
      return new IsNode(left, right, pair, node.operator() == ComparisonOperator.IS_NOT);
    }
    int wanted = signs(node.operator());
    if (right instanceof ConstantNode constant && constant.tag() == Tag.INTEGER) {
      return new CompareIntegerNode(wanted, left, constant.bits(), pair);
    }
    return new CompareNode(wanted, left, right, pair);
  }

  private static int signs(ComparisonOperator operator) {
    return switch (operator) {
      case EQUAL, IS -> ComparedPair.EQUAL;
      case NOT_EQUAL, IS_NOT -> ComparedPair.LESS | ComparedPair.GREATER;
      case LESS -> ComparedPair.LESS;
      case LESS_OR_EQUAL -> ComparedPair.LESS | ComparedPair.EQUAL;
      case GREATER -> ComparedPair.GREATER;
      case GREATER_OR_EQUAL -> ComparedPair.GREATER | ComparedPair.EQUAL;
    };
  }

  @Override
  public Node rowComparison(BoundExpression.RowComparison node) {
    return new RowCompareNode(
        signs(node.operator()),
        node.operator().isNullSafe(),
        compileAll(node.lefts()),
        compileAll(node.rights()),
        pairs(node.affinities(), node.collations()));
  }

  private static ComparedPair[] pairs(List<Affinity> affinities, List<Collation> collations) {
    ComparedPair[] pairs = new ComparedPair[affinities.size()];
    for (int i = 0; i < pairs.length; i++) {
      pairs[i] = new ComparedPair(affinities.get(i), collations.get(i));
    }
    return pairs;
  }

  @Override
  public Node and(BoundExpression.And node) {
    return new AndNode(compile(node.left()), compile(node.right()));
  }

  @Override
  public Node or(BoundExpression.Or node) {
    return new OrNode(compile(node.left()), compile(node.right()));
  }

  @Override
  public Node not(BoundExpression.Not node) {
    return new NotNode(compile(node.operand()));
  }

  @Override
  public Node isNull(BoundExpression.IsNull node) {
    return new IsNullNode(compile(node.operand()), node.negated());
  }

  @Override
  public Node isTruth(BoundExpression.IsTruth node) {
    return new IsTruthNode(compile(node.operand()), node.truth(), node.negated());
  }

  @Override
  public Node between(BoundExpression.Between node) {
    return new BetweenNode(
        compile(node.operand()),
        compile(node.low()),
        compile(node.high()),
        new ComparedPair(node.lowAffinity(), node.lowCollation()),
        new ComparedPair(node.highAffinity(), node.highCollation()));
  }

  @Override
  public Node caseOf(BoundExpression.Case node) {
    int n = node.branches().size();
    Node[] tests = new Node[n];
    Node[] results = new Node[n];
    ComparedPair[] pairs = new ComparedPair[n];
    for (int i = 0; i < n; i++) {
      BoundExpression.Branch branch = node.branches().get(i);
      tests[i] = compile(branch.test());
      pairs[i] = new ComparedPair(branch.testAffinity(), branch.collation());
      results[i] = compile(branch.result());
    }
    BoundExpression last = node.otherwise();
    BoundExpression base = node.base();
    if (base != null) {
      Node otherwise = last == null ? NULL : compile(last);
      return new BaseCaseNode(compile(base), tests, pairs, results, otherwise);
    }
    return new CaseNode(tests, results, last == null ? null : compile(last));
  }

  @Override
  public Node cast(BoundExpression.Cast node) {
    return new CastNode(compile(node.operand()), node.target());
  }

  @Override
  public Node coalesce(BoundExpression.Coalesce node) {
    return new CoalesceNode(compileAll(node.arguments()));
  }

  @Override
  public Node functionCall(BoundExpression.FunctionCall node) {
    Node[] arguments = compileAll(node.arguments());
    if (isBuiltInAbs(node)) {
      return new AbsoluteNode(node.function().function(), arguments, node.collation(), purpose);
    }
    Node call = new FunctionNode(node.function().function(), arguments, node.collation(), purpose);
    if (arguments.length == 2
        && node.function().form() == SpecialForm.PATTERN_MATCH
        && node.function().signature().name().equals("like")
        && node.arguments().get(0) instanceof BoundExpression.Constant pattern
        && pattern.value().tag() == Tag.TEXT) {
      Node search = ContainsNode.of(arguments[1], call, pattern.value().ref());
      return search == null ? call : search;
    }
    return call;
  }

  private static boolean isBuiltInAbs(BoundExpression.FunctionCall node) {
    return node.arguments().size() == 1
        && node.function().signature().name().equals("abs")
        && BuiltInFunctions.registry().find("abs", 1) == node.function();
  }

  @Override
  public Node inList(BoundExpression.InList node) {
    Node operand = compile(node.operand());
    if (node.list().size() >= SHORTEST_SET && areConstants(node.list())) {
      return inSet(node, operand);
    }
    return new InListNode(
        operand,
        compileAll(node.list()),
        new ComparedPair(node.operandAffinity(), node.collation()),
        node.negated());
  }

  private static boolean areConstants(List<BoundExpression> list) {
    for (BoundExpression each : list) {
      if (!(each instanceof BoundExpression.Constant)) {
        return false;
      }
    }
    return true;
  }

  private static Node inSet(BoundExpression.InList node, Node operand) {
    List<Register> values = new ArrayList<>();
    boolean anyNull = false;
    for (BoundExpression each : node.list()) {
      Register value = new Register();
      value.set(((BoundExpression.Constant) each).value());
      node.operandAffinity().apply(value);
      if (value.isNull()) {
        anyNull = true;
      } else {
        values.add(value);
      }
    }
    Collation collation = node.collation();
    Register[] sorted = values.toArray(new Register[0]);
    Arrays.sort(sorted, new RegisterOrder(collation));
    return new InSetNode(
        operand, sorted, anyNull, node.operandAffinity(), collation, node.negated());
  }

  @Override
  public Node inSubquery(BoundExpression.InSubquery node) {
    return subqueries().in(node, compileAll(node.operands()));
  }

  @Override
  public Node exists(BoundExpression.Exists node) {
    return subqueries().exists(node);
  }

  @Override
  public Node scalarSubquery(BoundExpression.ScalarSubquery node) {
    return subqueries().scalar(node);
  }

  private SubqueryCompiler subqueries() {
    if (subqueries == null) {
      throw new SqlException("subqueries prohibited in this place");
    }
    return subqueries;
  }

  @Override
  public Node raise(BoundExpression.Raise node) {
    BoundExpression message = node.message();
    return new RaiseNode(node.action(), message == null ? null : compile(message));
  }

  @Override
  public Node affinityApplied(BoundExpression.AffinityApplied node) {
    return new AffinityNode(compile(node.operand()), node.affinity());
  }
}
