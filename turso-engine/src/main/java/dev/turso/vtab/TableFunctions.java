package dev.turso.vtab;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The table-valued functions that every connection has. */
public final class TableFunctions {

  private static final TableFunction SERIES = new GenerateSeries();
  private static final TableFunction JSON_EACH = new JsonTableFunction("json_each", false, false);
  private static final TableFunction JSON_TREE = new JsonTableFunction("json_tree", true, false);
  private static final TableFunction JSONB_EACH = new JsonTableFunction("jsonb_each", false, true);
  private static final TableFunction JSONB_TREE = new JsonTableFunction("jsonb_tree", true, true);

  private TableFunctions() {}

  /** The built-in function of this name, in whatever case, or null. */
  public static @Nullable TableFunction builtIn(String name) {
    return switch (name.toLowerCase(Locale.ROOT)) {
      case "generate_series" -> SERIES;
      case "json_each" -> JSON_EACH;
      case "json_tree" -> JSON_TREE;
      case "jsonb_each" -> JSONB_EACH;
      case "jsonb_tree" -> JSONB_TREE;
      default -> null;
    };
  }
}
