package dev.turso.bench;

import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;

/** Queries over the whole of {@code fact}: scans, groups, joins, sorts, windows. */
final class AnalyticWorkload implements Workload {

  private static final Map<String, String> QUERIES = queries();

  @Override
  public String label() {
    return "analytics";
  }

  @Override
  public void run(Bench bench) throws SQLException {
    for (Map.Entry<String, String> each : QUERIES.entrySet()) {
      bench.query(each.getKey(), each.getValue());
    }
  }

  private static Map<String, String> queries() {
    Map<String, String> queries = new LinkedHashMap<>();
    queries.put("count", "SELECT count(*) FROM fact");
    queries.put("sum", "SELECT sum(w) FROM fact");
    queries.put("filter", "SELECT count(*), sum(w) FROM fact WHERE v < 500.0 AND g1 <> 7");
    queries.put("expression", "SELECT sum((w * 3 + g1) % 7 - w) FROM fact");
    queries.put("group by, few", "SELECT g1, count(*), sum(w) FROM fact GROUP BY g1");
    queries.put(
        "group by, many",
        "SELECT count(*), max(x) FROM (SELECT g2, sum(w) AS x FROM fact GROUP BY g2)");
    queries.put(
        "join of two",
        "SELECT d.cat, count(*), sum(f.w) FROM fact f JOIN dim d ON f.d_id = d.id GROUP BY d.cat");
    queries.put(
        "join of three",
        "SELECT r.nm, count(*), sum(f.w) FROM fact f JOIN dim d ON f.d_id = d.id"
            + " JOIN region r ON d.rg_id = r.id WHERE d.cat < 50 GROUP BY r.nm");
    queries.put("distinct", "SELECT count(*) FROM (SELECT DISTINCT g2 FROM fact)");
    queries.put("order by", "SELECT id, v FROM fact ORDER BY v, id");
    queries.put("top ten", "SELECT id, v FROM fact ORDER BY v DESC, id LIMIT 10");
    queries.put(
        "window",
        "SELECT sum(x) FROM (SELECT sum(w) OVER (PARTITION BY g1 ORDER BY id) AS x FROM fact)");
    queries.put("like", "SELECT count(*) FROM fact WHERE s LIKE '%ab1%'");
    queries.put("json", "SELECT sum(json_extract(body, '$.a.b')) FROM doc");
    queries.put(
        "recursion",
        "WITH RECURSIVE c(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM c WHERE n < 1000000)"
            + " SELECT sum(n) FROM c");
    return queries;
  }
}
