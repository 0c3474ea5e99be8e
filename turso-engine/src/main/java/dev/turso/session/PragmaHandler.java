package dev.turso.session;

import dev.turso.value.Value;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a pragma does. */
interface PragmaHandler {

  /** Columns of the rows it gives with this argument; empty where it gives none. */
  List<String> columns(@Nullable String argument);

  /** How much of a transaction it needs. */
  default CommandProgram.Needs needs(@Nullable String argument) {
    return CommandProgram.Needs.NOTHING;
  }

  /**
   * Runs it.
   *
   * @param schema the name before the dot, or null
   */
  List<List<Value>> run(Connection connection, @Nullable String schema, @Nullable String argument);
}
