package dev.turso.sample;

import dev.turso.jdbc.TursoDataSource;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.flywaydb.core.Flyway;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** The board's database file without the application: its migrations, and flights by its own code. */
final class BoardFile implements AutoCloseable {

  private static final int EVENTS_PER_TRANSACTION = 500;

  private final SingleConnectionDataSource connection;
  private final TransactionTemplate transaction;
  private final FlightOperations operations;
  private final Timetable timetable = new Timetable();
  final JdbcClient jdbc;
  private int next;

  private BoardFile(SingleConnectionDataSource connection) {
    this.connection = connection;
    this.jdbc = JdbcClient.create(connection);
    this.transaction = new TransactionTemplate(new JdbcTransactionManager(connection));
    this.operations = new FlightOperations(jdbc);
  }

  /** Makes the file by the application's migrations, with the airports in it. */
  static BoardFile create(Path path) throws SQLException {
    Flyway.configure().dataSource(new TursoDataSource(url(path))).load().migrate();
    BoardFile file = open(path);
    file.transaction.executeWithoutResult(status -> file.loadAirports());
    return file;
  }

  static BoardFile open(Path path) throws SQLException {
    return new BoardFile(
        new SingleConnectionDataSource(new TursoDataSource(url(path)).getConnection(), true));
  }

  private static String url(Path path) {
    return "jdbc:turso:" + path + "?journal_mode=wal&synchronous=off&foreign_keys=on";
  }

  private void loadAirports() {
    for (String[] a : timetable.airports()) {
      jdbc.sql("INSERT INTO airport VALUES (?, ?, ?, ?, ?, ?, ?)")
          .params(a[0], a[1], a[2], a[3], a[4], Double.valueOf(a[5]), Double.valueOf(a[6]))
          .update();
    }
  }

  /** Plays the timetable on until so many flights are on the board. */
  void playUntil(int flights) {
    while (count("flight") < flights && next < timetable.events().size()) {
      transaction.executeWithoutResult(status -> {
        for (int i = 0; i < EVENTS_PER_TRANSACTION && next < timetable.events().size(); i++) {
          operations.play(next, timetable.events().get(next));
          next++;
        }
      });
    }
  }

  long count(String table) {
    return jdbc.sql("SELECT COUNT(*) FROM " + table).query(Long.class).single();
  }

  /** What {@code PRAGMA turso_check_views} says of each view. */
  Map<String, String> checkedViews() {
    Map<String, String> results = new LinkedHashMap<>();
    jdbc.sql("PRAGMA turso_check_views")
        .query(row -> {
          results.put(row.getString("view"), row.getString("result"));
        });
    return results;
  }

  /** Rows touched by each view's last maintenance; zero if there was none since the open. */
  Map<String, Long> rowsTouched() {
    Map<String, Long> touched = new LinkedHashMap<>();
    jdbc.sql("PRAGMA turso_view_stats")
        .query(row -> {
          touched.put(row.getString("view"), row.getLong("rows_touched"));
        });
    return touched;
  }

  @Override
  public void close() {
    connection.destroy();
  }
}
