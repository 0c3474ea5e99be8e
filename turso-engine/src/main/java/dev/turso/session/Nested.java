package dev.turso.session;

import dev.turso.bind.Binder;
import dev.turso.bind.BoundWrite;
import dev.turso.change.Origin;
import dev.turso.change.TransactionView;
import dev.turso.error.SqlException;
import dev.turso.exec.expression.Frame;
import dev.turso.exec.operator.Executable;
import dev.turso.schema.Catalog;
import dev.turso.sql.ast.DeleteStatement;
import dev.turso.sql.ast.InsertStatement;
import dev.turso.sql.ast.SelectStatement;
import dev.turso.sql.ast.Statement;
import dev.turso.sql.ast.UpdateStatement;
import dev.turso.sql.parse.Parser;
import dev.turso.value.Register;
import dev.turso.value.Value;
import java.util.ArrayList;
import java.util.List;

/** Statements that run inside another one: in its transaction, undone with it, uncounted. */
final class Nested {

  private Nested() {}

  /**
   * Runs a statement; DDL, or one that writes rows past what guards tables from users.
   *
   * @param catalog what its names mean
   */
  static void execute(
      Connection connection, Catalog catalog, String sql, Origin origin, Value... parameters) {
    Statement statement = Parser.parseStatement(sql);
    Binder binder = connection.preparation().binder(catalog);
    BoundWrite bound =
        switch (statement) {
          case InsertStatement s -> binder.bindInsert(s);
          case UpdateStatement s -> binder.bindUpdate(s);
          case DeleteStatement s -> binder.bindDelete(s);
          default -> null;
        };
    if (bound == null) {
      executeCommand(connection, catalog, statement, sql);
      return;
    }
    run(connection, bound, binder, origin, List.of(parameters));
  }

  /** Runs an INSERT that is already parsed. */
  static void insert(Connection connection, InsertStatement statement) {
    Binder binder = connection.preparation().binder();
    run(connection, binder.bindInsert(statement), binder, Origin.STATEMENT, List.of());
  }

  private static void run(
      Connection connection,
      BoundWrite bound,
      Binder binder,
      Origin origin,
      List<Value> parameters) {
    WriteProgram program = connection.preparation().write(bound, binder, origin, true);
    beginWriting(connection, program);
    ConnectionWriting writing = connection.writing();
    long changes = writing.changes;
    long total = writing.totalChanges;
    long last = writing.lastInsertRowid;
    fill(connection, program.operation.frame(), parameters);
    connection.frameStarts(program.operation.frame());
    try {
      program.operation.run(writing);
    } finally {
      connection.frameEnds(program.operation.frame());
      writing.changes = changes;
      writing.totalChanges = total;
      writing.lastInsertRowid = last;
    }
  }

  private static void beginWriting(Connection connection, Program program) {
    for (AttachedDatabase each : connection.databases()) {
      if ((program.writes & 1L << each.index) != 0) {
        connection.beginWrite(each);
      } else if ((program.uses & 1L << each.index) != 0) {
        each.pager.beginRead();
      }
    }
  }

  private static void executeCommand(
      Connection connection, Catalog catalog, Statement statement, String sql) {
    Program program = connection.preparation().compileSchemaChange(statement, sql, catalog);
    if (!(program instanceof CommandProgram command)) {
      throw SqlException.unsupported("this statement inside another one");
    }
    beginWriting(connection, program);
    command.action.run(connection, new Value[0]);
  }

  /** Runs a query and hands its rows over. */
  static void query(
      Connection connection,
      Catalog catalog,
      String sql,
      List<Value> parameters,
      TransactionView.RowConsumer consumer) {
    if (!(Parser.parseStatement(sql) instanceof SelectStatement s)) {
      throw new SqlException("not a query: " + sql);
    }
    query(connection, connection.preparation().query(s.select(), catalog), parameters, consumer);
  }

  static void query(
      Connection connection,
      QueryProgram program,
      List<Value> parameters,
      TransactionView.RowConsumer consumer) {
    Executable executable = program.executable;
    for (AttachedDatabase each : connection.databases()) {
      if ((program.uses & 1L << each.index) != 0) {
        each.pager.beginRead();
      }
    }
    fill(connection, executable.frame(), parameters);
    connection.frameStarts(executable.frame());
    try {
      executable.open();
      while (executable.next()) {
        List<Value> row = new ArrayList<>(executable.columnCount());
        for (int i = 0; i < executable.columnCount(); i++) {
          row.add(executable.column(i).toValue());
        }
        if (!consumer.row(row)) {
          return;
        }
      }
    } finally {
      connection.frameEnds(executable.frame());
      executable.close();
    }
  }

  static void fill(Connection connection, Frame frame, List<Value> parameters) {
    connection.checkInterrupt();
    frame.clearInterrupt();
    frame.storage(connection.writing());
    frame.environment = connection.environment();
    frame.parameters = new Register[parameters.size()];
    for (int i = 0; i < parameters.size(); i++) {
      frame.parameters[i] = new Register();
      frame.parameters[i].set(parameters.get(i));
    }
  }
}
