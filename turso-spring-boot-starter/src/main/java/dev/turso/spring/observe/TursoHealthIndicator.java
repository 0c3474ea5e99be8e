package dev.turso.spring.observe;

import dev.turso.Database;
import dev.turso.Rows;
import dev.turso.Session;
import dev.turso.Statement;
import java.io.File;
import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;

/**
 * Up while the database answers, its file is sound and no view has failed; tells its file, journal mode and
 * sizes. The file's integrity is looked at now and then only, and not that of a large one.
 */
public final class TursoHealthIndicator extends AbstractHealthIndicator {

  private final Database database;
  private final TursoHealthProperties settings;

  // Under the monitor.
  private String integrity = "";
  private long checkedAt;

  public TursoHealthIndicator(Database database, TursoHealthProperties settings) {
    super("the Turso database does not answer");
    this.database = database;
    this.settings = settings;
  }

  @Override
  protected void doHealthCheck(Health.Builder builder) {
    try (Session session = database.connect()) {
      builder
          .up()
          .withDetail("database", database.path())
          .withDetail("journalMode", first(session, "PRAGMA journal_mode"))
          .withDetail("pages", first(session, "PRAGMA page_count"))
          .withDetail("walBytes", new File(database.path() + "-wal").length())
          .withDetail("position", database.position().toString());
      File folder = new File(database.path()).getAbsoluteFile().getParentFile();
      if (folder != null && folder.isDirectory()) {
        builder.withDetail("freeDiskBytes", folder.getUsableSpace());
      }
      addViews(session, builder);
      addIntegrity(session, builder);
    }
  }

  private synchronized void addIntegrity(Session session, Health.Builder builder) {
    if (settings.integrityInterval().isZero()) {
      return;
    }
    long bytes =
        Long.parseLong(first(session, "PRAGMA page_count"))
            * Long.parseLong(first(session, "PRAGMA page_size"));
    if (bytes > settings.integrityLimit().toBytes()) {
      builder.withDetail("integrity", "not checked: larger than " + settings.integrityLimit());
      return;
    }
    long now = System.nanoTime();
    if (integrity.isEmpty() || now - checkedAt >= settings.integrityInterval().toNanos()) {
      integrity = first(session, "PRAGMA quick_check(1)");
      checkedAt = now;
    }
    builder.withDetail("integrity", integrity);
    if (!integrity.equals("ok")) {
      builder.down();
    }
  }

  /** Views that are not current; a failed one makes the database's status down. */
  private static void addViews(Session session, Health.Builder builder) {
    Map<String, String> behind = new LinkedHashMap<>();
    try (Statement statement = session.prepare("PRAGMA turso_view_stats");
        Rows rows = statement.query()) {
      while (rows.next()) {
        String status = String.valueOf(rows.getText(1));
        if (!status.equals("current")) {
          behind.put(String.valueOf(rows.getText(0)), status);
        }
      }
    }
    if (!behind.isEmpty()) {
      builder.withDetail("viewsNotCurrent", behind);
    }
    if (behind.containsValue("failed")) {
      builder.down();
    }
  }

  private static String first(Session session, String sql) {
    try (Statement statement = session.prepare(sql);
        Rows rows = statement.query()) {
      return rows.next() ? String.valueOf(rows.getText(0)) : "";
    }
  }
}
