package dev.turso.session;

import dev.turso.sql.ast.Name;
import dev.turso.sql.ast.TransactionStatement;
import java.util.List;

/** BEGIN, COMMIT, ROLLBACK, SAVEPOINT, RELEASE. */
final class TransactionCommands {

  private TransactionCommands() {}

  static Program program(TransactionStatement statement) {
    return new CommandProgram(
        CommandProgram.Needs.NOTHING,
        (connection, parameters) -> {
          run(statement, connection.transactions());
          return List.of();
        });
  }

  private static void run(TransactionStatement statement, Transactions transactions) {
    switch (statement) {
      case TransactionStatement.Begin s -> transactions.begin(s.mode());
      case TransactionStatement.Commit s -> transactions.commit();
      case TransactionStatement.Rollback s -> {
        Name savepoint = s.savepoint();
        if (savepoint == null) {
          transactions.rollback();
        } else {
          transactions.rollbackTo(savepoint.text());
        }
      }
      case TransactionStatement.Savepoint s -> transactions.savepoint(s.name().text());
      case TransactionStatement.Release s -> transactions.release(s.name().text());
    }
  }
}
