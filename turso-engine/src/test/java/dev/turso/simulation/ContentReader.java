package dev.turso.simulation;

import dev.turso.Rows;
import dev.turso.Session;
import dev.turso.Statement;
import java.util.TreeMap;

/** What a session sees of one file. */
final class ContentReader {

  private ContentReader() {}

  /** Reads all that there is, in one statement; fails if an index does not have as many rows. */
  static Content read(Session session, String schema) {
    TreeMap<Integer, Row> rows = new TreeMap<>();
    TreeMap<Integer, Row> keyed = new TreeMap<>();
    boolean hasIndex = false;
    long indexed = -1;
    String sql =
        ("SELECT 't', id, substr(a, 2), b FROM $.t NOT INDEXED"
                + " UNION ALL SELECT 'w', substr(k, 2), substr(a, 2), b FROM $.w"
                + " UNION ALL SELECT 'j', count(*), 0, x'' FROM $.sqlite_schema WHERE name = 'j'"
                + " UNION ALL SELECT 'i', count(*), 0, x'' FROM $.t INDEXED BY i WHERE a >= ''")
            .replace("$", schema);
    try (Statement statement = session.prepare(sql);
        Rows all = statement.query()) {
      while (all.next()) {
        int key = Integer.parseInt(all.getText(1));
        switch (all.getText(0)) {
          case "t" -> rows.put(key, row(all));
          case "w" -> keyed.put(key, row(all));
          case "j" -> hasIndex = key > 0;
          default -> indexed = key;
        }
      }
    }
    if (indexed != rows.size()) {
      throw new Violation("the index has " + indexed + " rows, its table " + rows.size(), null);
    }
    return new Content(rows, keyed, hasIndex);
  }

  private static Row row(Rows rows) {
    byte[] bytes = rows.getBlob(3);
    return Row.of(Integer.parseInt(rows.getText(2)), bytes == null ? new byte[0] : bytes);
  }
}
