package dev.turso.cli.shell;

import dev.turso.Database;
import dev.turso.Options;
import dev.turso.Rows;
import dev.turso.Session;
import dev.turso.Statement;
import dev.turso.cli.output.ByteSink;
import dev.turso.error.DatabaseException;
import dev.turso.sql.token.Token;
import dev.turso.sql.token.Tokenizer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * What {@code .expert} says: indexes that the planner would use for a statement if they were there.
 *
 * <p>It asks the planner itself, on an empty copy of the schema in memory. At first every column that
 * the statement mentions has an index of its own; those that the plan uses are then given further
 * columns for as long as the plan looks up more by them, or sorts less. The columns that an ORDER BY or
 * GROUP BY names are also tried together; an index with DESC is never advised.
 */
final class IndexAdvisor implements AutoCloseable {

  /** Columns beyond these do not make an index that a person would want. */
  private static final int MOST_COLUMNS = 4;

  private static final int MOST_CANDIDATES = 64;

  private final Database database = Database.open(":memory:", Options.DEFAULT);
  private final Session copy = database.connect();

  /** Copies the schema of a session's main database, and its statistics if there are any. */
  IndexAdvisor(Session source) {
    String objects =
        "SELECT sql FROM sqlite_schema WHERE sql NOT NULL AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\'"
            + " ORDER BY type <> 'table', type <> 'index', rowid";
    for (String sql : texts(source, objects)) {
      try {
        copy.execute(sql);
      } catch (DatabaseException e) {
        // what the statement then lacks, it says itself
      }
    }
    copyStatistics(source);
  }

  private void copyStatistics(Session source) {
    if (texts(source, "SELECT 1 FROM sqlite_schema WHERE name = 'sqlite_stat1'").isEmpty()) {
      return;
    }
    copy.execute("ANALYZE");
    try (Statement from = source.prepare("SELECT tbl, idx, stat FROM sqlite_stat1");
        Statement into = copy.prepare("INSERT INTO sqlite_stat1 VALUES (?, ?, ?)");
        Rows rows = from.query()) {
      while (rows.next()) {
        for (int i = 0; i < 3; i++) {
          into.bind(i + 1, rows.get(i));
        }
        into.run();
        into.reset();
      }
    }
    copy.execute("ANALYZE sqlite_schema");
  }

  @Override
  public void close() {
    copy.close();
    database.close();
  }

  /** Writes what would help one statement. */
  void advise(String sql, boolean verbose, int number, ByteSink out) {
    List<CandidateIndex> candidates = candidates(sql);
    List<CandidateIndex> advised = candidates.isEmpty() ? candidates : extended(sql, candidates);
    if (verbose) {
      out.line("-- Candidates -----------------------------");
      candidates.forEach(each -> out.line(each.sql() + ";"));
      out.line("");
      out.line("-- Query " + number + " --------------------------------");
      out.line(sql.strip());
      out.line("");
    }
    List<String> plan = plan(sql, advised);
    if (advised.isEmpty()) {
      out.line("(no new indexes)");
    }
    for (CandidateIndex each : advised.reversed()) {
      out.line(each.sql() + ";");
    }
    out.line("");
    plan.forEach(out::line);
    out.line("");
  }

  // ---- candidates

  /** An index on each column that the statement, or a view in it, mentions. */
  private List<CandidateIndex> candidates(String sql) {
    Set<String> names = new HashSet<>();
    mention(sql, names);
    List<CandidateIndex> all = new ArrayList<>();
    for (String table : texts(copy, "SELECT name FROM sqlite_schema WHERE type = 'table'")) {
      if (!names.contains(table.toLowerCase(Locale.ROOT))) {
        continue;
      }
      for (String column : columns(table)) {
        if (names.contains(column.toLowerCase(Locale.ROOT)) && all.size() < MOST_CANDIDATES) {
          all.add(new CandidateIndex(table, List.of(column)));
        }
      }
    }
    return all;
  }

  private List<String> columns(String table) {
    try (Statement statement = copy.prepare("SELECT name FROM pragma_table_info(?)")) {
      statement.bind(1, table);
      return firstTexts(statement);
    }
  }

  private void mention(String sql, Set<String> names) {
    Tokenizer tokenizer = new Tokenizer(sql, 0);
    for (Token token = tokenizer.next(); token != Token.END_OF_INPUT; token = tokenizer.next()) {
      String name =
          bare(sql.substring(tokenizer.start(), tokenizer.end())).toLowerCase(Locale.ROOT);
      if (!name.isEmpty() && names.add(name)) {
        for (String view : viewsNamed(name)) {
          mention(view, names);
        }
      }
    }
  }

  private List<String> viewsNamed(String name) {
    try (Statement statement =
        copy.prepare("SELECT sql FROM sqlite_schema WHERE type = 'view' AND lower(name) = ?")) {
      statement.bind(1, name);
      return firstTexts(statement);
    }
  }

  /** A token without the quotes of an identifier. */
  private static String bare(String token) {
    int last = token.length() - 1;
    boolean quoted =
        last > 0 && "\"`[".indexOf(token.charAt(0)) >= 0 && "\"`]".indexOf(token.charAt(last)) >= 0;
    return quoted ? token.substring(1, last) : token;
  }

  // ---- the search

  private List<CandidateIndex> extended(String sql, List<CandidateIndex> candidates) {
    int sorts = sorts(plan(sql, List.of()));
    List<CandidateIndex> ordering = ordering(sql, candidates);
    List<CandidateIndex> all = new ArrayList<>(candidates);
    all.addAll(ordering);
    List<CandidateIndex> kept = used(plan(sql, all), all, sorts);
    for (int width = 1; width < MOST_COLUMNS; width++) {
      for (int at = 0; at < kept.size(); at++) {
        widen(sql, kept, at, candidates);
      }
    }
    for (int at = 0; at < kept.size(); at++) {
      sortLess(sql, kept, at, ordering);
    }
    kept.removeIf(this::isThere);
    return used(plan(sql, kept), kept, sorts);
  }

  /** Indexes on two or more columns that the last ORDER BY or GROUP BY names, in its order. */
  private static List<CandidateIndex> ordering(String sql, List<CandidateIndex> candidates) {
    List<String> names = namesAfterLastBy(sql);
    Map<String, List<String>> columns = new LinkedHashMap<>();
    for (String name : names) {
      for (CandidateIndex each : candidates) {
        String column = each.columns().getFirst();
        List<String> known = columns.computeIfAbsent(each.table(), table -> new ArrayList<>());
        if (column.equalsIgnoreCase(name) && !known.contains(column)) {
          known.add(column);
        }
      }
    }
    List<CandidateIndex> found = new ArrayList<>();
    columns.forEach((table, list) -> {
      if (list.size() > 1 && list.size() <= MOST_COLUMNS) {
        found.add(new CandidateIndex(table, List.copyOf(list)));
      }
    });
    return found;
  }

  private static List<String> namesAfterLastBy(String sql) {
    List<String> names = new ArrayList<>();
    Tokenizer tokenizer = new Tokenizer(sql, 0);
    for (Token token = tokenizer.next(); token != Token.END_OF_INPUT; token = tokenizer.next()) {
      String word = sql.substring(tokenizer.start(), tokenizer.end());
      if (word.equalsIgnoreCase("BY")) {
        names.clear();
      }
      names.add(bare(word));
    }
    return names;
  }

  /** Gives one index the columns of an order behind its own, if the plan sorts less by that. */
  private void sortLess(
      String sql, List<CandidateIndex> kept, int at, List<CandidateIndex> ordering) {
    CandidateIndex present = kept.get(at);
    int sorts = sorts(plan(sql, kept));
    for (CandidateIndex order : ordering) {
      CandidateIndex wider = present;
      for (String column : order.columns()) {
        wider = wider.columns().contains(column) ? wider : wider.with(column);
      }
      if (order.table().equals(present.table()) && wider.columns().size() <= MOST_COLUMNS) {
        kept.set(at, wider);
        if (sorts(plan(sql, kept)) < sorts) {
          return;
        }
      }
    }
    kept.set(at, present);
  }

  /** Whether an index of the schema begins with the same columns. */
  private boolean isThere(CandidateIndex index) {
    String sql =
        "SELECT group_concat(name, char(0)) || char(0) FROM (SELECT l.name AS owner, i.name FROM"
            + " pragma_index_list(?) AS l, pragma_index_info(l.name) AS i"
            + " WHERE NOT l.partial ORDER BY l.seq, i.seqno) GROUP BY owner";
    String wanted = String.join("\0", index.columns()) + "\0";
    try (Statement statement = copy.prepare(sql)) {
      statement.bind(1, index.table());
      return firstTexts(statement).stream().anyMatch(columns -> columns.startsWith(wanted));
    }
  }

  /** Gives one index a further column, if the plan gains by it. */
  private void widen(
      String sql, List<CandidateIndex> kept, int at, List<CandidateIndex> candidates) {
    CandidateIndex present = kept.get(at);
    List<String> plan = plan(sql, kept);
    int terms = terms(plan, present);
    int sorts = sorts(plan);
    for (CandidateIndex other : candidates) {
      String column = other.columns().getFirst();
      if (!other.table().equals(present.table()) || present.columns().contains(column)) {
        continue;
      }
      kept.set(at, present.with(column));
      List<String> tried = plan(sql, kept);
      int gained = terms(tried, kept.get(at)) - terms;
      if (gained > 0 || gained == 0 && terms > 0 && sorts(tried) < sorts) {
        return;
      }
    }
    kept.set(at, present);
  }

  /** Which of the indexes a plan uses, in its order: to look up by them, or to sort less than before. */
  private static List<CandidateIndex> used(
      List<String> plan, List<CandidateIndex> indexes, int sorts) {
    boolean sortsLess = sorts(plan) < sorts;
    Set<CandidateIndex> found = new LinkedHashSet<>();
    for (String line : plan) {
      for (CandidateIndex each : indexes) {
        if (each.isIn(line) && (sortsLess || line.startsWith("SEARCH"))) {
          found.add(each);
        }
      }
    }
    return new ArrayList<>(found);
  }

  private static int sorts(List<String> plan) {
    return (int) plan.stream().filter(line -> line.contains("TEMP B-TREE")).count();
  }

  /** By how many columns of an index a plan looks up. */
  private static int terms(List<String> plan, CandidateIndex index) {
    int most = 0;
    for (String line : plan) {
      int open = line.lastIndexOf('(');
      if (index.isIn(line) && line.startsWith("SEARCH") && open >= 0) {
        most = Math.max(most, line.substring(open).split(" AND ").length);
      }
    }
    return most;
  }

  /** The plan of a statement if these indexes were there. */
  private List<String> plan(String sql, List<CandidateIndex> indexes) {
    copy.execute("BEGIN");
    try {
      for (CandidateIndex each : indexes) {
        copy.execute(each.sql());
      }
      try (Statement statement = copy.prepare("EXPLAIN QUERY PLAN " + sql)) {
        List<String> lines = new ArrayList<>();
        try (Rows rows = statement.query()) {
          while (rows.next()) {
            String line = rows.getText(3);
            lines.add(line == null ? "" : line);
          }
        }
        return lines;
      }
    } finally {
      copy.execute("ROLLBACK");
    }
  }

  private static List<String> texts(Session session, String sql) {
    try (Statement statement = session.prepare(sql)) {
      return firstTexts(statement);
    }
  }

  private static List<String> firstTexts(Statement statement) {
    List<String> all = new ArrayList<>();
    try (Rows rows = statement.query()) {
      while (rows.next()) {
        String text = rows.getText(0);
        if (text != null) {
          all.add(text);
        }
      }
    }
    return Collections.unmodifiableList(all);
  }
}
