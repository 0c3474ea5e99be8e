package dev.turso.session;

import dev.turso.Rows;
import dev.turso.Session;
import dev.turso.Statement;

/** Rows as the shell's list mode prints them. */
final class SessionRows {

  private SessionRows() {}

  static String of(Session session, String sql) {
    StringBuilder text = new StringBuilder();
    try (Statement s = session.prepare(sql);
        Rows rows = s.query()) {
      while (rows.next()) {
        if (!text.isEmpty()) {
          text.append('\n');
        }
        for (int i = 0; i < rows.columnCount(); i++) {
          text.append(i == 0 ? "" : "|");
          text.append(rows.isNull(i) ? "" : rows.getText(i));
        }
      }
    }
    return text.toString();
  }
}
