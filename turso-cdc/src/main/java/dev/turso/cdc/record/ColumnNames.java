package dev.turso.cdc.record;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The names of columns as {@code turso_cdc_schema} has them, read by SQL: any text may be a name. */
public final class ColumnNames {

  /**
   * What to select of {@code turso_cdc_schema AS s}: each name behind the number of its characters and
   * a colon.
   */
  public static final String SQL =
      "(SELECT group_concat(length(value) || ':' || value, '') FROM json_each(s.columns))";

  private ColumnNames() {}

  /**
   * The names.
   *
   * @param selected what {@link #SQL} gave; null for none
   */
  public static List<String> of(@Nullable String selected) {
    List<String> names = new ArrayList<>();
    int at = 0;
    while (selected != null && at < selected.length()) {
      int colon = selected.indexOf(':', at);
      int from = colon + 1;
      at = selected.offsetByCodePoints(from, Integer.parseInt(selected, at, colon, 10));
      names.add(selected.substring(from, at));
    }
    return names;
  }
}
