package dev.turso.sample;

import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Compares each view with its query every few seconds, at one position, and remembers the answer. */
@Component
public class ViewProof {

  private static final double NANOS_PER_SECOND = 1e9;

  private final JdbcClient jdbc;
  private volatile Map<String, String> results = Map.of();
  private volatile long checkedAt = System.nanoTime();

  ViewProof(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** What is known of each view. */
  record Proof(boolean equal, double secondsAgo, long rows, long touched, long nanos) {}

  @Scheduled(fixedDelay = 4000, initialDelay = 1000)
  @Transactional(readOnly = true)
  public void check() {
    Map<String, String> found = new LinkedHashMap<>();
    jdbc.sql("PRAGMA turso_check_views")
        .query(row -> {
          found.put(row.getString("view"), row.getString("result"));
        });
    results = found;
    checkedAt = System.nanoTime();
  }

  Map<String, Proof> latest() {
    Map<String, Proof> proofs = new LinkedHashMap<>();
    double age = (System.nanoTime() - checkedAt) / NANOS_PER_SECOND;
    jdbc.sql("PRAGMA turso_view_stats")
        .query(row -> {
          String view = row.getString("view");
          String result = results.get(view);
          if (result != null) {
            long rows = jdbc.sql("SELECT COUNT(*) FROM " + view).query(Long.class).single();
            proofs.put(
                view,
                new Proof(
                    result.equals("ok"),
                    age,
                    rows,
                    row.getLong("rows_touched"),
                    1000 * row.getLong("micros")));
          }
        });
    return proofs;
  }
}
