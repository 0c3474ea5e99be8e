package dev.turso.spring.client;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import dev.turso.Database;
import dev.turso.Options;
import dev.turso.Rows;
import dev.turso.Session;
import dev.turso.Statement;
import dev.turso.cdc.read.ChangeApplier;
import dev.turso.cdc.read.ChangeBatch;
import dev.turso.cdc.read.ChangeLog;
import dev.turso.cdc.read.ChangeReader;
import dev.turso.cdc.read.ReaderOptions;
import dev.turso.jdbc.TursoDataSource;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A database in memory for one test, and the schema that the clients meet in it. */
final class TestDatabase {

  static final String PILOT =
      "CREATE TABLE pilot (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, rank TEXT)";
  static final String VIEW =
      "CREATE MATERIALIZED VIEW pilots_by_rank AS"
          + " SELECT rank, COUNT(*) AS n FROM pilot GROUP BY rank";

  /** Where files of sqlite-jdbc's go while the suite runs on it; null while it runs on ours. */
  private static @Nullable Path nativeFolder;

  private static final List<HikariDataSource> NATIVE_POOLS = new ArrayList<>();

  private TestDatabase() {}

  /** From here on databases are of sqlite-jdbc's, without views and log, which it does not have. */
  static void onNative(Path folder) {
    nativeFolder = folder;
  }

  static void onOurs() {
    nativeFolder = null;
    NATIVE_POOLS.forEach(HikariDataSource::close);
    NATIVE_POOLS.clear();
  }

  static String url() {
    if (nativeFolder != null) {
      return "jdbc:sqlite:"
          + nativeFolder.resolve(UUID.randomUUID() + ".db")
          + "?journal_mode=WAL&busy_timeout=5000&foreign_keys=true";
    }
    return "jdbc:turso:mem:" + UUID.randomUUID() + "?foreign_keys=on&busy_timeout=5000";
  }

  /**
   * One that lives as long as the data source's first connection, which it keeps. Its change log is on from
   * the beginning.
   */
  static DataSource create(String... schema) {
    DataSource pool = createWithoutLog();
    JdbcClient jdbc = JdbcClient.create(pool);
    if (nativeFolder == null) {
      jdbc.sql("PRAGMA turso_capture = 'full'").query().listOfRows();
    }
    for (String each : schema) {
      if (nativeFolder == null || !each.startsWith("CREATE MATERIALIZED")) {
        jdbc.sql(each).update();
      }
    }
    return pool;
  }

  /** An empty one. */
  static DataSource createWithoutLog() {
    HikariDataSource pool = new HikariDataSource();
    if (nativeFolder == null) {
      pool.setDataSource(new TursoDataSource(url()));
    } else {
      pool.setJdbcUrl(url());
      NATIVE_POOLS.add(pool);
    }
    pool.setMaximumPoolSize(4);
    return pool;
  }

  /** How many pilots the materialized view counts of one rank. */
  static long counted(DataSource source, String rank) {
    String sql =
        nativeFolder == null
            ? "SELECT n FROM pilots_by_rank WHERE rank = ?"
            : "SELECT COUNT(*) FROM pilot WHERE rank = ?";
    return JdbcClient.create(source).sql(sql).param(rank).query(Long.class).optional().orElse(0L);
  }

  /** Puts a materialized view over each table that a library has made. */
  static void watch(DataSource source) {
    if (nativeFolder != null) {
      return;
    }
    JdbcClient jdbc = JdbcClient.create(source);
    for (String table : tables(jdbc)) {
      String key =
          jdbc.sql("SELECT name FROM pragma_table_info(?) LIMIT 1")
              .param(table)
              .query(String.class)
              .single();
      jdbc.sql(
              "CREATE MATERIALIZED VIEW watched_%s AS SELECT \"%s\" AS k, COUNT(*) AS n FROM %s GROUP BY 1"
                  .formatted(table, key, table))
          .update();
    }
  }

  private static List<String> tables(JdbcClient jdbc) {
    return jdbc.sql(
            "SELECT name FROM sqlite_schema WHERE type = 'table'"
                + " AND name NOT LIKE 'turso!_%' ESCAPE '!' AND name NOT LIKE 'sqlite!_%' ESCAPE '!'"
                + " AND name NOT LIKE 'watched!_%' ESCAPE '!' AND name <> 'pilots_by_rank'")
        .query(String.class)
        .list();
  }

  /** Views equal their queries, the log gives the same tables once more, and a cursor has read all of it. */
  static void verifyCrossing(DataSource source) throws Exception {
    JdbcClient jdbc = JdbcClient.create(source);
    assertThat(jdbc.sql("PRAGMA integrity_check").query(String.class).list()).containsExactly("ok");
    if (nativeFolder != null) {
      return;
    }
    assertThat(jdbc.sql("PRAGMA turso_check_views").query().listOfRows())
        .isNotEmpty()
        .allMatch(row -> "ok".equals(row.get("result")), "each view is ok");
    String url = ((TursoDataSource) ((HikariDataSource) source).getDataSource()).getUrl();
    String location = url.substring("jdbc:turso:".length(), url.indexOf('?'));
    try (Database database = Database.open(location, Options.DEFAULT);
        Database copy = Database.open(":memory:", Options.DEFAULT);
        Session target = copy.connect();
        Session original = database.connect();
        ChangeLog log = ChangeLog.of(database);
        ChangeReader reader = log.reader("crossing", ReaderOptions.DEFAULT)) {
      ChangeApplier applier = new ChangeApplier(target);
      for (ChangeBatch batch = reader.poll(Duration.ZERO);
          batch != null;
          batch = reader.poll(Duration.ZERO)) {
        applier.apply(batch);
        reader.done(batch);
      }
      applier.finish();
      for (String table : tables(jdbc)) {
        String query = "SELECT * FROM " + table;
        assertThat(rows(target, query)).as(table).isEqualTo(rows(original, query));
      }
      assertThat(log.cursors())
          .singleElement()
          .satisfies(cursor -> assertThat(cursor.rowsBehind()).isZero());
    }
  }

  private static List<String> rows(Session session, String query) {
    List<String> rows = new ArrayList<>();
    try (Statement statement = session.prepare(query);
        Rows found = statement.query()) {
      while (found.next()) {
        StringBuilder row = new StringBuilder();
        for (int i = 0; i < statement.columnCount(); i++) {
          row.append(found.get(i)).append('|');
        }
        rows.add(row.toString());
      }
    }
    rows.sort(null);
    return rows;
  }
}
