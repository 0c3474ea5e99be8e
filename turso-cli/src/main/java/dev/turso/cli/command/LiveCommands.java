package dev.turso.cli.command;

import dev.turso.Rows;
import dev.turso.Session;
import dev.turso.Statement;
import dev.turso.cli.live.ChangeFeed;
import dev.turso.cli.live.FeedRow;
import dev.turso.cli.output.ByteSink;
import dev.turso.cli.output.InsertPrinter;
import dev.turso.cli.output.Texts;
import dev.turso.cli.shell.Outcome;
import dev.turso.cli.shell.Screen;
import dev.turso.cli.shell.Shell;
import dev.turso.value.Value;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/** What this engine can and sqlite3 cannot: live queries, the feed of changes, views, stages, times. */
final class LiveCommands {

  private static final double MICROS = 1000.0;

  private LiveCommands() {}

  static void addTo(CommandTable table) {
    table.addTakingSql(
        "watch", 3, "SELECT ...", "A live query, redrawn as commits change it", WatchCommand::run);
    table.add("feed", 3, "?TABLE?", "Committed changes as they come", LiveCommands::feed);
    table.add("views", 3, "", "Materialized views: state, circuit and cost", LiveCommands::views);
    table.addTakingSql("plan", 3, "SQL", "Each stage of a statement", PlanCommand::run);
    table.addTakingSql(
        "bench", 3, "N SQL", "Run SQL N times and tell the times", LiveCommands::bench);
  }

  // ---- .feed

  private static Outcome feed(Shell shell, List<String> words) {
    if (words.size() > 2) {
      return Arguments.usage(shell, ".feed ?TABLE?");
    }
    String table = words.size() == 2 ? words.get(1) : null;
    logged(shell, table);
    Screen screen = shell.screen();
    if (screen == null) {
      shell.complain(".feed follows changes at a terminal only");
      return Outcome.DONE;
    }
    shell.out().line("Following changes; a key or Ctrl-C ends it.").flush();
    ByteSink out = shell.out();
    try (ChangeFeed feed = ChangeFeed.open(shell.database(), table, row -> show(out, row))) {
      screen.awaitKey(shell);
    }
    return Outcome.DONE;
  }

  private static synchronized void show(ByteSink out, FeedRow row) {
    out.line(line(row)).flush();
  }

  static String line(FeedRow row) {
    StringBuilder text = new StringBuilder();
    text.append(row.position()).append("  ").append(row.operation().toUpperCase(Locale.ROOT));
    text.append(' ').append(row.table());
    if (row.before() != null) {
      text.append("  - ").append(image(row.before()));
    }
    if (row.after() != null) {
      text.append("  + ").append(image(row.after()));
    }
    return text.toString();
  }

  private static String image(Map<String, Value> image) {
    StringJoiner columns = new StringJoiner(", ", "{", "}");
    image.forEach((name, value) ->
        columns.add(
            name + ": " + new String(InsertPrinter.literal(value, true), StandardCharsets.UTF_8)));
    return columns.toString();
  }

  /** The newest rows of the stored log, where there is one. */
  private static void logged(Shell shell, @Nullable String table) {
    Session session = shell.session();
    if (Query.rows(session, "SELECT 1 FROM sqlite_schema WHERE name = 'turso_cdc'").isEmpty()) {
      return;
    }
    String sql =
        "SELECT change_id, change_type, table_name, id FROM (SELECT * FROM turso_cdc WHERE table_name"
            + (table == null ? " IS NOT NULL" : " = ?1")
            + " ORDER BY change_id DESC LIMIT 20) ORDER BY change_id";
    Value[] bound = table == null ? new Value[0] : new Value[] {Value.text(table)};
    for (List<Value> row : Query.rows(session, sql, bound)) {
      String kind =
          switch ((int) row.get(1).asLong()) {
            case 1 -> "INSERT";
            case 0 -> "UPDATE";
            case -1 -> "DELETE";
            default -> "COMMIT";
          };
      shell
          .out()
          .line(
              "log "
                  + Query.text(row.get(0))
                  + "  "
                  + kind
                  + " "
                  + Query.text(row.get(2))
                  + "  id "
                  + Query.text(row.get(3)));
    }
  }

  // ---- .views

  private static Outcome views(Shell shell, List<String> words) {
    Session session = shell.session();
    ByteSink out = shell.out();
    if (Query.rows(session, "SELECT 1 FROM sqlite_schema WHERE name = 'turso_views'").isEmpty()) {
      out.line("There are no materialized views.");
      return Outcome.DONE;
    }
    List<List<Value>> costs = Query.rows(session, "PRAGMA turso_view_stats");
    for (List<Value> view :
        Query.rows(session, "SELECT id, name, sql, status, message FROM turso_views ORDER BY id")) {
      String name = Query.text(view.get(1));
      out.line(Query.text(view.get(2)));
      String message = view.get(4).isNull() ? "" : ": " + Query.text(view.get(4));
      out.line("  status     " + Query.text(view.get(3)) + message);
      out.line("  rows       " + count(session, name));
      String state = "turso_state_" + Query.text(view.get(0));
      out.line("  state      " + count(session, state) + " entries");
      for (List<Value> cost : costs) {
        if (Query.text(cost.getFirst()).equals(name)) {
          out.line("  last step  " + step(cost));
        }
      }
      for (String line :
          Query.texts(session, "EXPLAIN MATERIALIZED VIEW " + Texts.identifier(name))) {
        out.line("    " + line);
      }
    }
    return Outcome.DONE;
  }

  private static String count(Session session, String table) {
    boolean there =
        !Query.rows(session, "SELECT 1 FROM sqlite_schema WHERE name = ?1", Value.text(table))
            .isEmpty();
    return there
        ? Query.texts(session, "SELECT count(*) FROM " + Texts.identifier(table)).getFirst()
        : "0";
  }

  // ---- .bench

  private static Outcome bench(Shell shell, List<String> words) {
    String text = words.getLast();
    int space = text.indexOf(' ');
    long times = space > 0 ? Arguments.number(text.substring(0, space)) : 0;
    if (times < 1 || times > 10_000_000) {
      return Arguments.usage(shell, ".bench N SQL");
    }
    String sql = text.substring(space + 1);
    long[] nanos = new long[(int) times];
    long rows = 0;
    try (Statement statement = shell.session().prepare(sql)) {
      for (int i = 0; i < nanos.length; i++) {
        long start = System.nanoTime();
        try (Rows result = statement.query()) {
          while (result.next()) {
            rows++;
          }
        }
        nanos[i] = System.nanoTime() - start;
      }
    }
    long total = Arrays.stream(nanos).sum();
    Arrays.sort(nanos);
    shell
        .out()
        .line(
            String.format(
                Locale.ROOT,
                "%d runs, %d rows, %.3f s: %.0f/s; us: least %.1f, p50 %.1f, p99 %.1f, most %.1f",
                times,
                rows,
                total / 1e9,
                times * 1e9 / Math.max(1, total),
                nanos[0] / MICROS,
                nanos[nanos.length / 2] / MICROS,
                nanos[(int) (nanos.length * 0.99)] / MICROS,
                nanos[nanos.length - 1] / MICROS));
    return Outcome.DONE;
  }

  /** What the newest commit cost a view. */
  private static String step(List<Value> cost) {
    if (cost.get(2).isNull()) {
      return "none since the database was opened";
    }
    return Query.text(cost.get(2))
        + " rows touched, "
        + Query.text(cost.get(3))
        + " written, "
        + Query.text(cost.get(4))
        + " us";
  }
}
