package dev.turso.spring.flyway;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.callback.Callback;
import org.flywaydb.core.api.callback.Context;
import org.flywaydb.core.api.callback.Event;

/**
 * Drops the materialized views before Flyway's {@code clean} drops the tables that they read.
 *
 * <p>Flyway takes a schema's tables in no order of dependency, and a table that a materialized view
 * reads cannot be dropped. Boot's Flyway gets this as a bean.
 */
public final class ViewsBeforeClean implements Callback {

  private static final String ANY =
      "SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = 'turso_views'";
  private static final String NEWEST_FIRST = "SELECT name FROM turso_views ORDER BY id DESC";

  @Override
  public boolean supports(Event event, Context context) {
    return event == Event.BEFORE_CLEAN;
  }

  @Override
  public boolean canHandleInTransaction(Event event, Context context) {
    return true;
  }

  @Override
  public void handle(Event event, Context context) {
    try (Statement statement = context.getConnection().createStatement()) {
      for (String view : views(context.getConnection())) {
        statement.execute("DROP VIEW \"" + view.replace("\"", "\"\"") + '"');
      }
    } catch (SQLException e) {
      throw new FlywayException("the materialized views could not be dropped", e);
    }
  }

  private static List<String> views(Connection connection) throws SQLException {
    List<String> names = new ArrayList<>();
    if (hasViews(connection)) {
      try (Statement statement = connection.createStatement();
          ResultSet rows = statement.executeQuery(NEWEST_FIRST)) {
        while (rows.next()) {
          names.add(rows.getString(1));
        }
      }
    }
    return names;
  }

  private static boolean hasViews(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(ANY)) {
      return rows.next();
    }
  }

  @Override
  public String getCallbackName() {
    return "turso-views-before-clean";
  }
}
