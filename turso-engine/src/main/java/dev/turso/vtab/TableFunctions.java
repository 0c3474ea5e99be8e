package dev.turso.vtab;

import org.jspecify.annotations.Nullable;

/** The table-valued functions that every connection has. */
public final class TableFunctions {

  private static final TableFunction SERIES = new GenerateSeries();

  private TableFunctions() {}

  /** The built-in function of this name, in whatever case, or null. */
  public static @Nullable TableFunction builtIn(String name) {
    return name.equalsIgnoreCase("generate_series") ? SERIES : null;
  }
}
