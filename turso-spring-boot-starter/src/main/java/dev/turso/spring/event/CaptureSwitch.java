package dev.turso.spring.event;

import dev.turso.Database;
import dev.turso.Rows;
import dev.turso.Session;
import dev.turso.Statement;

/** Switches the change log of a database on, for beans that read it. */
public final class CaptureSwitch {

  private CaptureSwitch() {}

  /** Has whole rows be logged from now on, unless they are already. */
  public static void wholeRows(Database database) {
    try (Session session = database.connect()) {
      session.busyTimeout(database.options().busyTimeoutMillis());
      if (!captured(session).startsWith("full")) {
        session.execute("PRAGMA turso_capture = 'full'");
      }
    }
  }

  private static String captured(Session session) {
    try (Statement statement = session.prepare("PRAGMA turso_capture");
        Rows rows = statement.query()) {
      return rows.next() ? String.valueOf(rows.getText(0)) : "";
    }
  }
}
