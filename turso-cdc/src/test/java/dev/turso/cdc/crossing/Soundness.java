package dev.turso.cdc.crossing;

import dev.turso.AllRows;
import dev.turso.Session;
import dev.turso.value.Value;
import java.util.ArrayList;
import java.util.List;

/** What must be true of any database of ours at any time. */
final class Soundness {

  private Soundness() {}

  /** What is wrong with it; empty if nothing is. */
  static List<String> faults(Session session) {
    List<String> faults = new ArrayList<>();
    List<String> integrity = Sql.texts(session, "PRAGMA integrity_check");
    if (!integrity.equals(List.of("ok"))) {
      faults.add("integrity_check: " + integrity);
    }
    if (!AllRows.of(session, "PRAGMA foreign_key_check").isEmpty()) {
      faults.add("foreign_key_check: " + AllRows.of(session, "PRAGMA foreign_key_check"));
    }
    faults.addAll(viewFaults(session));
    if (DatabaseState.tableNames(session).contains("turso_cdc")) {
      String log = LogReplay.compare(session);
      if (log != null) {
        faults.add("log: " + log);
      }
    }
    return faults;
  }

  static List<String> viewFaults(Session session) {
    List<String> faults = new ArrayList<>();
    for (List<Value> each : AllRows.of(session, "PRAGMA turso_check_views")) {
      if (!"ok".equals(each.get(1).asString())) {
        faults.add("view " + each);
      }
    }
    return faults;
  }
}
