package dev.turso.dbsp.corpus;

import dev.turso.Database;
import dev.turso.Options;
import dev.turso.Rows;
import dev.turso.Session;
import dev.turso.Statement;
import dev.turso.value.Value;
import io.trino.tpch.TpchTable;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What 22 views of TPC-H add to the commits of its refresh streams, all together and each alone. {@code
 * main} prints for each view, for the sum of them and for all at once: processor time that they add to a
 * commit, and rows that their operators touched. A commit inserts an order with its items, or deletes
 * one. Database in memory. Arguments: the scale (0.01), commits (400), rounds (3).
 */
public final class TpchSharingBenchmark {

  private static final ThreadMXBean PROCESSOR = ManagementFactory.getThreadMXBean();
  private static final int RESERVE = 500;

  /** Whether to print the circuits too. */
  private static final boolean EXPLAIN = Boolean.getBoolean("turso.explain");

  private static final Map<String, String> PREFIXES =
      Map.of(
          "region",
          "r_",
          "nation",
          "n_",
          "supplier",
          "s_",
          "customer",
          "c_",
          "part",
          "p_",
          "partsupp",
          "ps_",
          "orders",
          "o_",
          "lineitem",
          "l_");

  private final Session session;
  private final int commits;
  private final Map<String, List<List<Value>>> rows = new HashMap<>();
  private final Map<Long, List<List<Value>>> items = new HashMap<>();
  private final Map<String, Statement> inserts = new HashMap<>();
  private final Map<String, Long> byView = new TreeMap<>();

  private TpchSharingBenchmark(Session session, int commits) {
    this.session = session;
    this.commits = commits;
  }

  public static void main(String[] args) throws Exception {
    double scale = args.length > 0 ? Double.parseDouble(args[0]) : 0.01;
    int commits = args.length > 1 ? Integer.parseInt(args[1]) : 400;
    int rounds = args.length > 2 ? Integer.parseInt(args[2]) : 3;
    Map<String, String> queries = QueryFile.read("tpch.sql");
    try (Database database = Database.open(":memory:", Options.DEFAULT);
        Session session = database.connect()) {
      TpchSharingBenchmark benchmark = new TpchSharingBenchmark(session, commits);
      benchmark.load(scale);
      for (int round = 1; round <= rounds; round++) {
        benchmark.round(queries, round == rounds);
      }
    }
  }

  private void load(double scale) {
    for (TpchTable<?> each : TpchTable.getTables()) {
      String name = each.getTableName();
      String prefix = String.valueOf(PREFIXES.get(name));
      List<List<Value>> all = TpchTables.create(session, each, prefix, scale, Integer.MAX_VALUE);
      rows.put(name, all);
      String marks = String.join(", ", Collections.nCopies(all.getFirst().size(), "?"));
      inserts.put(name, session.prepare("INSERT INTO " + name + " VALUES(" + marks + ")"));
    }
    session.execute("CREATE INDEX l_order ON lineitem(l_orderkey)");
    rows.get("lineitem")
        .forEach(each ->
            items.computeIfAbsent(each.get(1).asLong(), key -> new ArrayList<>()).add(each));
    session.execute("BEGIN");
    for (String table : PREFIXES.keySet()) {
      if (!table.matches("orders|lineitem")) {
        rows.get(table).forEach(each -> insert(table, each));
      }
    }
    List<List<Value>> orders = rows.get("orders");
    orders.subList(RESERVE, orders.size()).forEach(this::insertOrder);
    session.execute("COMMIT");
  }

  private void insert(String table, List<Value> row) {
    Statement statement = inserts.get(table);
    for (int i = 0; i < row.size(); i++) {
      statement.bind(i + 1, row.get(i));
    }
    statement.run();
  }

  private void insertOrder(List<Value> order) {
    insert("orders", order);
    items.get(order.getFirst().asLong()).forEach(each -> insert("lineitem", each));
  }

  private void round(Map<String, String> queries, boolean last) {
    double[] none = run(List.of());
    double[] sum = new double[2];
    for (Map.Entry<String, String> each : queries.entrySet()) {
      create(Map.of(each.getKey(), each.getValue()));
      double[] one = run(List.of(each.getKey()));
      if (last && EXPLAIN) {
        explain(each.getKey());
      }
      drop(List.of(each.getKey()));
      sum[0] += one[0] - none[0];
      sum[1] += one[1];
      if (last) {
        System.out.printf("%-4s +%8.1f us, %7.1f rows%n", each.getKey(), one[0] - none[0], one[1]);
      }
    }
    create(queries);
    byView.clear();
    double[] all = run(queries.keySet());
    if (last) {
      byView.forEach(
          (view, touched) -> System.out.printf(" %s %.1f", view, touched * 1.0 / commits));
      System.out.println(" rows of each with all");
    }
    if (last && EXPLAIN) {
      queries.keySet().forEach(this::explain);
    }
    drop(queries.keySet());
    System.out.printf(
        "a commit without views %.1f us; sum of %d views +%.1f us, %.1f rows; all at once +%.1f us, %.1f"
            + " rows: %.0f %% of the time, %.0f %% of the rows%n",
        none[0],
        queries.size(),
        sum[0],
        sum[1],
        all[0] - none[0],
        all[1],
        100 * (all[0] - none[0]) / sum[0],
        100 * all[1] / sum[1]);
  }

  private void explain(String name) {
    try (Statement explain = session.prepare("EXPLAIN MATERIALIZED VIEW v_" + name);
        Rows lines = explain.query()) {
      while (lines.next()) {
        System.out.println(lines.get(0).asString());
      }
    }
  }

  private void create(Map<String, String> queries) {
    queries.forEach(
        (name, query) -> session.execute("CREATE MATERIALIZED VIEW v_" + name + " AS " + query));
  }

  private void drop(Collection<String> names) {
    names.forEach(each -> session.execute("DROP VIEW v_" + each));
  }

  /** Microseconds a commit, and rows touched a commit. */
  private double[] run(Collection<String> views) {
    long time = 0;
    double touched = 0;
    try (Statement stats = session.prepare("PRAGMA turso_view_stats");
        Statement deleteOrder = session.prepare("DELETE FROM orders WHERE o_orderkey = ?");
        Statement deleteItems = session.prepare("DELETE FROM lineitem WHERE l_orderkey = ?")) {
      for (int i = 0; i < commits; i++) {
        List<Value> order = rows.get("orders").get(i / 2 % RESERVE);
        session.execute("BEGIN");
        if (i % 2 == 0) {
          insertOrder(order);
        } else {
          deleteItems.bind(1, order.getFirst());
          deleteItems.run();
          deleteOrder.bind(1, order.getFirst());
          deleteOrder.run();
        }
        long start = PROCESSOR.getCurrentThreadCpuTime();
        session.execute("COMMIT");
        time += PROCESSOR.getCurrentThreadCpuTime() - start;
        if (!views.isEmpty()) {
          touched += touched(stats, views);
        }
      }
    }
    return new double[] {time / 1e3 / commits, touched / commits};
  }

  private long touched(Statement stats, Collection<String> views) {
    long sum = 0;
    try (Rows each = stats.query()) {
      while (each.next()) {
        String view = String.valueOf(each.get(0).asString()).substring(2);
        if (views.contains(view)) {
          long rows = Math.max(0, each.get(2).asLong());
          byView.merge(view, rows, Long::sum);
          sum += rows;
        }
      }
    }
    return sum;
  }
}
