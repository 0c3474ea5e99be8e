package dev.turso.fuzz;

import java.util.ArrayList;
import java.util.List;

/** INSERT, UPDATE, DELETE, and what goes around them. */
final class WriteMaker {

  private final Seeded seeded;
  private final Model model;
  private final ValueMaker values;
  private final QueryMaker queries;
  private final ExpressionMaker expressions;

  /**
   * Whether this program has conflict clauses, and then changes rows one at a time: which of several
   * rows is in another's way hangs on the order in which an UPDATE meets them.
   */
  private final boolean conflicts;

  WriteMaker(Seeded seeded, Model model, ValueMaker values, QueryMaker queries, boolean conflicts) {
    this.seeded = seeded;
    this.model = model;
    this.values = values;
    this.queries = queries;
    this.expressions = queries.expressions();
    this.conflicts = conflicts;
  }

  private Model.Table target() {
    boolean view = !model.views().isEmpty() && seeded.percent(8);
    return view ? seeded.pick(model.views()) : seeded.pick(model.tables());
  }

  /** A statement that fills a table with some rows. */
  String fill(Model.Table table, int rows) {
    List<String> all = new ArrayList<>();
    List<Model.Column> columns = table.writable();
    for (int i = 0; i < rows; i++) {
      all.add("(" + literals(table, columns) + ")");
    }
    return "INSERT OR IGNORE INTO "
        + table.name()
        + names(columns)
        + " VALUES"
        + String.join(", ", all);
  }

  private String literals(Model.Table table, List<Model.Column> columns) {
    List<String> all = new ArrayList<>();
    for (Model.Column each : columns) {
      if (each.key() && each.type().equals("INTEGER") && seeded.percent(85)) {
        // After the largest rowid the next ones are random.
        all.add("" + seeded.between(-5, 40));
        continue;
      }
      all.add(
          table.strict() && !seeded.percent(5)
              ? values.fitting(each.type())
              : values.of(each.type()));
    }
    return String.join(", ", all);
  }

  private static String names(List<Model.Column> columns) {
    return "(" + String.join(", ", columns.stream().map(Model.Column::name).toList()) + ")";
  }

  private String or() {
    return conflicts && seeded.percent(45) ? "OR " + seeded.pick(SchemaMaker.CONFLICTS) + " " : "";
  }

  String insert() {
    Model.Table table = target();
    List<Model.Column> columns = some(table.writable());
    String head = (seeded.percent(12) ? "REPLACE " : "INSERT " + or()) + "INTO " + table.name();
    if (columns.isEmpty() || seeded.percent(4)) {
      return head + " DEFAULT VALUES" + returning(table);
    }
    String body;
    if (seeded.percent(60)) {
      List<String> rows = new ArrayList<>();
      int n = seeded.between(1, 4);
      for (int i = 0; i < n; i++) {
        rows.add(
            "("
                + (seeded.percent(85)
                    ? literals(table, columns)
                    : expressions.list(Scope.EMPTY, 1, columns.size()))
                + ")");
      }
      body = " VALUES" + String.join(", ", rows);
    } else {
      body = " " + source(columns.size());
    }
    return head
        + names(columns)
        + body
        + (seeded.percent(22) && !table.view() ? upsert(table) : "")
        + returning(table);
  }

  /** A query whose rows come in an order that all its columns tell. */
  private String source(int columns) {
    List<Model.Table> wide =
        model.all().stream().filter(each -> each.columns().size() >= columns).toList();
    if (wide.isEmpty()) {
      return "SELECT " + expressions.list(Scope.EMPTY, 1, columns) + " WHERE 1 ORDER BY 1 LIMIT 9";
    }
    Model.Table from = seeded.pick(wide);
    Scope scope = Scope.of("s", from);
    List<String> output = new ArrayList<>();
    List<String> order = new ArrayList<>();
    for (int i = 0; i < columns; i++) {
      output.add(seeded.percent(75) ? expressions.column(scope) : expressions.value(scope, 1));
    }
    scope.columns().forEach(each -> order.add("quote(" + each + ")"));
    return "SELECT "
        + String.join(", ", output)
        + " FROM "
        + from.name()
        + " AS s"
        + queries.where(scope)
        + " ORDER BY "
        + String.join(", ", order)
        + " LIMIT "
        + seeded.between(1, 30);
  }

  private List<Model.Column> some(List<Model.Column> all) {
    if (seeded.percent(70)) {
      return all;
    }
    return all.stream().filter(each -> seeded.percent(60)).toList();
  }

  private String upsert(Model.Table table) {
    StringBuilder text = new StringBuilder();
    int n = seeded.percent(20) && table.columns().stream().anyMatch(Model.Column::key) ? 2 : 1;
    Scope scope = Scope.of("", table);
    List<String> both = new ArrayList<>(scope.columns());
    both.addAll(Scope.names("excluded", table));
    for (int i = 0; i < n; i++) {
      boolean last = i == n - 1;
      text.append(" ON CONFLICT");
      // SQLite does not look at a clause whose target came before.
      if (!last || n == 1 && seeded.percent(60)) {
        List<String> keys =
            table.columns().stream().filter(Model.Column::key).map(Model.Column::name).toList();
        text.append(" (")
            .append(keys.isEmpty() ? seeded.pick(scope.columns()) : String.join(", ", keys))
            .append(")");
      }
      if (seeded.percent(30) || table.writable().isEmpty()) {
        text.append(" DO NOTHING");
      } else {
        text.append(" DO UPDATE SET ").append(assignments(table, Scope.of(both)));
        text.append(seeded.percent(30) ? " WHERE " + expressions.condition(Scope.of(both), 1) : "");
      }
    }
    return text.toString();
  }

  private String assignments(Model.Table table, Scope scope) {
    List<String> all = new ArrayList<>();
    List<Model.Column> columns = table.writable();
    if (columns.isEmpty()) {
      return table.columns().get(0).name() + " = 1";
    }
    int n = seeded.between(1, Math.min(3, columns.size()));
    for (int i = 0; i < n; i++) {
      Model.Column column = seeded.pick(columns);
      String value =
          seeded.percent(40)
              ? values.of(column.type())
              : seeded.percent(40)
                  ? column.name() + seeded.pick(" + 1", " || 'x'", " * 2")
                  : expressions.value(scope, 1);
      all.add(column.name() + " = " + value);
    }
    if (columns.size() > 1 && seeded.percent(8)) {
      all.add(
          "("
              + columns.get(0).name()
              + ", "
              + columns.get(1).name()
              + ") = ("
              + expressions.list(scope, 1, 2)
              + ")");
    }
    return String.join(", ", all);
  }

  private String returning(Model.Table table) {
    // A view with any trigger at all is taken for one that can be written if RETURNING is there.
    if (table.view() || !seeded.percent(25)) {
      return "";
    }
    return " RETURNING "
        + seeded.pick(
            "*",
            expressions.value(Scope.of("", table), 1),
            "*, " + seeded.pick(table.columns()).name());
  }

  String update() {
    Model.Table table = target();
    Scope scope = Scope.of("", table);
    boolean from = !conflicts && seeded.percent(15) && !model.tables().isEmpty();
    String head = "UPDATE " + or() + table.name();
    if (from) {
      Model.Table other = seeded.pick(model.tables());
      String key = seeded.pick(other.columns()).name();
      String value = seeded.pick(other.columns()).name();
      Scope both = Scope.of(List.of("u.k", "u.m", "u.n"));
      return head
          + " SET "
          + assignments(table, both)
          + " FROM (SELECT "
          + key
          + " AS k, max(quote("
          + value
          + ")) AS m, count(*) AS n FROM "
          + other.name()
          + " GROUP BY hex("
          + key
          + ")) AS u WHERE hex(u.k) = hex("
          + table.name()
          + "."
          + seeded.pick(table.columns()).name()
          + ")"
          + returning(table);
    }
    String where =
        !conflicts || table.view()
            ? where(scope)
            : table.withoutRowid()
                ? " WHERE "
                    + key(table)
                    + " = (SELECT max("
                    + key(table)
                    + ") FROM "
                    + table.name()
                    + ")"
                : " WHERE rowid = (SELECT "
                    + seeded.pick("max", "min")
                    + "(rowid) FROM "
                    + table.name()
                    + ")";
    return head + " SET " + assignments(table, scope) + where + returning(table);
  }

  private static String key(Model.Table table) {
    return table.columns().stream().filter(Model.Column::key).findFirst().orElseThrow().name();
  }

  private String where(Scope scope) {
    return seeded.percent(80) ? " WHERE " + expressions.condition(scope, 2) : "";
  }

  String delete() {
    Model.Table table = target();
    String where =
        seeded.percent(95) ? " WHERE " + expressions.condition(Scope.of("", table), 2) : "";
    return "DELETE FROM " + table.name() + where + returning(table);
  }

  /** A statement for the body of a trigger that sees some columns of OLD and NEW. */
  String inTrigger(Scope scope) {
    Model.Table table = seeded.pick(model.tables());
    List<Model.Column> columns = table.writable();
    if (columns.isEmpty()) {
      return "SELECT 1";
    }
    Scope inner = new Scope(Scope.of("", table).columns(), scope.columns());
    return switch (seeded.below(6)) {
      case 0, 1 -> {
        List<String> output = new ArrayList<>();
        for (int i = 0; i < columns.size(); i++) {
          output.add(seeded.percent(60) ? expressions.column(scope) : expressions.value(scope, 1));
        }
        yield "INSERT "
            + or()
            + "INTO "
            + table.name()
            + names(columns)
            + " VALUES("
            + String.join(", ", output)
            + ")";
      }
      case 2 ->
          "UPDATE "
              + or()
              + table.name()
              + " SET "
              + assignments(table, inner)
              + " WHERE "
              + expressions.column(Scope.of("", table))
              + " = "
              + expressions.column(scope);
      case 3 ->
          "DELETE FROM "
              + table.name()
              + " WHERE "
              + expressions.column(Scope.of("", table))
              + " = "
              + expressions.column(scope);
      case 4 ->
          "SELECT RAISE("
              + seeded.pick("IGNORE", "ABORT, 'no'", "FAIL, 'no'", "ROLLBACK, 'no'")
              + ") WHERE "
              + expressions.condition(scope, 1);
      default -> "SELECT " + expressions.value(scope, 2);
    };
  }

  String around() {
    return switch (seeded.below(20)) {
      case 0, 1, 2 -> "BEGIN" + seeded.pick("", " IMMEDIATE", " EXCLUSIVE", " DEFERRED");
      case 3, 4, 5 -> seeded.pick("COMMIT", "END");
      case 6, 7 -> "ROLLBACK";
      case 8, 9, 10 -> "SAVEPOINT s" + seeded.below(3);
      case 11, 12 -> "RELEASE s" + seeded.below(3);
      case 13, 14, 15 -> "ROLLBACK TO s" + seeded.below(3);
      case 16 ->
          seeded.pick(
              "ANALYZE", "REINDEX", "VACUUM", "ANALYZE " + seeded.pick(model.tables()).name());
      case 17 -> "PRAGMA foreign_keys = " + seeded.pick("ON", "ON", "OFF");
      case 18 ->
          "PRAGMA "
              + seeded.pick(
                  "recursive_triggers = ON",
                  "recursive_triggers = OFF",
                  "defer_foreign_keys = ON",
                  "foreign_key_check",
                  "quick_check",
                  "case_sensitive_like = OFF",
                  "table_info(t0)",
                  "user_version = 5");
      default -> "REINDEX " + seeded.pick("NOCASE", seeded.pick(model.tables()).name());
    };
  }
}
