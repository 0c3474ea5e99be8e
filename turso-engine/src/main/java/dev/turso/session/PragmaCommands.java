package dev.turso.session;

import dev.turso.error.SqlException;
import dev.turso.schema.Names;
import dev.turso.sql.ast.Name;
import dev.turso.sql.ast.Pragma;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The pragmas by name. One that does not exist does nothing, as in SQLite. */
final class PragmaCommands {

  private static final Map<String, PragmaHandler> HANDLERS = handlers();

  private PragmaCommands() {}

  private static Map<String, PragmaHandler> handlers() {
    Map<String, PragmaHandler> all = new TreeMap<>();
    FlagPragmas.addTo(all);
    NumberPragmas.addTo(all);
    FilePragmas.addTo(all);
    JournalPragmas.addTo(all);
    EncryptionPragmas.addTo(all);
    SchemaPragmas.addTo(all);
    ListPragmas.addTo(all);
    CheckPragmas.addTo(all);
    return Map.copyOf(all);
  }

  static List<String> names() {
    List<String> names = new ArrayList<>(HANDLERS.keySet());
    names.sort(null);
    return names;
  }

  static @Nullable PragmaHandler find(String name) {
    return HANDLERS.get(Names.fold(name));
  }

  /** Whether a pragma works even if the schema cannot be read: it may be there to repair it. */
  static boolean needsNoSchema(Pragma pragma) {
    PragmaHandler handler = find(pragma.name().name().text());
    return handler != null && handler.needs(pragma.value()) == CommandProgram.Needs.NOTHING;
  }

  static Program program(Pragma pragma, Connection connection) {
    PragmaHandler handler = find(pragma.name().name().text());
    Name schema = pragma.name().schema();
    if (schema != null && connection.database(schema.text()) == null) {
      throw new SqlException("unknown database " + schema.text());
    }
    if (handler == null) {
      return new CommandProgram(CommandProgram.Needs.NOTHING, (c, p) -> List.of());
    }
    String in = schema == null ? null : schema.text();
    String argument = pragma.value();
    CommandProgram.Needs needs = handler.needs(argument);
    CommandProgram program = new CommandProgram(needs, (c, p) -> handler.run(c, in, argument));
    AttachedDatabase database = schema == null ? null : connection.database(schema.text());
    if (needs == CommandProgram.Needs.WRITE) {
      program.writes = 1L << (database == null ? 0 : database.index);
      program.uses = program.writes;
    } else if (needs == CommandProgram.Needs.SNAPSHOT) {
      for (AttachedDatabase each : connection.databases()) {
        program.uses |= 1L << each.index;
      }
    }
    List<Program.ResultColumn> columns = new ArrayList<>();
    for (String each : handler.columns(argument)) {
      columns.add(Program.ResultColumn.named(each));
    }
    program.columns = columns;
    return program;
  }
}
