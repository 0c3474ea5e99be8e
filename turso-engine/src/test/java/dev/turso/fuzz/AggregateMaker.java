package dev.turso.fuzz;

import java.util.ArrayList;
import java.util.List;

/** Aggregates and window functions whose value does not hang on an order that SQL leaves open. */
final class AggregateMaker {

  /** Aggregates and window functions that both engines have. */
  static final List<String> NAMES =
      List.of(
          "count",
          "sum",
          "total",
          "avg",
          "min",
          "max",
          "group_concat",
          "string_agg",
          "json_group_array",
          "json_group_object",
          "jsonb_group_array",
          "jsonb_group_object",
          "median",
          "percentile",
          "percentile_cont",
          "percentile_disc",
          "row_number",
          "rank",
          "dense_rank",
          "percent_rank",
          "cume_dist",
          "ntile",
          "lag",
          "lead",
          "first_value",
          "last_value",
          "nth_value");

  private final Seeded seeded;
  private final ExpressionMaker expressions;

  AggregateMaker(Seeded seeded, ExpressionMaker expressions) {
    this.seeded = seeded;
    this.expressions = expressions;
  }

  String aggregate(Scope around) {
    // An aggregate of outer columns alone belongs to the query around.
    Scope scope = Scope.of(around.columns());
    String of = seeded.percent(65) ? expressions.column(scope) : expressions.value(scope, 1);
    String distinct = seeded.percent(20) ? "DISTINCT " : "";
    String call =
        switch (seeded.below(14)) {
          case 0, 1 -> "count(*)";
          case 2 -> "count(" + distinct + of + ")";
          case 3 -> "sum(" + bounded(of) + ")";
          case 4 -> "total(" + bounded(of) + ")";
          case 5 -> "avg(" + bounded(of) + ")";
          case 6 -> "group_concat(" + of + ", ',' ORDER BY quote(" + of + "))";
          case 7 -> "string_agg(quote(" + of + "), '-' ORDER BY quote(" + of + ") DESC)";
          case 8 -> "json_group_array(quote(" + of + ") ORDER BY quote(" + of + "))";
          case 9 -> "json_group_object('k' || hex(" + of + "), 1 ORDER BY hex(" + of + "))";
          case 10 ->
              seeded.pick("median(", "percentile_cont(", "percentile(", "percentile_disc(")
                  + bounded(of);
          case 11 -> "hex(jsonb_group_array(typeof(" + of + ") ORDER BY typeof(" + of + ")))";
          default -> seeded.pick("min(", "max(") + of + ")";
        };
    call = closed(call);
    return seeded.percent(15) && !call.startsWith("hex")
        ? call + " FILTER (WHERE " + expressions.condition(scope, 1) + ")"
        : call;
  }

  private static String closed(String call) {
    if (call.startsWith("percentile_")) {
      return call + ", 0.25)";
    } else if (call.startsWith("percentile(")) {
      return call + ", 75)";
    } else if (call.startsWith("median(")) {
      return call + ")";
    }
    return call;
  }

  /** Sums of small integers are the same in every order. */
  private String bounded(String of) {
    return seeded.percent(80) ? "CAST(" + of + " AS INTEGER) % 1000" : "length(" + of + ")";
  }

  String partition(Scope scope) {
    StringBuilder text = new StringBuilder();
    if (seeded.percent(50)) {
      text.append("PARTITION BY ").append(expressions.column(scope)).append(' ');
    }
    return text.toString();
  }

  /** A window function over an order with ties, by what peers have in common; or over a total one. */
  String window(Scope scope, boolean named) {
    String base = named ? "w " : partition(scope);
    String key = expressions.column(scope);
    String of = expressions.column(scope);
    String filter =
        seeded.percent(12) ? " FILTER (WHERE " + expressions.condition(scope, 1) + ")" : "";
    return switch (seeded.below(8)) {
      case 0 ->
          seeded.pick("rank()", "dense_rank()", "cume_dist()", "percent_rank()")
              + " OVER ("
              + base
              + order(key)
              + ")";
      case 1 ->
          seeded.pick("count(*)", "count(" + of + ")")
              + filter
              + " OVER ("
              + base
              + order(key)
              + frame(false)
              + ")";
      case 2 ->
          "sum(" + bounded(of) + ")" + filter + " OVER (" + base + order(key) + frame(false) + ")";
      case 3 ->
          "quote("
              + seeded.pick("min", "max")
              + "(quote("
              + of
              + ")) OVER ("
              + base
              + order(key)
              + frame(false)
              + "))";
      case 4 -> call(scope, of) + " OVER (" + base + total(scope) + frame(true) + ")";
      case 5 ->
          seeded.pick("lag(", "lead(")
              + of
              + seeded.pick(")", ", 2)", ", 1, 'none')")
              + " OVER ("
              + base
              + total(scope)
              + ")";
      case 6 -> seeded.pick("row_number()", "ntile(3)") + " OVER (" + base + total(scope) + ")";
      default ->
          named ? "count(*) OVER w" : "avg(" + bounded(of) + ")" + filter + " OVER (" + base + ")";
    };
  }

  private String call(Scope scope, String of) {
    return seeded.pick(
        "first_value(" + of + ")",
        "last_value(" + of + ")",
        "nth_value(" + of + ", 2)",
        "group_concat(" + of + ", '')",
        "sum(" + bounded(of) + ")",
        "count(" + expressions.column(scope) + ")");
  }

  private String order(String key) {
    return "ORDER BY " + key + seeded.pick("", " DESC", " NULLS LAST", " COLLATE NOCASE");
  }

  private String total(Scope scope) {
    if (scope.columns().isEmpty()) {
      return "ORDER BY 1";
    }
    List<String> keys = new ArrayList<>();
    for (String each : scope.columns()) {
      keys.add("quote(" + each + ")");
    }
    return "ORDER BY " + String.join(", ", keys);
  }

  private String frame(boolean rows) {
    if (seeded.percent(45)) {
      return "";
    }
    String unit = rows ? seeded.pick("ROWS", "GROUPS") : seeded.pick("RANGE", "GROUPS");
    boolean offsets = !unit.equals("RANGE") || seeded.percent(30);
    String start =
        offsets
            ? seeded.pick("UNBOUNDED PRECEDING", "2 PRECEDING", "CURRENT ROW", "1 FOLLOWING")
            : seeded.pick("UNBOUNDED PRECEDING", "CURRENT ROW");
    String end =
        offsets
            ? seeded.pick("CURRENT ROW", "1 PRECEDING", "3 FOLLOWING", "UNBOUNDED FOLLOWING")
            : seeded.pick("CURRENT ROW", "UNBOUNDED FOLLOWING");
    String exclude =
        seeded.pick(
            "",
            "",
            " EXCLUDE GROUP",
            " EXCLUDE TIES",
            rows ? " EXCLUDE CURRENT ROW" : "",
            " EXCLUDE NO OTHERS");
    if (seeded.percent(15)) {
      return " " + unit + " " + (offsets ? "1 PRECEDING" : "UNBOUNDED PRECEDING") + exclude;
    }
    return " " + unit + " BETWEEN " + start + " AND " + end + exclude;
  }
}
