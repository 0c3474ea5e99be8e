package dev.turso.cdc.flink;

import dev.turso.error.SqlException;
import dev.turso.schema.Names;
import java.util.HashMap;
import java.util.Map;

/** How names are spelled: as their columns are declared, others as they are first written. */
final class FlinkNames {

  private final Map<String, String> spellings = new HashMap<>();
  private final Map<String, String> declared = new HashMap<>();

  /** A column of a base table, whose spelling is that of the messages. */
  void declare(String table, String column) {
    String present = declared.putIfAbsent(Names.fold(column), column);
    if (present != null && !present.equals(column)) {
      throw SqlException.unsupported(
          "exporting to Flink columns that differ in letters' case only: "
              + present
              + " and "
              + table
              + "."
              + column);
    }
    spellings.put(Names.fold(column), column);
  }

  boolean isDeclared(String column) {
    return declared.containsKey(Names.fold(column));
  }

  /** The name as it is written everywhere, quoted. */
  String quoted(String name) {
    String spelling = spellings.computeIfAbsent(Names.fold(name), folded -> name);
    return quotedExactly(spelling);
  }

  static String quotedExactly(String name) {
    return "`" + name.replace("`", "``") + "`";
  }

  static String string(String text) {
    return "'" + text.replace("'", "''") + "'";
  }
}
