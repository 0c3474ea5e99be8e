package dev.turso.spring.failure;

import java.sql.SQLNonTransientConnectionException;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** A URL carries an option, or an option a value, that the driver does not know. */
final class ConnectionOptionFailureAnalyzer
    extends AbstractFailureAnalyzer<SQLNonTransientConnectionException> {

  @Override
  protected @Nullable FailureAnalysis analyze(
      Throwable failure, SQLNonTransientConnectionException cause) {
    String message = String.valueOf(cause.getMessage());
    if (!message.startsWith("unknown connection option")
        && !message.startsWith("connection option")) {
      return null;
    }
    return new FailureAnalysis(
        "The JDBC URL, a property turso.* or the pool's data source properties carry something unusable: "
            + message
            + ".",
        "Take the option out, or write what the message lists. Options of other SQLite"
            + " drivers have other names here: docs/from-sqlite-jdbc.md has the table.",
        cause);
  }
}
