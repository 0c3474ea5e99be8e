package dev.turso.fuzz;

import java.util.ArrayList;
import java.util.List;

/** Queries with every clause, over the tables and views there are. */
final class QueryMaker {

  private static final int DEEPEST = 3;
  private static final String[] COMPOUNDS = {" UNION ALL ", " UNION ", " INTERSECT ", " EXCEPT "};

  private final Seeded seeded;
  private final Model model;
  private final ExpressionMaker expressions;
  private final AggregateMaker aggregates;
  private int depth;
  private int aliases;
  private boolean statement;

  /** Common tables that the query may name now. */
  private final List<Model.Table> common = new ArrayList<>();

  QueryMaker(Seeded seeded, Model model, ValueMaker values, FunctionMaker functions) {
    this.seeded = seeded;
    this.model = model;
    expressions = new ExpressionMaker(seeded, values, functions, this);
    aggregates = new AggregateMaker(seeded, expressions);
  }

  ExpressionMaker expressions() {
    return expressions;
  }

  /** Whether no further subquery should be begun. */
  boolean isDeep() {
    return depth >= DEEPEST;
  }

  /** Whether what is made is a statement and no view or trigger. */
  boolean isStatement() {
    return statement;
  }

  /** The name of a table with so many columns, or nothing. */
  String table(int columns) {
    for (Model.Table each : model.all()) {
      if (each.columns().size() == columns) {
        return each.name();
      }
    }
    return "";
  }

  /** A whole statement. */
  String statement() {
    depth = 0;
    aliases = 0;
    common.clear();
    statement = true;
    String sql = query(Scope.EMPTY, seeded.between(1, 4), true);
    statement = false;
    common.clear();
    return sql;
  }

  /** A query of so many columns for a view. */
  String forView(int columns) {
    depth = 1;
    aliases = 0;
    common.clear();
    return query(Scope.EMPTY, columns, false);
  }

  /** A subquery whose rows are used as a set; -1 for any number of columns. */
  String rows(Scope scope, int columns) {
    depth++;
    int n = columns < 0 ? 1 : columns;
    String sql = seeded.percent(15) ? query(scope, n, false) : core(scope, n);
    depth--;
    return sql;
  }

  /** A subquery of one value: an aggregate, or the first of an order. */
  String scalar(Scope scope) {
    depth++;
    From from = from(scope);
    String sql =
        seeded.percent(70)
            ? "SELECT " + aggregates.aggregate(from.scope()) + from.text() + where(from.scope())
            : "SELECT "
                + expressions.value(from.scope(), 1)
                + from.text()
                + where(from.scope())
                + " ORDER BY 1 LIMIT 1";
    depth--;
    return sql;
  }

  private String query(Scope scope, int columns, boolean ordered) {
    int before = common.size();
    String with = depth < 2 && seeded.percent(18) ? with(scope) : "";
    StringBuilder sql = new StringBuilder(with).append(core(scope, columns));
    boolean windowed = false;
    while (seeded.percent(14)) {
      sql.append(seeded.pick(COMPOUNDS)).append(core(scope, columns));
    }
    if (ordered && seeded.percent(55)) {
      sql.append(orderAll(columns));
      if (seeded.percent(40)) {
        sql.append(" LIMIT ").append(seeded.pick("0", "1", "3", "10", "-1", "2 + 1"));
        if (seeded.percent(40)) {
          sql.append(" OFFSET ").append(seeded.pick("0", "1", "4", "-2"));
        }
      }
    }
    while (common.size() > before) {
      common.remove(common.size() - 1);
    }
    return sql.toString();
  }

  /** An order over all columns, so that it is total but for rows that are equal in it. */
  private String orderAll(int columns) {
    List<String> keys = new ArrayList<>();
    int first = seeded.below(columns);
    for (int i = 0; i < columns; i++) {
      keys.add(
          (1 + (first + i) % columns)
              + seeded.pick("", "", " DESC", " ASC", " NULLS LAST", " DESC NULLS FIRST"));
    }
    return " ORDER BY " + String.join(", ", keys);
  }

  private String core(Scope scope, int columns) {
    int kind = seeded.below(100);
    if (kind < 4) {
      return values(scope, columns);
    } else if (kind < 24) {
      return grouped(scope, columns);
    } else if (kind < 34) {
      return windowed(scope, columns);
    }
    From from = from(scope);
    String all = expressions.list(from.scope(), 2, columns);
    String star =
        from.width() == columns && from.text().startsWith(" FROM") && seeded.percent(40)
            ? "*"
            : all;
    return "SELECT "
        + (seeded.percent(15) ? "DISTINCT " : seeded.percent(3) ? "ALL " : "")
        + star
        + from.text()
        + where(from.scope());
  }

  private String values(Scope scope, int columns) {
    List<String> rows = new ArrayList<>();
    int n = seeded.between(1, 3);
    for (int i = 0; i < n; i++) {
      rows.add("(" + expressions.list(scope, 1, columns) + ")");
    }
    return "VALUES" + String.join(", ", rows);
  }

  String where(Scope scope) {
    return seeded.percent(65) ? " WHERE " + expressions.condition(scope, 3) : "";
  }

  private String grouped(Scope scope, int columns) {
    From from = from(scope);
    List<String> keys = new ArrayList<>();
    int n = seeded.below(3);
    for (int i = 0; i < n; i++) {
      String key =
          seeded.percent(70)
              ? expressions.column(from.scope())
              : expressions.value(from.scope(), 2);
      if (!key.matches("[-+~( ]*([0-9?:'].*|NULL.*|NOT.*|TRUE.*|FALSE.*|[xX]'.*)")) {
        keys.add(key);
      }
    }
    List<String> output = new ArrayList<>();
    for (int i = 0; i < columns; i++) {
      String each =
          !keys.isEmpty() && seeded.percent(35)
              ? seeded.pick(keys)
              : aggregates.aggregate(from.scope());
      output.add(seeded.percent(15) ? "quote(" + each + ")" : each);
    }
    return "SELECT "
        + String.join(", ", output)
        + from.text()
        + where(from.scope())
        + (keys.isEmpty() ? "" : " GROUP BY " + String.join(", ", keys))
        + (seeded.percent(25)
            ? " HAVING "
                + aggregates.aggregate(from.scope())
                + seeded.pick(" > 1", " IS NOT NULL", " < 5")
            : "");
  }

  private String windowed(Scope scope, int columns) {
    From from = from(scope);
    boolean named = seeded.percent(30);
    List<String> output = new ArrayList<>();
    for (int i = 0; i < columns; i++) {
      output.add(
          i == 0 || seeded.percent(50)
              ? aggregates.window(from.scope(), named)
              : expressions.value(from.scope(), 1));
    }
    return "SELECT "
        + String.join(", ", output)
        + from.text()
        + where(from.scope())
        + (named ? " WINDOW w AS (" + aggregates.partition(from.scope()) + ")" : "");
  }

  private String with(Scope scope) {
    List<String> tables = new ArrayList<>();
    int n = seeded.between(1, 2);
    for (int i = 0; i < n; i++) {
      String name = "q" + aliases++;
      int width = seeded.between(1, 3);
      List<Model.Column> columns = new ArrayList<>();
      List<String> names = new ArrayList<>();
      for (int k = 0; k < width; k++) {
        names.add("x" + k);
        columns.add(new Model.Column("x" + k, "", false, false));
      }
      depth++;
      String body = seeded.percent(35) ? recursion(name, names) : core(Scope.EMPTY, width);
      depth--;
      tables.add(
          name
              + "("
              + String.join(", ", names)
              + ") AS "
              + seeded.pick("", "", "MATERIALIZED ", "NOT MATERIALIZED ")
              + "("
              + body
              + ")");
      common.add(new Model.Table(name, true, false, false, columns));
    }
    return "WITH RECURSIVE " + String.join(", ", tables) + " ";
  }

  /** A recursion that counts in its first column, and so ends. */
  private String recursion(String name, List<String> names) {
    int n = names.size();
    String seed = n == 1 ? "1" : "1, " + expressions.list(Scope.EMPTY, 1, n - 1);
    String rest = n == 1 ? "" : ", " + expressions.list(Scope.of(names), 1, n - 1);
    String order = seeded.percent(25) ? " ORDER BY 1" + seeded.pick("", " DESC") : "";
    return "SELECT "
        + seed
        + " UNION"
        + seeded.pick(" ALL", "")
        + " SELECT x0 + 1"
        + rest
        + " FROM "
        + name
        + " WHERE x0 < "
        + seeded.between(1, 9)
        + order
        + (order.isEmpty() ? "" : " LIMIT 20");
  }

  /**
   * Parts of which queries are made that must agree with each other.
   *
   * @param from with the word FROM, or empty
   */
  record Parts(String columns, String from, String condition) {}

  /** Random sources, a condition over them, and some of their columns. */
  Parts parts() {
    depth = 1;
    aliases = 0;
    common.clear();
    From from = from(Scope.EMPTY);
    String columns = expressions.column(from.scope()) + ", " + expressions.column(from.scope());
    return new Parts(columns, from.text(), "(" + expressions.condition(from.scope(), 3) + ")");
  }

  // ---- FROM

  /**
   * Sources.
   *
   * @param text with the word FROM and a space before it
   * @param width how many columns {@code *} gives, or -1 where that is not known
   */
  private record From(String text, Scope scope, int width) {}

  private From from(Scope outer) {
    if (seeded.percent(4)) {
      return new From("", outer.within(List.of()), -1);
    }
    List<String> columns = new ArrayList<>();
    StringBuilder text = new StringBuilder(" FROM ").append(source(outer, columns));
    int width = columns.size();
    int most = depth < 2 ? 3 : 2;
    for (int i = 1; i < most && seeded.percent(depth == 0 ? 40 : 25); i++) {
      width = join(outer, text, columns, width);
    }
    return new From(text.toString(), outer.within(columns), width);
  }

  private int join(Scope outer, StringBuilder text, List<String> columns, int width) {
    List<String> added = new ArrayList<>();
    List<String> left = List.copyOf(columns);
    String source = source(outer, added);
    String kind =
        seeded.pick(
            "JOIN",
            "LEFT JOIN",
            "RIGHT JOIN",
            "FULL JOIN",
            "CROSS JOIN",
            "INNER JOIN",
            "LEFT OUTER JOIN");
    int how = seeded.below(10);
    if (how == 0) {
      text.append(" NATURAL ").append(kind).append(' ').append(source);
    } else if (how == 1) {
      text.append(", ").append(source);
    } else {
      text.append(' ').append(kind).append(' ').append(source);
      String name = shared(left, added);
      if (how < 4 && name != null) {
        text.append(" USING (").append(name).append(')');
      } else if (!left.isEmpty() && !added.isEmpty() && how < 9) {
        columns.addAll(added);
        Scope both = outer.within(List.copyOf(columns));
        text.append(" ON ")
            .append(seeded.pick(left))
            .append(seeded.pick(" = ", " = ", " = ", " < ", " IS "))
            .append(seeded.pick(added));
        if (seeded.percent(30)) {
          text.append(seeded.pick(" AND ", " OR ")).append(expressions.condition(both, 1));
        }
        return -1;
      }
    }
    columns.addAll(added);
    return -1;
  }

  private static @org.jspecify.annotations.Nullable String shared(
      List<String> left, List<String> right) {
    for (String each : right) {
      String name = each.substring(each.indexOf('.'));
      if (left.stream().filter(l -> l.endsWith(name)).count() == 1) {
        return name.substring(1);
      }
    }
    return null;
  }

  /** A source; its columns are added to the list. */
  private String source(Scope outer, List<String> columns) {
    String alias = "a" + aliases++;
    int kind = seeded.below(100);
    if (kind < 12 && !isDeep()) {
      depth++;
      int width = seeded.between(1, 3);
      String sql = query(Scope.EMPTY, width, true);
      depth--;
      List<String> names = new ArrayList<>();
      // Columns of a subquery have no names of their own that can be relied on.
      StringBuilder outer2 = new StringBuilder("(WITH d(");
      for (int i = 0; i < width; i++) {
        names.add("x" + i);
        columns.add(alias + ".x" + i);
      }
      return outer2
          .append(String.join(", ", names))
          .append(") AS (")
          .append(sql)
          .append(") SELECT * FROM d) AS ")
          .append(alias)
          .toString();
    } else if (kind < 16) {
      columns.addAll(
          List.of(
              alias + ".key",
              alias + ".value",
              alias + ".type",
              alias + ".atom",
              alias + ".fullkey"));
      return seeded.pick("json_each", "json_tree")
          + "('[1,{\"a\":[2,\"x\"],\"b\":null},2.5]') AS "
          + alias;
    }
    List<Model.Table> from = new ArrayList<>(model.all());
    from.addAll(common);
    from.addAll(common);
    if (from.isEmpty()) {
      columns.add(alias + ".name");
      return "pragma_database_list AS " + alias;
    }
    Model.Table table = seeded.pick(from);
    columns.addAll(Scope.names(alias, table));
    String hint = !table.view() && seeded.percent(3) ? " NOT INDEXED" : "";
    return table.name() + " AS " + alias + hint;
  }
}
