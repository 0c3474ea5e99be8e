package dev.turso.schema;

import java.util.Arrays;
import java.util.List;

/** The order of columns in the record of a table. */
final class StorageOrder {

  private StorageOrder() {}

  /**
   * The key's columns first, each once, then the others in their order, virtual ones left out.
   *
   * @see <a href="https://www.sqlite.org/fileformat2.html#representation_of_sql_tables">File Format,
   *     2.3 and 2.4</a>
   */
  static int[] of(List<Column> columns, List<KeyPart> key) {
    int[] order = new int[columns.size()];
    boolean[] placed = new boolean[columns.size()];
    int n = 0;
    for (KeyPart part : key) {
      if (!placed[part.column()]) {
        placed[part.column()] = true;
        order[n++] = part.column();
      }
    }
    for (int i = 0; i < columns.size(); i++) {
      if (!placed[i] && !columns.get(i).isVirtual()) {
        order[n++] = i;
      }
    }
    return Arrays.copyOf(order, n);
  }

  static int[] inverse(int[] order, int columns) {
    int[] position = new int[columns];
    Arrays.fill(position, -1);
    for (int i = 0; i < order.length; i++) {
      position[order[i]] = i;
    }
    return position;
  }
}
