package dev.turso.session;

import dev.turso.change.AttachedExtension;
import dev.turso.change.StatementRows;
import dev.turso.sql.ast.Statement;
import java.util.ArrayList;
import java.util.List;

/** Statements that an extension runs. */
final class ExtensionCommands {

  private ExtensionCommands() {}

  static Program program(
      AttachedExtension extension, Statement statement, String text, int database) {
    boolean writes = extension.writes(statement);
    CommandProgram program =
        new CommandProgram(
            writes ? CommandProgram.Needs.WRITE : CommandProgram.Needs.SNAPSHOT,
            (connection, parameters) -> {
              if (writes) {
                connection.participation().maintainAll();
              }
              AttachedDatabase in = connection.database(database);
              SchemaRecording recording =
                  writes ? SchemaRecording.start(connection, in, text) : null;
              OpenTransaction view = new OpenTransaction(connection, in);
              StatementRows rows = extension.execute(statement, text, view);
              if (recording != null) {
                recording.note();
              }
              return rows == null ? List.of() : rows.rows();
            });
    program.uses = 1L << database;
    program.writes = writes ? program.uses : 0;
    List<Program.ResultColumn> columns = new ArrayList<>();
    for (String each : extension.columns(statement)) {
      columns.add(Program.ResultColumn.named(each));
    }
    program.columns = columns;
    return program;
  }
}
