package dev.turso.jdbc;

import dev.turso.error.BusyException;
import dev.turso.error.DatabaseException;
import dev.turso.error.ResultCode;
import dev.turso.error.SqlException;
import java.sql.SQLDataException;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.SQLIntegrityConstraintViolationException;
import java.sql.SQLInvalidAuthorizationSpecException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLNonTransientException;
import java.sql.SQLSyntaxErrorException;
import java.sql.SQLTimeoutException;
import java.sql.SQLTransactionRollbackException;

/**
 * The one place where result codes become {@code java.sql} exceptions and SQLStates, so that Spring's
 * and Hibernate's translation works with no configuration.
 *
 * <p>The vendor code is the primary code; the cause keeps the extended one.
 */
final class SqlErrors {

  private SqlErrors() {}

  static SQLException of(DatabaseException failure) {
    ResultCode code = failure.code();
    int vendor = code.primary().code();
    String message = String.valueOf(failure.getMessage());
    return switch (code.primary()) {
      case CONSTRAINT ->
          new SQLIntegrityConstraintViolationException(
              message, constraintState(code), vendor, failure);
      case BUSY, LOCKED ->
          new SQLTransactionRollbackException(
              message + holderOf(failure), "40001", vendor, failure);
      case INTERRUPT -> new SQLTimeoutException(message, "57014", vendor, failure);
      case MISMATCH -> new SQLDataException(message, "22018", vendor, failure);
      case TOOBIG -> new SQLDataException(message, "22001", vendor, failure);
      case RANGE -> new SQLDataException(message, "22003", vendor, failure);
      case CANTOPEN -> new SQLNonTransientConnectionException(message, "08001", vendor, failure);
      case IOERR, CORRUPT, NOTADB ->
          new SQLNonTransientConnectionException(message, "08006", vendor, failure);
      case FULL -> new SQLNonTransientException(message, "53100", vendor, failure);
      case READONLY -> new SQLNonTransientException(message, "25006", vendor, failure);
      case AUTH -> new SQLInvalidAuthorizationSpecException(message, "28000", vendor, failure);
      case ERROR -> statementError(failure, message, vendor);
      default -> new SQLException(message, "HY000", vendor, failure);
    };
  }

  /** Whom a statement waited for until its time was up, as far as this JVM knows. */
  private static String holderOf(DatabaseException failure) {
    String holder = failure instanceof BusyException busy ? busy.holder() : null;
    return holder == null ? "" : ": " + holder;
  }

  /** A call on something that was closed, or with an argument out of range: the caller's mistake. */
  static SQLException misuse(String message) {
    return new SQLNonTransientException(message, "HY010", ResultCode.MISUSE.code());
  }

  /** Parameters that do not match those of the statement, which Spring tells as bad grammar. */
  static SQLException parameters(String message) {
    return new SQLNonTransientException(message, "07001", ResultCode.RANGE.code());
  }

  private static String constraintState(ResultCode code) {
    return switch (code) {
      case CONSTRAINT_UNIQUE, CONSTRAINT_PRIMARYKEY, CONSTRAINT_ROWID -> "23505";
      case CONSTRAINT_NOTNULL -> "23502";
      case CONSTRAINT_FOREIGNKEY, CONSTRAINT_TRIGGER -> "23503";
      case CONSTRAINT_CHECK -> "23514";
      default -> "23000";
    };
  }

  private static SQLException statementError(
      DatabaseException failure, String message, int vendor) {
    if (!(failure instanceof SqlException)) {
      return new SQLException(message, "HY000", vendor, failure);
    }
    if (message.endsWith(" is not supported")) {
      return new SQLFeatureNotSupportedException(message, "0A000", vendor, failure);
    }
    String state = "42000";
    if (message.startsWith("no such table") || message.startsWith("no such view")) {
      state = "42S02";
    } else if (message.startsWith("no such column")) {
      state = "42S22";
    }
    return new SQLSyntaxErrorException(message, state, vendor, failure);
  }
}
