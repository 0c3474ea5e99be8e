package dev.turso.spring.event;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The table of batches that a listener kept failing on; made when it is first needed. */
final class DeadLetters {

  static final String TABLE = "row_change_dead_letter";

  private final JdbcClient jdbc;

  DeadLetters(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** Writes a batch, in the transaction that is open. */
  void add(String cursor, List<RowChangeEvent<?>> events, Throwable cause) {
    jdbc.sql(
            "CREATE TABLE IF NOT EXISTS "
                + TABLE
                + " (id INTEGER PRIMARY KEY, cursor TEXT NOT NULL, position TEXT NOT NULL,"
                + " \"table\" TEXT NOT NULL, operation TEXT NOT NULL, before TEXT, after TEXT,"
                + " error TEXT NOT NULL, failed_at TEXT NOT NULL DEFAULT CURRENT_TIMESTAMP)")
        .update();
    for (RowChangeEvent<?> each : events) {
      jdbc.sql(
              "INSERT INTO "
                  + TABLE
                  + " (cursor, position, \"table\", operation, before, after, error)"
                  + " VALUES (?, ?, ?, ?, ?, ?, ?)")
          .param(cursor)
          .param(each.position().toString())
          .param(each.table())
          .param(each.operation().name())
          .param(text(each.before()))
          .param(text(each.after()))
          .param(String.valueOf(cause))
          .update();
    }
  }

  private static @Nullable String text(@Nullable Object row) {
    return row == null ? null : row.toString();
  }
}
