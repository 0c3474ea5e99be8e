package dev.turso.exec.write;

import dev.turso.error.SqlException;
import dev.turso.schema.Column;
import dev.turso.schema.ForeignKey;
import dev.turso.schema.Index;
import dev.turso.schema.IndexPart;
import dev.turso.schema.KeyPart;
import dev.turso.schema.Table;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The key of a parent table that a foreign key refers to.
 *
 * @param columns the parent's columns, in the order of the child's
 * @param index the unique index over them, or null where they are the rowid
 */
public record ParentColumns(int[] columns, @Nullable Index index) {

  /**
   * Finds the key.
   *
   * @throws SqlException if there is no unique one over such columns
   */
  public static ParentColumns of(Table child, ForeignKey key, Table parent) {
    int n = key.columns().size();
    int[] columns = new int[n];
    if (key.parentColumns().isEmpty()) {
      if (parent.primaryKey().size() != n) {
        throw mismatch(child, key);
      }
      for (int i = 0; i < n; i++) {
        KeyPart part = parent.primaryKey().get(i);
        columns[i] = part.column();
      }
    } else {
      for (int i = 0; i < n; i++) {
        columns[i] = parent.columnIndex(key.parentColumns().get(i));
        if (columns[i] < 0) {
          throw mismatch(child, key);
        }
      }
    }
    if (n == 1 && columns[0] == parent.rowidAlias()) {
      return new ParentColumns(columns, null);
    }
    for (Index each : parent.indexes()) {
      if (each.unique()
          && each.predicate() == null
          && each.parts().size() == n
          && covers(each, columns, parent)) {
        return new ParentColumns(columns, each);
      }
    }
    throw mismatch(child, key);
  }

  private static boolean covers(Index index, int[] columns, Table parent) {
    boolean[] met = new boolean[columns.length];
    for (IndexPart part : index.parts()) {
      int at = indexOf(columns, part.column());
      if (at < 0 || met[at]) {
        return false;
      }
      Column column = parent.columns().get(part.column());
      if (!part.collation().name().equals(column.collation().name())) {
        return false;
      }
      met[at] = true;
    }
    return true;
  }

  private static int indexOf(int[] columns, int column) {
    for (int i = 0; i < columns.length; i++) {
      if (columns[i] == column) {
        return i;
      }
    }
    return -1;
  }

  /** For each part of the index: which of the key's columns it is. */
  int[] indexOrder() {
    Index unique = index;
    if (unique == null) {
      return new int[] {0};
    }
    int[] order = new int[columns.length];
    for (int i = 0; i < order.length; i++) {
      order[i] = indexOf(columns, unique.parts().get(i).column());
    }
    return order;
  }

  static SqlException mismatch(Table child, ForeignKey key) {
    return new SqlException(
        "foreign key mismatch - \""
            + child.name()
            + "\" referencing \""
            + key.parentTable()
            + "\"");
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof ParentColumns o && Arrays.equals(columns, o.columns);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(columns);
  }
}
