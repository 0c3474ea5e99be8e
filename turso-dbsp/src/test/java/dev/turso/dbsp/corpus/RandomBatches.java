package dev.turso.dbsp.corpus;

import static org.assertj.core.api.Assertions.assertThat;

import dev.turso.AllRows;
import dev.turso.Session;
import dev.turso.Statement;
import dev.turso.value.Value;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Transactions that change some rows of some tables, and after each the question whether every view is
 * its query.
 *
 * <p>Rows come from a stock per table, go back to it, and swap single values with other rows.
 */
final class RandomBatches {

  private static final long SLICE_NANOS = 4_000_000_000L;

  /** A table's rows, in and out. The first column is its key. */
  private static final class Stock {
    final String table;
    final List<String> columns = new ArrayList<>();
    final List<List<Value>> out = new ArrayList<>();
    final List<List<Value>> in = new ArrayList<>();

    Stock(String table) {
      this.table = table;
    }
  }

  private final Session session;
  private final Random random;
  private final Map<String, Stock> stocks = new HashMap<>();
  private final List<Stock> chances = new ArrayList<>();
  private final Map<String, Statement> prepared = new HashMap<>();
  private final TreeSet<String> neverHadRows = new TreeSet<>();

  /** The views that have had the same rows at all looks, with these rows. */
  private final Map<String, List<List<Value>>> unchanged = new TreeMap<>();

  RandomBatches(Session session, Random random) {
    this.session = session;
    this.random = random;
  }

  /**
   * Adds a table, which exists and is empty.
   *
   * @param chance how often it changes in relation to others
   */
  void table(String name, int chance, List<List<Value>> rows) {
    Stock stock = new Stock(name);
    for (List<Value> each : AllRows.of(session, "PRAGMA table_info(" + name + ")")) {
      stock.columns.add(String.valueOf(each.get(1).asString()));
    }
    stock.out.addAll(rows);
    Collections.shuffle(stock.out, random);
    stocks.put(name, stock);
    chances.addAll(Collections.nCopies(chance, stock));
  }

  /** Puts a part of a table's rows in. */
  void begin(String name, double part) {
    Stock stock = stocks.get(name);
    session.execute("BEGIN");
    for (int n = (int) (stock.out.size() * part); n > 0; n--) {
      insert(stock);
    }
    session.execute("COMMIT");
  }

  /** Makes views, and says which of them follow changes by evaluating anew. */
  List<String> views(Map<String, String> queries) {
    queries.forEach(
        (name, query) -> session.execute("CREATE MATERIALIZED VIEW v_" + name + " AS " + query));
    for (String name : queries.keySet()) {
      neverHadRows.add("v_" + name);
      unchanged.put("v_" + name, rows("v_" + name));
    }
    List<String> recomputed = new ArrayList<>();
    for (String name : queries.keySet()) {
      String lines = AllRows.of(session, "EXPLAIN MATERIALIZED VIEW v_" + name).toString();
      if (lines.contains("recompute")) {
        recomputed.add(name);
      }
    }
    return recomputed;
  }

  /** The views that have been empty all the time. */
  TreeSet<String> neverHadRows() {
    return neverHadRows;
  }

  /** What the views have now is what they must change from. */
  void lookAgain() {
    unchanged.replaceAll((view, before) -> rows(view));
  }

  /** The views that have never changed since they were first looked at. */
  Set<String> neverChanged() {
    return unchanged.keySet();
  }

  /**
   * Runs so many batches, or if that is 0 as many as some seconds allow; then puts in all rows that are
   * left, so that each view has rows at some time. Returns how many batches.
   */
  int runMany(int most) {
    long end = System.nanoTime() + SLICE_NANOS;
    int done = 0;
    while (most > 0 ? done < most : done < 3 || System.nanoTime() < end) {
      run(done++);
    }
    stocks.keySet().forEach(each -> begin(each, 1));
    look(done);
    return done;
  }

  /** One transaction, sometimes undone in part or whole, and the comparison. */
  private void run(int number) {
    List<Runnable> undo = new ArrayList<>();
    session.execute("BEGIN");
    int changes = 1 + random.nextInt(random.nextInt(10) == 0 ? 60 : 6);
    for (int n = changes; n > 0; n--) {
      change(undo);
    }
    if (random.nextInt(8) == 0) {
      session.execute("ROLLBACK");
      Collections.reverse(undo);
      undo.forEach(Runnable::run);
    } else {
      session.execute("COMMIT");
    }
    look(number);
  }

  private void look(int number) {
    for (List<Value> each : AllRows.of(session, "PRAGMA turso_check_views")) {
      assertThat(each.get(1).asString()).as("batch %d, view %s", number, each).isEqualTo("ok");
    }
    for (List<Value> each : AllRows.of(session, "PRAGMA turso_views")) {
      assertThat(each.get(1).asString()).as("batch %d, view %s", number, each).isEqualTo("current");
    }
    neverHadRows.removeIf(
        each -> !AllRows.of(session, "SELECT 1 FROM " + each + " LIMIT 1").isEmpty());
    unchanged.entrySet().removeIf(each -> !each.getValue().equals(rows(each.getKey())));
  }

  private List<List<Value>> rows(String view) {
    return AllRows.of(session, "SELECT * FROM " + view);
  }

  private void change(List<Runnable> undo) {
    Stock stock = chances.get(random.nextInt(chances.size()));
    int kind = random.nextInt(5);
    if (stock.in.isEmpty() || kind < 2 && !stock.out.isEmpty()) {
      insert(stock);
      undo.add(() -> stock.out.add(stock.in.removeLast()));
    } else if (kind < 3) {
      int at = random.nextInt(stock.in.size());
      List<Value> row = stock.in.remove(at);
      String sql = "DELETE FROM " + stock.table + " WHERE " + stock.columns.getFirst() + " = ?";
      run(sql, row.subList(0, 1));
      stock.out.addFirst(row);
      undo.add(() -> stock.in.add(at, stock.out.removeFirst()));
    } else {
      update(stock, undo);
    }
  }

  private void insert(Stock stock) {
    List<Value> row = stock.out.removeLast();
    String marks = String.join(", ", Collections.nCopies(row.size(), "?"));
    run("INSERT INTO " + stock.table + " VALUES(" + marks + ")", row);
    stock.in.add(row);
  }

  /** A row takes one value of another row. */
  private void update(Stock stock, List<Runnable> undo) {
    int at = random.nextInt(stock.in.size());
    List<Value> row = stock.in.get(at);
    int column = 1 + random.nextInt(row.size() - 1);
    List<Value> changed = new ArrayList<>(row);
    changed.set(column, stock.in.get(random.nextInt(stock.in.size())).get(column));
    String set = "UPDATE " + stock.table + " SET " + stock.columns.get(column) + " = ? WHERE ";
    run(set + stock.columns.getFirst() + " = ?", List.of(changed.get(column), row.getFirst()));
    stock.in.set(at, changed);
    undo.add(() -> stock.in.set(at, row));
  }

  private void run(String sql, List<Value> values) {
    Statement statement = prepared.computeIfAbsent(sql, session::prepare);
    for (int i = 0; i < values.size(); i++) {
      statement.bind(i + 1, values.get(i));
    }
    statement.run();
  }
}
