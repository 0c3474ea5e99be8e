package dev.turso.fuzz;

import java.util.ArrayList;
import java.util.List;

/** Definitions: tables, indexes, views, triggers, and changes of them. */
final class SchemaMaker {

  private static final String[] TYPES = {
    "", "INTEGER", "INT", "REAL", "TEXT", "BLOB", "NUMERIC", "VARCHAR(10)", "DOUBLE", "BOOLEAN"
  };
  private static final String[] STRICT_TYPES = {"INTEGER", "INT", "REAL", "TEXT", "BLOB", "ANY"};
  private static final String[] ACTIONS = {
    "CASCADE", "SET NULL", "SET DEFAULT", "RESTRICT", "NO ACTION"
  };
  static final String[] CONFLICTS = {"ABORT", "FAIL", "IGNORE", "REPLACE", "ROLLBACK"};

  private final Seeded seeded;
  private final Model model;
  private final ValueMaker values;
  private final QueryMaker queries;
  private final boolean conflicts;

  SchemaMaker(
      Seeded seeded, Model model, ValueMaker values, QueryMaker queries, boolean conflicts) {
    this.seeded = seeded;
    this.model = model;
    this.values = values;
    this.queries = queries;
    this.conflicts = conflicts;
  }

  String table() {
    boolean strict = seeded.percent(15);
    boolean withoutRowid = seeded.percent(18);
    String temp = seeded.percent(3) ? "TEMP " : "";
    int n = seeded.between(1, 6);
    String name = model.name("t");
    List<String> parts = new ArrayList<>();
    List<String> names = new ArrayList<>();
    int key = seeded.below(100);
    if (key < 40) {
      names.add("id");
      parts.add(
          "id INTEGER PRIMARY KEY"
              + (withoutRowid || seeded.percent(75) ? seeded.pick("", " DESC") : " AUTOINCREMENT"));
    }
    for (int i = 0; i < n; i++) {
      String column = seeded.percent(60) ? "c" + i : model.name("x");
      names.add(column);
      parts.add(column(column, names, strict));
    }
    if (key >= 40 && (key < 65 || withoutRowid)) {
      String more =
          names.size() > 1 && seeded.percent(50)
              ? ", " + names.get(1) + seeded.pick("", " DESC")
              : "";
      parts.add(
          "PRIMARY KEY ("
              + names.get(0)
              + seeded.pick("", " DESC", " COLLATE NOCASE")
              + more
              + ")"
              + conflict(20));
    }
    if (seeded.percent(18)) {
      parts.add("UNIQUE (" + seeded.pick(names) + ", " + seeded.pick(names) + ")" + conflict(40));
    }
    if (seeded.percent(12)) {
      parts.add("CONSTRAINT k" + seeded.below(9) + " CHECK (" + check(names) + ")");
    }
    if (seeded.percent(12) && !model.tables().isEmpty()) {
      parts.add("FOREIGN KEY (" + seeded.pick(names) + ") " + references());
    }
    String options =
        (strict ? " STRICT" : "") + (withoutRowid ? (strict ? ", " : " ") + "WITHOUT ROWID" : "");
    return "CREATE " + temp + "TABLE " + name + "(" + String.join(", ", parts) + ")" + options;
  }

  private String conflict(int percent) {
    return conflicts && seeded.percent(percent) ? " ON CONFLICT " + seeded.pick(CONFLICTS) : "";
  }

  private String check(List<String> names) {
    String name = seeded.pick(names);
    return seeded.pick(
        name + " IS NULL OR " + name + " <> 7",
        "typeof(" + name + ") <> 'blob'",
        "length(" + name + ") < 100",
        name + " <> " + seeded.pick(names) + " OR " + name + " > 0",
        "coalesce(" + name + ", 0) >= -100");
  }

  private String column(String name, List<String> before, boolean strict) {
    String type = strict ? seeded.pick(STRICT_TYPES) : seeded.pick(TYPES);
    StringBuilder text = new StringBuilder(name).append(type.isEmpty() ? "" : " ").append(type);
    if (before.size() > 1 && seeded.percent(10)) {
      Scope scope = Scope.of(before.subList(0, before.size() - 1));
      if (type.matches("REAL|DOUBLE")) {
        // SQLite forgets that such a value is REAL when it comes out of a sorter.
        text.setLength(name.length());
        text.append(strict ? " ANY" : "");
      }
      return text
          + " GENERATED ALWAYS AS ("
          + simple(scope)
          + ")"
          + seeded.pick(" STORED", " VIRTUAL", "");
    }
    if (seeded.percent(12)) {
      text.append(" NOT NULL").append(conflict(30));
    }
    if (seeded.percent(10)) {
      text.append(" UNIQUE").append(conflict(40));
    }
    if (seeded.percent(20)) {
      text.append(" DEFAULT ")
          .append(seeded.percent(70) ? literal(type, strict) : "(" + simple(Scope.EMPTY) + ")");
    }
    if (seeded.percent(18)) {
      text.append(" COLLATE ").append(seeded.pick(ExpressionMaker.COLLATIONS));
    }
    if (seeded.percent(6)) {
      text.append(" CHECK (").append(check(List.of(name))).append(")");
    }
    if (seeded.percent(8) && !model.tables().isEmpty()) {
      text.append(' ').append(references());
    }
    return text.toString();
  }

  private String literal(String type, boolean strict) {
    String literal = strict ? values.fitting(type) : values.of(type);
    return literal.matches("[-'0-9x.NULe]+.*") && !literal.contains("(")
        ? literal
        : "(" + literal + ")";
  }

  /** An expression without subqueries. */
  private String simple(Scope scope) {
    String a = queries.expressions().column(scope);
    String b = queries.expressions().column(scope);
    return seeded.pick(
        a + " + " + b,
        a + " || " + b,
        "length(" + a + ")",
        "upper(" + a + ")",
        "abs(" + a + ") % 10",
        "CASE WHEN " + a + " > " + b + " THEN " + a + " ELSE " + b + " END",
        "coalesce(" + a + ", " + b + ")",
        "CAST(" + a + " AS TEXT)",
        "hex(" + a + ")",
        a + " COLLATE NOCASE",
        "json_array(" + a + ")",
        "substr(" + a + ", 2)");
  }

  private String references() {
    List<Model.Table> keyed =
        model.tables().stream()
            .filter(each -> each.columns().stream().filter(Model.Column::key).count() == 1)
            .toList();
    Model.Table parent = seeded.pick(keyed.isEmpty() || seeded.percent(2) ? model.tables() : keyed);
    List<String> keys =
        parent.columns().stream().filter(Model.Column::key).map(Model.Column::name).toList();
    String of = keys.size() == 1 ? keys.get(0) : seeded.pick(parent.columns()).name();
    return "REFERENCES "
        + parent.name()
        + "("
        + of
        + ")"
        + (seeded.percent(50) ? " ON DELETE " + seeded.pick(ACTIONS) : "")
        + (seeded.percent(50) ? " ON UPDATE " + seeded.pick(ACTIONS) : "")
        + seeded.pick(
            "",
            "",
            " DEFERRABLE INITIALLY DEFERRED",
            " NOT DEFERRABLE",
            " DEFERRABLE INITIALLY IMMEDIATE");
  }

  String index() {
    Model.Table table = seeded.pick(model.tables());
    List<String> keys = new ArrayList<>();
    int n = seeded.between(1, 3);
    for (int i = 0; i < n; i++) {
      String column = seeded.pick(table.columns()).name();
      keys.add(
          (seeded.percent(80) ? column : simple(Scope.of("", table)))
              + seeded.pick("", "", " DESC", " COLLATE NOCASE", " ASC"));
    }
    String column = seeded.pick(table.columns()).name();
    String where =
        seeded.percent(25)
            ? " WHERE "
                + column
                + seeded.pick(
                    " IS NOT NULL", " > 1", " = 'a'", " BETWEEN 0 AND 5", " IN (1, 2, 'b')")
            : "";
    return "CREATE "
        + (seeded.percent(18) ? "UNIQUE " : "")
        + "INDEX "
        + model.name("i")
        + " ON "
        + table.name()
        + "("
        + String.join(", ", keys)
        + ")"
        + where;
  }

  String view() {
    int n = seeded.between(1, 4);
    List<String> names = new ArrayList<>();
    for (int i = 0; i < n; i++) {
      names.add("v" + i);
    }
    return "CREATE VIEW "
        + model.name("v")
        + "("
        + String.join(", ", names)
        + ") AS "
        + queries.forView(n);
  }

  /** A trigger; its body is made of statements that the writer gives. */
  String trigger(WriteMaker writes) {
    boolean instead = !model.views().isEmpty() && seeded.percent(25);
    Model.Table on = instead ? seeded.pick(model.views()) : seeded.pick(model.tables());
    String event = seeded.pick("INSERT", "UPDATE", "DELETE");
    if (event.equals("UPDATE") && seeded.percent(40)) {
      event += " OF " + seeded.pick(on.columns()).name();
    }
    List<String> columns = new ArrayList<>();
    if (!event.equals("INSERT")) {
      columns.addAll(Scope.names("OLD", on));
    }
    if (!event.equals("DELETE")) {
      columns.addAll(Scope.names("NEW", on));
    }
    Scope scope = Scope.of(columns);
    String when = seeded.percent(25) ? " WHEN " + queries.expressions().condition(scope, 1) : "";
    StringBuilder body = new StringBuilder();
    int n = seeded.between(1, 2);
    for (int i = 0; i < n; i++) {
      body.append(writes.inTrigger(scope)).append("; ");
    }
    return "CREATE TRIGGER "
        + model.name("g")
        + " "
        + (instead ? "INSTEAD OF" : seeded.pick("BEFORE", "AFTER", "AFTER"))
        + " "
        + event
        + " ON "
        + on.name()
        + seeded.pick("", " FOR EACH ROW")
        + when
        + " BEGIN "
        + body
        + "END";
  }

  String alter() {
    Model.Table table = seeded.pick(model.tables());
    String column = seeded.pick(table.columns()).name();
    String to = model.name("y");
    String prefix = "ALTER TABLE " + table.name() + " ";
    return prefix
        + switch (seeded.below(9)) {
          case 0 -> "RENAME TO " + model.name("t");
          case 1, 2 -> "RENAME COLUMN " + column + " TO " + to;
          case 3 -> "DROP COLUMN " + column;
          case 4 -> "ALTER COLUMN " + column + seeded.pick(" SET NOT NULL", " DROP NOT NULL");
          case 5 ->
              seeded.percent(50)
                  ? "ADD CONSTRAINT k" + seeded.below(9) + " CHECK (" + check(List.of(column)) + ")"
                  : "DROP CONSTRAINT k" + seeded.below(9);
          default -> "ADD COLUMN " + column(to, List.of(column, to), table.strict());
        };
  }

  String drop() {
    List<String> triggers = model.named("trigger");
    List<String> indexes = model.named("index");
    return switch (seeded.below(5)) {
      case 0 ->
          triggers.isEmpty()
              ? "DROP TRIGGER IF EXISTS nothing"
              : "DROP TRIGGER " + seeded.pick(triggers);
      case 1, 2 -> indexes.isEmpty() ? "DROP INDEX nothing" : "DROP INDEX " + seeded.pick(indexes);
      case 3 ->
          model.views().isEmpty()
              ? "DROP VIEW IF EXISTS nothing"
              : "DROP VIEW " + seeded.pick(model.views()).name();
      default ->
          model.tables().size() < 3
              ? "DROP TABLE IF EXISTS nothing"
              : "DROP TABLE " + seeded.pick(model.tables()).name();
    };
  }
}
