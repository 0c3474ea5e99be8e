package dev.turso.bind;

import dev.turso.error.ResultCode;
import dev.turso.error.SqlException;
import dev.turso.format.TextEncoding;
import dev.turso.function.text.StoredForm;
import dev.turso.plan.logical.ArithmeticOperator;
import dev.turso.plan.logical.BoundExpression;
import dev.turso.plan.logical.BoundExpression.And;
import dev.turso.plan.logical.BoundExpression.Arithmetic;
import dev.turso.plan.logical.BoundExpression.BitNot;
import dev.turso.plan.logical.BoundExpression.Case;
import dev.turso.plan.logical.BoundExpression.Cast;
import dev.turso.plan.logical.BoundExpression.Collate;
import dev.turso.plan.logical.BoundExpression.Concat;
import dev.turso.plan.logical.BoundExpression.Constant;
import dev.turso.plan.logical.BoundExpression.IsNull;
import dev.turso.plan.logical.BoundExpression.Negate;
import dev.turso.plan.logical.BoundExpression.Not;
import dev.turso.plan.logical.BoundExpression.Or;
import dev.turso.plan.logical.BoundExpression.Parameter;
import dev.turso.plan.logical.BoundExpression.Raise;
import dev.turso.plan.logical.BoundExpression.UnaryPlus;
import dev.turso.schema.Names;
import dev.turso.sql.ast.BinaryOperator;
import dev.turso.sql.ast.Expression;
import dev.turso.sql.ast.Name;
import dev.turso.sql.ast.ResultColumn;
import dev.turso.sql.ast.UnaryOperator;
import dev.turso.value.Affinity;
import dev.turso.value.Collation;
import dev.turso.value.Value;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Binds expressions of one scope. Comparisons, functions and subqueries have binders of their own. */
final class ExpressionBinder {

  final BindContext context;
  final Scope scope;
  private final ComparisonBinder comparisons;
  private final FunctionBinder functions;
  private final SubqueryBinder subqueries;

  ExpressionBinder(BindContext context, Scope scope) {
    this.context = context;
    this.scope = scope;
    this.comparisons = new ComparisonBinder(this);
    this.functions = new FunctionBinder(this);
    this.subqueries = new SubqueryBinder(this);
  }

  SubqueryBinder subqueries() {
    return subqueries;
  }

  /** The expression as one value. */
  BoundExpression bind(Expression expression) {
    return switch (expression) {
      case Expression.Literal e -> literal(e);
      case Expression.Parameter e -> parameter(e);
      case Expression.ColumnName e -> column(e);
      case Expression.Unary e -> unary(e);
      case Expression.Binary e -> binary(e);
      case Expression.Is e -> comparisons.is(e);
      case Expression.IsNull e -> new IsNull(bind(e.operand()), e.negated());
      case Expression.Collate e -> new Collate(bind(e.operand()), collation(e.collation()));
      case Expression.Cast e -> cast(e);
      case Expression.Case e -> caseOf(e);
      case Expression.Between e -> comparisons.between(e);
      case Expression.InList e -> subqueries.inList(e);
      case Expression.InSelect e -> subqueries.inSelect(e);
      case Expression.InTable e -> subqueries.inTable(e);
      case Expression.Exists e -> subqueries.exists(e);
      case Expression.ScalarSubquery e -> subqueries.scalar(e);
      case Expression.RowValue e -> throw rowValueMisused(e);
      case Expression.FunctionCall e -> functions.call(e);
      case Expression.Like e -> functions.like(e);
      case Expression.Raise e -> raise(e);
    };
  }

  @Nullable BoundExpression bindNullable(@Nullable Expression expression) {
    return expression == null ? null : bind(expression);
  }

  List<BoundExpression> bindAll(List<Expression> expressions) {
    List<BoundExpression> all = new ArrayList<>(expressions.size());
    for (Expression each : expressions) {
      all.add(bind(each));
    }
    return all;
  }

  /** The values of a row value, or of a subquery that stands for one; one value otherwise. */
  List<BoundExpression> bindRow(Expression expression) {
    if (expression instanceof Expression.RowValue row) {
      return bindAll(row.values());
    }
    if (expression instanceof Expression.ScalarSubquery subquery) {
      return subqueries.row(subquery);
    }
    return List.of(bind(expression));
  }

  static SqlException rowValueMisused(Expression at) {
    return new SqlException(ResultCode.ERROR, "row value misused", at.position());
  }

  private static BoundExpression constant(Value value) {
    return new Constant(value);
  }

  private BoundExpression literal(Expression.Literal literal) {
    return switch (literal.kind()) {
      case NULL -> constant(Value.NULL);
      case INTEGER -> constant(Literals.integer(literal.text(), false));
      case REAL -> constant(Literals.real(literal.text()));
      case STRING -> constant(Value.text(literal.text()));
      case BLOB -> constant(Literals.blob(literal.text()));
      case CURRENT_TIME -> functions.current("current_time");
      case CURRENT_DATE -> functions.current("current_date");
      case CURRENT_TIMESTAMP -> functions.current("current_timestamp");
    };
  }

  private BoundExpression parameter(Expression.Parameter parameter) {
    requireNoDefault();
    if (scope.schemaExpression != null) {
      throw new SqlException("parameters prohibited in " + scope.schemaExpression.words());
    }
    return new Parameter(parameter.index());
  }

  /** Refuses what is not constant within DEFAULT. */
  void requireNoDefault() {
    if (scope.schemaExpression == SchemaExpression.DEFAULT) {
      throw new SqlException(TableExpressionBinder.NOT_CONSTANT);
    }
  }

  private BoundExpression column(Expression.ColumnName name) {
    if (scope.schemaExpression == SchemaExpression.GENERATED_COLUMN
        || scope.schemaExpression == SchemaExpression.INDEX_EXPRESSION) {
      if (name.table() != null) {
        throw new SqlException(
            "the \".\" operator prohibited in " + scope.schemaExpression.words());
      }
      if (NameResolver.isRowid(name.name().text())
          && scope.sources.getFirst().find(name.name().text()) == null) {
        throw NameResolver.notFound(name);
      }
    }
    NameResolver.Found found = NameResolver.resolve(scope, name);
    if (found == null) {
      return unresolved(name);
    }
    if (found.expression() != null) {
      return found.expression();
    }
    return aliased(found);
  }

  /** The expression behind an alias, bound anew so that its subqueries get columns of their own. */
  private BoundExpression aliased(NameResolver.Found found) {
    Scope home = found.scope();
    ResultColumn.Computed alias = found.alias();
    assert alias != null && alias.alias() != null;
    Expression expression = alias.expression();
    boolean windows = home.windowsAllowed;
    Scope.Aggregates aggregates = home.aggregatesHere;
    home.aliasesVisible = false;
    home.openAlias = alias.alias().text();
    if (aggregates == Scope.Aggregates.REFUSED) {
      home.aggregatesHere = Scope.Aggregates.MISPLACED;
    }
    try {
      if (expression instanceof Expression.RowValue) {
        throw rowValueMisused(expression);
      }
      return new ExpressionBinder(context, home).bind(expression);
    } finally {
      home.aliasesVisible = true;
      home.openAlias = null;
      home.aggregatesHere = aggregates;
      home.windowsAllowed = windows;
    }
  }

  private BoundExpression unresolved(Expression.ColumnName name) {
    if (name.table() == null) {
      String text = name.name().text();
      if (name.doubleQuoted()) {
        requireNoDefault();
        if (context.settings.mayBeString(text)) {
          return constant(Value.text(text));
        }
      } else if (isTruthName(name)) {
        return constant(Value.integer(Names.same(text, "true") ? 1 : 0));
      }
    }
    requireNoDefault();
    throw NameResolver.notFound(name);
  }

  /** Whether a name is TRUE or FALSE where no column is called so. */
  static boolean isTruthName(Expression.ColumnName name) {
    String text = name.name().text();
    return name.table() == null
        && !name.doubleQuoted()
        && (Names.same(text, "true") || Names.same(text, "false"));
  }

  private BoundExpression unary(Expression.Unary unary) {
    if (unary.operator() == UnaryOperator.MINUS
        && unary.operand() instanceof Expression.Literal literal) {
      // Not what subtraction from 0 gives: -0.0, and the least integer.
      if (literal.kind() == Expression.LiteralKind.INTEGER) {
        return constant(Literals.integer(literal.text(), true));
      } else if (literal.kind() == Expression.LiteralKind.REAL) {
        return constant(Value.real(-Literals.real(literal.text()).asDouble()));
      }
    }
    BoundExpression operand = bind(unary.operand());
    return switch (unary.operator()) {
      case NOT -> new Not(operand);
      case MINUS -> new Negate(operand);
      case PLUS -> new UnaryPlus(operand);
      case BIT_NOT -> new BitNot(operand);
    };
  }

  private BoundExpression binary(Expression.Binary binary) {
    BinaryOperator operator = binary.operator();
    if (operator.isComparison()) {
      return comparisons.comparison(binary);
    }
    if (operator == BinaryOperator.JSON_EXTRACT || operator == BinaryOperator.JSON_EXTRACT_TEXT) {
      return functions.operator(operator.sql(), binary.left(), binary.right());
    }
    boolean and = operator == BinaryOperator.AND;
    if (and && Literals.isFalse(binary)) {
      return constant(Value.integer(0));
    }
    BoundExpression left = bind(binary.left());
    if (and
        && left instanceof Constant
        && Literals.isAnd(binary.left())
        && !FunctionUse.in(binary.right())) {
      return left;
    }
    BoundExpression right = bind(binary.right());
    return switch (operator) {
      case OR -> new Or(left, right);
      case AND -> new And(left, right);
      case CONCAT -> new Concat(left, right);
      default -> new Arithmetic(arithmetic(operator), left, right);
    };
  }

  private static ArithmeticOperator arithmetic(BinaryOperator operator) {
    return switch (operator) {
      case BIT_AND -> ArithmeticOperator.BIT_AND;
      case BIT_OR -> ArithmeticOperator.BIT_OR;
      case SHIFT_LEFT -> ArithmeticOperator.SHIFT_LEFT;
      case SHIFT_RIGHT -> ArithmeticOperator.SHIFT_RIGHT;
      case ADD -> ArithmeticOperator.ADD;
      case SUBTRACT -> ArithmeticOperator.SUBTRACT;
      case MULTIPLY -> ArithmeticOperator.MULTIPLY;
      case DIVIDE -> ArithmeticOperator.DIVIDE;
      case REMAINDER -> ArithmeticOperator.REMAINDER;
      default -> throw new IllegalArgumentException(operator.name());
    };
  }

  Collation collation(Name name) {
    Collation found = context.functions.collation(name.text());
    if (found == null && !context.settings.checksSchema()) {
      return new UnknownCollation(name.text());
    }
    return found == null ? Collation.BINARY : found;
  }

  private BoundExpression cast(Expression.Cast cast) {
    Affinity target =
        cast.typeName().isEmpty() ? Affinity.NUMERIC : Affinity.ofDeclaredType(cast.typeName());
    BoundExpression operand = bind(cast.operand());
    return switch (target) {
      case BLOB, NONE -> new Cast(storedBytes(operand), target);
      case TEXT -> new Cast(storedText(operand), target);
      default -> new Cast(operand, target);
    };
  }

  /** What is taken for bytes, as the database stores it. */
  BoundExpression storedBytes(BoundExpression operand) {
    TextEncoding encoding = context.settings.encoding();
    return encoding == TextEncoding.UTF_8
        ? operand
        : functions.scalar(StoredForm.encoder(encoding), List.of(operand));
  }

  /** The same, but for numbers, whose digits are then those of UTF-8. */
  BoundExpression storedTexts(BoundExpression operand) {
    TextEncoding encoding = context.settings.encoding();
    return encoding == TextEncoding.UTF_8
        ? operand
        : functions.scalar(StoredForm.textEncoder(encoding), List.of(operand));
  }

  private BoundExpression storedText(BoundExpression operand) {
    TextEncoding encoding = context.settings.encoding();
    return encoding == TextEncoding.UTF_8
        ? operand
        : functions.scalar(StoredForm.decoder(encoding), List.of(operand));
  }

  private BoundExpression caseOf(Expression.Case node) {
    BoundExpression base = null;
    if (node.operand() != null) {
      List<BoundExpression> row = bindRow(node.operand());
      if (row.size() > 1) {
        return comparisons.rowCase(row, node);
      }
      base = row.getFirst();
    }
    List<BoundExpression.Branch> branches = new ArrayList<>(node.whens().size());
    for (Expression.When each : node.whens()) {
      BoundExpression test = bind(each.condition());
      Affinity affinity =
          base == null ? Affinity.NONE : Affinity.forComparison(base.affinity(), test.affinity());
      Collation collation = base == null ? Collation.BINARY : Collations.forComparison(base, test);
      branches.add(new BoundExpression.Branch(test, affinity, collation, bind(each.result())));
    }
    return new Case(base, List.copyOf(branches), bindNullable(node.otherwise()));
  }

  private BoundExpression raise(Expression.Raise raise) {
    requireNoDefault();
    if (!scope.inTrigger) {
      throw new SqlException(
          ResultCode.ERROR, "RAISE() may only be used within a trigger-program", raise.position());
    }
    return new Raise(raise.action(), bindNullable(raise.message()));
  }
}
