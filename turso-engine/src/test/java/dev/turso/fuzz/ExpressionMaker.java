package dev.turso.fuzz;

import java.util.ArrayList;
import java.util.List;

/** Expressions over the columns of a scope. */
final class ExpressionMaker {

  private static final String[] COMPARISONS = {"=", "<", "<=", ">", ">=", "<>", "==", "!="};
  private static final String[] ARITHMETIC = {"+", "-", "*", "/", "%", "||", "&", "|", "<<", ">>"};
  private static final String[] TYPES = {
    "INTEGER", "TEXT", "REAL", "NUMERIC", "BLOB", "VARCHAR(3)", ""
  };
  static final String[] COLLATIONS = {"BINARY", "NOCASE", "RTRIM"};

  private final Seeded seeded;
  private final ValueMaker values;
  private final FunctionMaker functions;
  private final QueryMaker queries;

  ExpressionMaker(Seeded seeded, ValueMaker values, FunctionMaker functions, QueryMaker queries) {
    this.seeded = seeded;
    this.values = values;
    this.functions = functions;
    this.queries = queries;
  }

  /** Any expression; a depth of 0 is a column or a literal. */
  String value(Scope scope, int depth) {
    if (depth <= 0) {
      return leaf(scope);
    }
    int d = depth - 1;
    return switch (seeded.below(22)) {
      case 0, 1, 2, 3 -> leaf(scope);
      case 4, 5, 6 ->
          "(" + value(scope, d) + " " + seeded.pick(ARITHMETIC) + " " + value(scope, d) + ")";
      case 7, 8 -> "(" + condition(scope, d) + ")";
      case 9 -> seeded.pick("-", "+", "~", "NOT ") + "(" + value(scope, d) + ")";
      case 10 -> "CAST(" + value(scope, d) + " AS " + seeded.pick(TYPES) + ")";
      case 11 -> "(" + value(scope, d) + " COLLATE " + seeded.pick(COLLATIONS) + ")";
      case 12 -> searchedCase(scope, d);
      case 13 ->
          "CASE "
              + value(scope, d)
              + " WHEN "
              + value(scope, d)
              + " THEN "
              + value(scope, d)
              + " WHEN "
              + value(scope, d)
              + " THEN "
              + value(scope, d)
              + " END";
      case 14 -> queries.isDeep() ? leaf(scope) : "(" + queries.scalar(scope) + ")";
      case 15 ->
          "("
              + (seeded.percent(70) ? functions.json() : value(scope, d))
              + seeded.pick(" -> ", " ->> ")
              + (seeded.percent(50) ? functions.path() : seeded.pick("'a'", "0", "-1", "'b'"))
              + ")";
      default -> functions.call(() -> value(scope, Math.min(d, 1)));
    };
  }

  private String searchedCase(Scope scope, int d) {
    return "CASE WHEN "
        + condition(scope, d)
        + " THEN "
        + value(scope, d)
        + (seeded.percent(70) ? " ELSE " + value(scope, d) : "")
        + " END";
  }

  private String leaf(Scope scope) {
    if (!scope.columns().isEmpty() && seeded.percent(60)) {
      return seeded.pick(scope.columns());
    } else if (!scope.outer().isEmpty() && seeded.percent(40)) {
      return seeded.pick(scope.outer());
    } else if (seeded.percent(2)) {
      return seeded.pick("?", "?1", ":a", "TRUE", "FALSE", "0x1F");
    }
    return values.any();
  }

  /** A column of the scope, or a literal if it has none. */
  String column(Scope scope) {
    return scope.columns().isEmpty() ? values.any() : seeded.pick(scope.columns());
  }

  /** An expression that is used for its truth. */
  String condition(Scope scope, int depth) {
    int d = depth - 1;
    if (depth <= 0) {
      return column(scope) + " " + seeded.pick(COMPARISONS) + " " + leaf(scope);
    }
    String not = seeded.percent(30) ? " NOT" : "";
    return switch (seeded.below(24)) {
      case 0, 1 -> "(" + condition(scope, d) + " AND " + condition(scope, d) + ")";
      case 2, 3 -> "(" + condition(scope, d) + " OR " + condition(scope, d) + ")";
      case 4 -> "NOT (" + condition(scope, d) + ")";
      case 5 -> value(scope, d) + " IS" + not + " " + value(scope, d);
      case 6 -> value(scope, d) + " IS" + not + " DISTINCT FROM " + value(scope, d);
      case 7 ->
          value(scope, d)
              + seeded.pick(
                  " IS NULL", " NOTNULL", " ISNULL", " IS NOT NULL", " IS TRUE", " IS NOT FALSE");
      case 8 -> column(scope) + not + " BETWEEN " + value(scope, d) + " AND " + value(scope, d);
      case 9, 10 -> value(scope, d) + not + " IN (" + list(scope, d, seeded.below(5)) + ")";
      case 11 ->
          queries.isDeep() ? "1" : value(scope, d) + not + " IN (" + queries.rows(scope, 1) + ")";
      case 12 -> queries.isDeep() ? "0" : not + " EXISTS (" + queries.rows(scope, -1) + ")";
      case 13 ->
          value(scope, d)
              + not
              + " LIKE "
              + pattern()
              + (seeded.percent(15) ? " ESCAPE '" + seeded.pick("\\", "!", "%") + "'" : "");
      case 14 ->
          value(scope, d)
              + not
              + " GLOB "
              + seeded.pick("'a*'", "'[a-c]*'", "'?'", "'*b'", "'[^a]?'", "'A'");
      case 15 -> rowValue(scope, d);
      // SQLite does not follow a new name into IN within views.
      case 16 ->
          !queries.isStatement() || queries.table(1).isEmpty()
              ? "1"
              : value(scope, 0) + not + " IN " + queries.table(1);
      case 17 -> column(scope) + seeded.pick(" = ", " < ", " >= ", " IS ") + column(scope);
      default ->
          column(scope) + " " + seeded.pick(COMPARISONS) + " " + value(scope, seeded.below(2));
    };
  }

  private String pattern() {
    return seeded.pick(
        "'a%'", "'%b%'", "'_'", "'A_%'", "'%'", "''", "'a!%'", "'1%'", "'é%'", "NULL", "'ab'");
  }

  private String rowValue(Scope scope, int d) {
    int n = seeded.between(2, 3);
    String left = "(" + list(scope, Math.min(d, 1), n) + ")";
    return switch (seeded.below(3)) {
      case 0 ->
          left
              + " "
              + seeded.pick("=", "<", ">=", "IS", "<>")
              + " ("
              + list(scope, Math.min(d, 1), n)
              + ")";
      case 1 -> left + " BETWEEN (" + list(scope, 0, n) + ") AND (" + list(scope, 0, n) + ")";
      default ->
          queries.isDeep()
              ? "1"
              : left + seeded.pick(" IN (", " NOT IN (") + queries.rows(scope, n) + ")";
    };
  }

  String list(Scope scope, int depth, int n) {
    List<String> all = new ArrayList<>();
    for (int i = 0; i < n; i++) {
      all.add(value(scope, depth));
    }
    return String.join(", ", all);
  }

  String integerLiteral() {
    return values.integer();
  }
}
