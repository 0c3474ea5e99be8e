package dev.turso.session;

import dev.turso.cipher.EncryptionKey;
import dev.turso.error.IoException;
import dev.turso.error.ResultCode;
import dev.turso.error.SqlException;
import dev.turso.exec.expression.ExpressionCompiler;
import dev.turso.exec.expression.Frame;
import dev.turso.exec.expression.Locations;
import dev.turso.sql.ast.Attach;
import dev.turso.sql.ast.Detach;
import dev.turso.sql.ast.Expression;
import dev.turso.value.Register;
import dev.turso.value.Value;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** ATTACH and DETACH. */
final class AttachCommands {

  /** SQLite's default limit, main and temp not counted. */
  private static final int MOST_ATTACHED = 10;

  private AttachCommands() {}

  static Program program(Attach statement) {
    return new CommandProgram(
        CommandProgram.Needs.NOTHING,
        (connection, parameters) -> {
          attach(connection, statement, parameters);
          return List.of();
        });
  }

  static Program program(Detach statement) {
    return new CommandProgram(
        CommandProgram.Needs.NOTHING,
        (connection, parameters) -> {
          detach(connection, text(connection, statement.schema(), parameters));
          return List.of();
        });
  }

  private static void attach(Connection connection, Attach statement, Value[] parameters) {
    String file = text(connection, statement.file(), parameters);
    String name = text(connection, statement.schema(), parameters);
    if (connection.databases().size() - 2 >= MOST_ATTACHED) {
      throw new SqlException("too many attached databases - max " + MOST_ATTACHED);
    }
    if (connection.database(name) != null) {
      throw new SqlException("database " + name + " is already in use");
    }
    DatabaseLocation location = located(connection, statement, file, parameters);
    try {
      connection.attach(location, name);
    } catch (IoException e) {
      boolean saysNoMore = String.valueOf(e.getMessage()).endsWith(location.name());
      throw e.code() == ResultCode.CANTOPEN && saysNoMore
          ? new IoException(ResultCode.CANTOPEN, "unable to open database: " + file, e)
          : e;
    }
  }

  /** KEY is the key in hexadecimal; an empty one says that the file is plain. */
  private static DatabaseLocation located(
      Connection connection, Attach statement, String file, Value[] parameters) {
    DatabaseLocation location = connection.locate(file);
    if (statement.key() == null) {
      return location;
    }
    String key = text(connection, statement.key(), parameters);
    return location.withKey(key.isEmpty() ? null : EncryptionKey.ofHex(null, key));
  }

  private static void detach(Connection connection, String name) {
    AttachedDatabase database = connection.database(name);
    if (database == null) {
      throw new SqlException("no such database: " + name);
    }
    if (database.index < 2) {
      throw new SqlException("cannot detach database " + name);
    }
    boolean busy = !connection.autoCommit() && database.pager.isReading();
    if (database.pager.isWriting() || connection.readsInProgress() || busy) {
      throw new SqlException("database " + name + " is locked");
    }
    connection.detach(database);
  }

  static String text(Connection connection, Expression expression, Value[] parameters) {
    Value value = value(connection, expression, parameters);
    return value.isNull() ? "" : String.valueOf(value.asString());
  }

  /** What an expression without columns is; a bare word is a text. */
  static Value value(Connection connection, Expression expression, Value[] parameters) {
    String word = bareWord(expression);
    if (word != null) {
      return Value.text(word);
    }
    Frame frame = new Frame();
    frame.environment = connection.environment();
    frame.parameters = new Register[parameters.length];
    for (int i = 0; i < parameters.length; i++) {
      frame.parameters[i] = new Register();
      frame.parameters[i].set(parameters[i]);
    }
    Register value = new Register();
    new ExpressionCompiler(new Locations())
        .compile(connection.preparation().binder().bindExpression(expression))
        .evalInto(frame, value);
    return value.toValue();
  }

  private static @Nullable String bareWord(Expression expression) {
    return expression instanceof Expression.ColumnName c && c.table() == null
        ? c.name().text()
        : null;
  }
}
