package dev.turso.fuzz;

import dev.turso.Database;
import dev.turso.Options;
import dev.turso.Rows;
import dev.turso.Session;
import dev.turso.Statement;
import dev.turso.error.DatabaseException;
import dev.turso.error.InterruptedStatementException;
import dev.turso.value.Tag;
import dev.turso.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** This engine. */
public final class TursoEngine implements Engine {

  private static final int SECONDS = 20;

  private final ScheduledExecutorService clock =
      Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "fuzz clock");
        thread.setDaemon(true);
        return thread;
      });
  private final Database database;
  private final Session session;

  /** A private database in memory. */
  public TursoEngine() {
    database = Database.open(":memory:", Options.DEFAULT);
    session = database.connect();
  }

  Session session() {
    return session;
  }

  @Override
  public Outcome run(String sql) {
    Future<?> end = clock.schedule(session::interrupt, SECONDS, TimeUnit.SECONDS);
    try (Statement statement = session.prepare(sql)) {
      List<String> rows = new ArrayList<>();
      try (Rows result = statement.query()) {
        while (result.next()) {
          rows.add(row(result));
        }
      }
      return Outcome.rows(rows);
    } catch (InterruptedStatementException e) {
      return Outcome.error(Outcome.TIMEOUT, e.getMessage());
    } catch (DatabaseException e) {
      return Outcome.error(e.code().primary().code(), e.getMessage());
    } catch (RuntimeException | AssertionError | StackOverflowError | LinkageError e) {
      StackTraceElement[] trace = e.getStackTrace();
      StringBuilder text = new StringBuilder("CRASH ").append(e);
      for (int i = 0; i < Math.min(trace.length, 8); i++) {
        text.append("\n      at ").append(trace[i]);
      }
      return Outcome.error(Outcome.CRASH, text.toString());
    } finally {
      end.cancel(false);
    }
  }

  static String row(Rows result) {
    StringBuilder row = new StringBuilder();
    for (int i = 0; i < result.columnCount(); i++) {
      row.append(i == 0 ? "" : "|");
      Value value = result.get(i);
      switch (value.tag()) {
        case Tag.NULL -> Outcome.appendNull(row);
        case Tag.INTEGER -> Outcome.appendInteger(row, value.asLong());
        case Tag.REAL -> Outcome.appendReal(row, value.asDouble());
        case Tag.TEXT -> Outcome.appendText(row, bytes(value));
        case Tag.BLOB -> Outcome.appendBlob(row, bytes(value));
        default ->
            throw new IllegalStateException(String.format(Locale.ROOT, "tag %d", value.tag()));
      }
    }
    return row.toString();
  }

  private static byte[] bytes(Value value) {
    byte[] bytes = value.asBytes();
    return bytes == null ? new byte[0] : bytes;
  }

  @Override
  public void close() {
    session.close();
    database.close();
    clock.shutdownNow();
  }
}
