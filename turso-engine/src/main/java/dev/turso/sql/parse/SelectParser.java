package dev.turso.sql.parse;

import dev.turso.sql.ast.CommonTable;
import dev.turso.sql.ast.CommonTable.Materialization;
import dev.turso.sql.ast.CompoundOperator;
import dev.turso.sql.ast.Expression;
import dev.turso.sql.ast.Name;
import dev.turso.sql.ast.NullsOrder;
import dev.turso.sql.ast.OrderingTerm;
import dev.turso.sql.ast.ResultColumn;
import dev.turso.sql.ast.Select;
import dev.turso.sql.ast.SelectCore;
import dev.turso.sql.ast.SortDirection;
import dev.turso.sql.ast.TableReference;
import dev.turso.sql.ast.WindowClause;
import dev.turso.sql.ast.With;
import dev.turso.sql.token.Token;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Queries: WITH, cores and compounds, result columns, ORDER BY and LIMIT. */
final class SelectParser {

  /** As SQLITE_MAX_COMPOUND_SELECT. */
  static final int MAXIMUM_COMPOUND_TERMS = 500;

  /** How many expressions one subquery weighs against the depth limit. */
  private static final int SUBQUERY_STEPS = 5;

  private final TokenCursor cursor;
  private final ExpressionParser expressions;
  private final FromParser from;
  private boolean withEndsQuery;

  SelectParser(TokenCursor cursor) {
    this.cursor = cursor;
    this.expressions = new ExpressionParser(cursor, this);
    this.from = new FromParser(cursor, expressions, this);
  }

  ExpressionParser expressions() {
    return expressions;
  }

  FromParser from() {
    return from;
  }

  /** From here on WITH behind a result column or table begins a clause and is no alias. */
  void withEndsQuery() {
    withEndsQuery = true;
  }

  /** Whether a query begins here. */
  boolean atSelect() {
    return switch (cursor.token()) {
      case SELECT, VALUES, WITH -> true;
      default -> false;
    };
  }

  /** A query inside something else. */
  Select nestedSelect() {
    cursor.enter(SUBQUERY_STEPS);
    Select select = select();
    cursor.leave(SUBQUERY_STEPS);
    return select;
  }

  /** A query with its WITH clause. */
  Select select() {
    int position = cursor.start();
    return select(with(), position);
  }

  /** A query whose WITH clause has been read. */
  Select select(@Nullable With with, int position) {
    List<SelectCore> cores = new ArrayList<>(1);
    List<CompoundOperator> operators = new ArrayList<>(0);
    String misplaced = null;
    while (true) {
      SelectCore core = core();
      cores.add(core);
      boolean values = core instanceof SelectCore.Values;
      List<OrderingTerm> orderBy = values ? List.of() : orderBy();
      Limit limit = values ? Limit.NONE : limit();
      CompoundOperator operator = compoundOperator();
      if (operator == null) {
        checkCompound(misplaced, cores.size(), position);
        return new Select(
            with,
            List.copyOf(cores),
            List.copyOf(operators),
            orderBy,
            limit.count(),
            limit.offset(),
            position);
      }
      operators.add(operator);
      if (!orderBy.isEmpty() || limit.count() != null) {
        String clause = orderBy.isEmpty() ? "LIMIT" : "ORDER BY";
        misplaced = clause + " clause should come after " + operator.sql() + " not before";
      }
    }
  }

  private void checkCompound(@Nullable String misplaced, int terms, int position) {
    if (misplaced != null) {
      cursor.fail(misplaced, position);
    }
    if (terms > MAXIMUM_COMPOUND_TERMS) {
      cursor.fail("too many terms in compound SELECT", position);
    }
  }

  private @Nullable CompoundOperator compoundOperator() {
    return switch (cursor.token()) {
      case UNION -> {
        cursor.advance();
        yield cursor.accept(Token.ALL) ? CompoundOperator.UNION_ALL : CompoundOperator.UNION;
      }
      case EXCEPT -> {
        cursor.advance();
        yield CompoundOperator.EXCEPT;
      }
      case INTERSECT -> {
        cursor.advance();
        yield CompoundOperator.INTERSECT;
      }
      default -> null;
    };
  }

  /** {@code [WITH [RECURSIVE] name AS (…), …]}. */
  @Nullable With with() {
    if (!cursor.accept(Token.WITH)) {
      return null;
    }
    boolean recursive = cursor.accept(Token.RECURSIVE);
    List<CommonTable> tables = new ArrayList<>();
    do {
      CommonTable table = commonTable();
      checkIsNew(table.name(), tables);
      tables.add(table);
    } while (cursor.accept(Token.COMMA));
    return new With(recursive, List.copyOf(tables));
  }

  private void checkIsNew(Name name, List<CommonTable> tables) {
    for (CommonTable other : tables) {
      if (other.name().text().equalsIgnoreCase(name.text())) {
        cursor.fail("duplicate WITH table name: " + name.text(), name.position());
      }
    }
  }

  private CommonTable commonTable() {
    Name name = cursor.name();
    List<Name> columns = cursor.optionalColumnList();
    cursor.expect(Token.AS);
    Materialization materialization = Materialization.UNSPECIFIED;
    if (cursor.accept(Token.MATERIALIZED)) {
      materialization = Materialization.MATERIALIZED;
    } else if (cursor.accept(Token.NOT)) {
      cursor.expect(Token.MATERIALIZED);
      materialization = Materialization.NOT_MATERIALIZED;
    }
    cursor.expect(Token.LEFT_PAREN);
    Select select = nestedSelect();
    cursor.expect(Token.RIGHT_PAREN);
    return new CommonTable(name, columns, materialization, select);
  }

  private SelectCore core() {
    return switch (cursor.token()) {
      case SELECT -> querySpecification();
      case VALUES -> values();
      default -> throw cursor.syntaxError();
    };
  }

  private SelectCore querySpecification() {
    int position = cursor.start();
    cursor.advance();
    boolean distinct = cursor.accept(Token.DISTINCT);
    if (!distinct) {
      cursor.accept(Token.ALL);
    }
    List<ResultColumn> columns = resultColumns();
    TableReference tables = cursor.accept(Token.FROM) ? from.tables() : null;
    Expression where = expressions.expressionAfter(Token.WHERE);
    List<Expression> groupBy = List.of();
    if (cursor.accept(Token.GROUP)) {
      cursor.expect(Token.BY);
      groupBy = expressions.list();
    }
    Expression having = expressions.expressionAfter(Token.HAVING);
    List<WindowClause> windows = expressions.operands().functions().windowClauses();
    return new SelectCore.QuerySpecification(
        distinct, columns, tables, where, groupBy, having, windows, position);
  }

  private SelectCore values() {
    int position = cursor.start();
    cursor.advance();
    List<List<Expression>> rows = new ArrayList<>(1);
    do {
      int rowPosition = cursor.start();
      cursor.expect(Token.LEFT_PAREN);
      List<Expression> row = expressions.list();
      cursor.expect(Token.RIGHT_PAREN);
      if (!rows.isEmpty() && rows.get(0).size() != row.size()) {
        cursor.failAtEnd("all VALUES must have the same number of terms", rowPosition);
      }
      rows.add(row);
    } while (cursor.accept(Token.COMMA));
    return new SelectCore.Values(List.copyOf(rows), position);
  }

  /** What stands between SELECT and FROM, or after RETURNING. */
  List<ResultColumn> resultColumns() {
    ResultColumn first = resultColumn();
    if (!cursor.at(Token.COMMA)) {
      return List.of(first);
    }
    List<ResultColumn> columns = new ArrayList<>();
    columns.add(first);
    while (cursor.accept(Token.COMMA)) {
      columns.add(resultColumn());
    }
    return List.copyOf(columns);
  }

  private ResultColumn resultColumn() {
    int position = cursor.start();
    if (cursor.accept(Token.STAR)) {
      return new ResultColumn.AllColumns(position);
    }
    Expression expression;
    if (mayQualify(cursor.token()) && cursor.peek() == Token.DOT) {
      Name table = cursor.takeName();
      cursor.advance();
      if (cursor.accept(Token.STAR)) {
        return new ResultColumn.AllColumnsOf(table, position);
      }
      expression = expressions.continued(expressions.operands().columnOf(table));
    } else {
      expression = expressions.expression();
    }
    String source = cursor.textSince(position);
    return new ResultColumn.Computed(expression, alias(), source);
  }

  /** Whether a token is a name even where an expression may begin. */
  private static boolean mayQualify(Token token) {
    return switch (token) {
      case CAST, RAISE, CURRENT_DATE, CURRENT_TIME, CURRENT_TIMESTAMP -> false;
      default -> token.isName();
    };
  }

  /** {@code [[AS] name]}, after a result column or a table. */
  @Nullable Name alias() {
    if (cursor.accept(Token.AS)) {
      return cursor.name();
    }
    if (!cursor.token().isIdentifierOrString() || (withEndsQuery && cursor.at(Token.WITH))) {
      return null;
    }
    return cursor.takeName();
  }

  /** {@code [ORDER BY …]}; afterwards the height is that of the highest term. */
  List<OrderingTerm> orderBy() {
    if (!cursor.accept(Token.ORDER)) {
      return List.of();
    }
    cursor.expect(Token.BY);
    return orderingTerms();
  }

  /** {@code expression [ASC|DESC] [NULLS FIRST|LAST], …}. */
  List<OrderingTerm> orderingTerms() {
    List<OrderingTerm> terms = new ArrayList<>(1);
    int highest = 0;
    do {
      Expression expression = expressions.expression();
      highest = Math.max(highest, expressions.height());
      SortDirection direction = sortDirection();
      terms.add(new OrderingTerm(expression, direction, nullsOrder()));
    } while (cursor.accept(Token.COMMA));
    expressions.nodeOver(highest - 1);
    return List.copyOf(terms);
  }

  /** The columns of an index or key, where NULLS FIRST and LAST have no meaning. */
  List<OrderingTerm> indexedColumns() {
    List<OrderingTerm> columns = orderingTerms();
    for (OrderingTerm column : columns) {
      if (column.nulls() != null) {
        cursor.fail("unsupported use of NULLS " + column.nulls(), column.expression().position());
        break;
      }
    }
    return columns;
  }

  @Nullable SortDirection sortDirection() {
    if (cursor.accept(Token.ASC)) {
      return SortDirection.ASC;
    }
    return cursor.accept(Token.DESC) ? SortDirection.DESC : null;
  }

  private @Nullable NullsOrder nullsOrder() {
    if (!cursor.accept(Token.NULLS)) {
      return null;
    }
    if (cursor.accept(Token.FIRST)) {
      return NullsOrder.FIRST;
    }
    cursor.expect(Token.LAST);
    return NullsOrder.LAST;
  }

  /** {@code [LIMIT count [OFFSET offset] | LIMIT offset, count]}. */
  Limit limit() {
    if (!cursor.accept(Token.LIMIT)) {
      return Limit.NONE;
    }
    Expression first = expressions.expression();
    if (cursor.accept(Token.OFFSET)) {
      return new Limit(first, expressions.expression());
    }
    if (cursor.accept(Token.COMMA)) {
      return new Limit(expressions.expression(), first);
    }
    return new Limit(first, null);
  }

  /** A LIMIT clause, or none. */
  record Limit(@Nullable Expression count, @Nullable Expression offset) {
    static final Limit NONE = new Limit(null, null);
  }
}
