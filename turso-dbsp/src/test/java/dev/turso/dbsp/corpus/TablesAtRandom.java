package dev.turso.dbsp.corpus;

import dev.turso.AllRows;
import dev.turso.Session;
import dev.turso.Statement;
import dev.turso.error.ConstraintException;
import dev.turso.value.Tag;
import dev.turso.value.Value;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;

/**
 * The tables of a database, made in another one row by row: in random order, some rows deleted again and
 * inserted anew, some changed on the way, among rows that do not stay. Rowids are the same in the end.
 */
final class TablesAtRandom {

  /** @param columns the names in which values are given; what identifies a row stands first */
  private record Source(String name, List<String> columns, List<List<Value>> rows) {}

  private final List<String> definitions = new ArrayList<>();
  private final List<Source> sources = new ArrayList<>();
  private final Map<String, Statement> prepared = new HashMap<>();
  private final Random random;

  TablesAtRandom(Session from, Random random) {
    this.random = random;
    for (List<Value> each :
        AllRows.of(from, "SELECT type, name, sql FROM sqlite_schema WHERE sql IS NOT NULL")) {
      String sql = String.valueOf(each.get(2).asString());
      definitions.add(sql);
      if ("table".equals(each.get(0).asString())) {
        sources.add(source(from, String.valueOf(each.get(1).asString()), sql));
      }
    }
  }

  private static Source source(Session from, String table, String sql) {
    boolean hidden = !sql.toUpperCase(Locale.ROOT).contains("WITHOUT ROWID");
    List<String> columns = new ArrayList<>();
    for (List<Value> each : AllRows.of(from, "PRAGMA table_info(\"" + table + "\")")) {
      String name = '"' + each.get(1).asString() + '"';
      boolean identity = each.get(5).asLong() == 1 && "INTEGER".equals(each.get(2).asString());
      hidden &= !identity;
      columns.add(identity ? 0 : columns.size(), name);
    }
    if (hidden) {
      columns.addFirst("rowid");
    }
    String query = "SELECT " + String.join(", ", columns) + " FROM \"" + table + '"';
    return new Source(table, columns, AllRows.of(from, query));
  }

  /** Tables, indexes and views. */
  void define(Session in) {
    definitions.forEach(in::execute);
  }

  /** Brings the rows in. */
  void fill(Session in) {
    List<Runnable> work = new ArrayList<>();
    for (Source each : sources) {
      plan(in, each, work);
    }
    boolean inside = false;
    for (Runnable each : work) {
      if (!inside && random.nextInt(3) == 0) {
        in.execute("BEGIN");
        inside = true;
      }
      each.run();
      if (inside && random.nextInt(12) == 0) {
        in.execute("COMMIT");
        inside = false;
      }
    }
    if (inside) {
      in.execute("COMMIT");
    }
    prepared.values().forEach(Statement::close);
    prepared.clear();
  }

  /** Each row's steps in their order, between those of other rows. */
  private void plan(Session in, Source table, List<Runnable> into) {
    List<List<Runnable>> lives = new ArrayList<>();
    for (List<Value> row : table.rows) {
      List<Runnable> life = new ArrayList<>();
      if (random.nextInt(3) == 0) {
        life.add(() -> insert(in, table, random.nextBoolean() ? row : like(table, row)));
        life.add(() -> delete(in, table, row));
      }
      if (random.nextInt(8) == 0 && row.getFirst().tag() == Tag.INTEGER) {
        List<Value> guest = new ArrayList<>(like(table, row));
        guest.set(0, Value.integer(1_000_000 + random.nextInt(1000)));
        life.add(() -> insert(in, table, guest));
        life.add(() -> delete(in, table, guest));
      }
      life.add(() -> put(in, table, row));
      lives.add(life);
    }
    List<Integer> turns = new ArrayList<>();
    for (int i = 0; i < lives.size(); i++) {
      turns.addAll(Collections.nCopies(lives.get(i).size(), i));
    }
    Collections.shuffle(turns, random);
    for (int each : turns) {
      into.add(lives.get(each).removeFirst());
    }
  }

  /** A row of the same identity with a value of another row. */
  private List<Value> like(Source table, List<Value> row) {
    List<Value> changed = new ArrayList<>(row);
    int column = row.size() > 1 ? 1 + random.nextInt(row.size() - 1) : 0;
    if (column > 0) {
      changed.set(column, table.rows.get(random.nextInt(table.rows.size())).get(column));
    }
    return changed;
  }

  private void insert(Session in, Source table, List<Value> row) {
    try {
      run(in, insertion("INSERT INTO ", table), row);
    } catch (ConstraintException e) {
      // What it would be like is there already.
      return;
    }
  }

  /** The row as it is to stay: it takes the place of what stands in its way for a while. */
  private void put(Session in, Source table, List<Value> row) {
    run(in, insertion("INSERT OR REPLACE INTO ", table), row);
  }

  private static String insertion(String verb, Source table) {
    return verb
        + '"'
        + table.name
        + "\"("
        + String.join(", ", table.columns)
        + ") VALUES("
        + String.join(", ", Collections.nCopies(table.columns.size(), "?"))
        + ")";
  }

  private void delete(Session in, Source table, List<Value> row) {
    String sql = "DELETE FROM \"" + table.name + "\" WHERE " + table.columns.getFirst() + " IS ?";
    run(in, sql, row.subList(0, 1));
  }

  private void run(Session in, String sql, List<Value> values) {
    Statement statement = prepared.computeIfAbsent(sql, in::prepare);
    for (int i = 0; i < values.size(); i++) {
      statement.bind(i + 1, values.get(i));
    }
    statement.run();
  }
}
