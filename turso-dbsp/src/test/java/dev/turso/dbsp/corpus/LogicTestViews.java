package dev.turso.dbsp.corpus;

import dev.turso.AllRows;
import dev.turso.Database;
import dev.turso.Options;
import dev.turso.Session;
import dev.turso.error.DatabaseException;
import dev.turso.value.Value;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/**
 * The queries of sqllogictest files as materialized views.
 *
 * <p>A file's statements run as they are. The queries between two of them become views of other
 * databases, some dozens each, whose tables are then filled at random with the same rows. The file judges
 * what the query gives, and that judges the view, types included.
 */
final class LogicTestViews {

  private static final int VIEWS_OF_ONE = 16;

  private final Random random;
  private final double share;
  final List<String> wrong = new ArrayList<>();
  final Map<String, Integer> refused = new TreeMap<>();
  final Map<String, Integer> recomputed = new TreeMap<>();
  long files;
  long queries;
  long created;
  long misjudged;

  /** @param share how many of the queries, from 0 to 1 */
  LogicTestViews(Random random, double share) {
    this.random = random;
    this.share = share;
  }

  /** Runs a file of the class path. */
  void run(String file) throws IOException {
    files++;
    try (InputStream in = LogicTestViews.class.getResourceAsStream("/test/" + file);
        BufferedReader lines =
            new BufferedReader(new InputStreamReader(in, StandardCharsets.ISO_8859_1));
        Database database = Database.open(":memory:", Options.DEFAULT);
        Session session = database.connect()) {
      List<LogicTestRecord> waiting = new ArrayList<>();
      for (LogicTestRecord each = LogicTestRecord.read(lines);
          each != null;
          each = LogicTestRecord.read(lines)) {
        if (each.isQuery()) {
          if (random.nextDouble() < share) {
            waiting.add(each);
          }
        } else {
          asViews(file, session, waiting);
          waiting.clear();
          statement(session, each);
        }
      }
      asViews(file, session, waiting);
    }
  }

  private static void statement(Session session, LogicTestRecord statement) {
    try {
      session.execute(statement.sql());
    } catch (DatabaseException e) {
      if (!statement.fails()) {
        throw e;
      }
    }
  }

  private void asViews(String file, Session session, List<LogicTestRecord> all) {
    for (int i = 0; i < all.size(); i += VIEWS_OF_ONE) {
      List<LogicTestRecord> some = all.subList(i, Math.min(i + VIEWS_OF_ONE, all.size()));
      try (Database database = Database.open(":memory:", Options.DEFAULT);
          Session views = database.connect()) {
        asViews(file, session, views, some);
      } catch (DatabaseException | IllegalStateException e) {
        wrong.add(file + ": " + e + " with " + some.getFirst().sql());
      }
    }
  }

  private void asViews(String file, Session session, Session views, List<LogicTestRecord> all) {
    Map<String, LogicTestRecord> made = new LinkedHashMap<>();
    Map<String, List<String>> wanted = new HashMap<>();
    TablesAtRandom tables = new TablesAtRandom(session, random);
    tables.define(views);
    for (LogicTestRecord each : all) {
      queries++;
      List<List<Value>> rows = AllRows.of(session, each.sql());
      if (!LogicTestResult.matches(each, rows)) {
        misjudged++;
        continue;
      }
      String name = "m" + made.size();
      try {
        views.execute("CREATE MATERIALIZED VIEW " + name + " AS " + each.sql());
        created++;
      } catch (DatabaseException e) {
        refused.merge(e.getMessage() + ": " + file, 1, Integer::sum);
        continue;
      }
      made.put(name, each);
      wanted.put(name, AllRows.sorted(rows));
    }
    tables.fill(views);
    made.forEach((name, each) -> compare(file, views, name, each, wanted.get(name)));
    checkCurrent(file, views);
  }

  private void compare(
      String file, Session views, String view, LogicTestRecord record, List<String> expected) {
    List<String> stored = AllRows.sorted(views, "SELECT * FROM " + view);
    if (!stored.equals(expected)) {
      wrong.add(file + ": " + record.sql() + "\n  is " + stored + "\n  not " + expected);
    }
  }

  /** A view that is not current is read as its query, which would prove nothing. */
  private void checkCurrent(String file, Session views) {
    for (List<Value> each : AllRows.of(views, "PRAGMA turso_views")) {
      if (!"current".equals(each.get(1).asString())) {
        wrong.add(file + ": " + each);
      }
    }
  }
}
