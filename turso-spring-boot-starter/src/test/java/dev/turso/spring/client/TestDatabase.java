package dev.turso.spring.client;

import dev.turso.jdbc.TursoDataSource;
import java.util.UUID;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A database in memory for one test, and the schema that the clients meet in it. */
final class TestDatabase {

  static final String PILOT =
      "CREATE TABLE pilot (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, rank TEXT)";
  static final String VIEW =
      "CREATE MATERIALIZED VIEW pilots_by_rank AS"
          + " SELECT rank, COUNT(*) AS n FROM pilot GROUP BY rank";

  private TestDatabase() {}

  static String url() {
    return "jdbc:turso:mem:" + UUID.randomUUID() + "?foreign_keys=on&busy_timeout=5000";
  }

  /** One that lives as long as the data source's first connection, which it keeps. */
  static DataSource create(String... schema) {
    com.zaxxer.hikari.HikariDataSource pool = new com.zaxxer.hikari.HikariDataSource();
    pool.setDataSource(new TursoDataSource(url()));
    pool.setMaximumPoolSize(4);
    JdbcClient jdbc = JdbcClient.create(pool);
    for (String each : schema) {
      jdbc.sql(each).update();
    }
    return pool;
  }

  /** How many pilots the materialized view counts of one rank. */
  static long counted(DataSource source, String rank) {
    return JdbcClient.create(source)
        .sql("SELECT n FROM pilots_by_rank WHERE rank = ?")
        .param(rank)
        .query(Long.class)
        .optional()
        .orElse(0L);
  }
}
