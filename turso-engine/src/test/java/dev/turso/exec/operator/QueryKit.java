package dev.turso.exec.operator;

import dev.turso.bind.Binder;
import dev.turso.bind.BinderSettings;
import dev.turso.error.DatabaseException;
import dev.turso.function.FixedEnvironment;
import dev.turso.function.FunctionRegistry;
import dev.turso.function.builtin.BuiltInFunctions;
import dev.turso.plan.logical.LogicalPlan;
import dev.turso.plan.physical.PhysicalPlan;
import dev.turso.plan.physical.PhysicalPlanner;
import dev.turso.schema.Catalog;
import dev.turso.schema.DatabaseSchema;
import dev.turso.schema.SchemaReader;
import dev.turso.schema.SchemaRow;
import dev.turso.schema.StatisticsRow;
import dev.turso.sql.ast.Select;
import dev.turso.sql.ast.SelectStatement;
import dev.turso.sql.parse.Parser;
import dev.turso.value.Value;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Runs queries on the pages of a database that native SQLite made, and on native SQLite itself. */
public final class QueryKit implements AutoCloseable {

  private static final FunctionRegistry FUNCTIONS = BuiltInFunctions.registry();

  private final java.sql.Connection sqlite;
  private @Nullable Catalog catalog;
  private @Nullable ImagePages pages;

  public QueryKit(String... setup) throws java.sql.SQLException {
    sqlite = java.sql.DriverManager.getConnection("jdbc:sqlite::memory:");
    for (String each : setup) {
      script(each);
    }
  }

  /** Runs statements, separated by semicolons at line ends, on native SQLite. */
  public void script(String sql) throws java.sql.SQLException {
    try (java.sql.Statement statement = sqlite.createStatement()) {
      statement.executeUpdate(sql);
    }
    catalog = null;
  }

  private void load() throws java.sql.SQLException {
    ImagePages image = new ImagePages(((org.sqlite.SQLiteConnection) sqlite).serialize("main"));
    pages = image;
    List<SchemaRow> rows = new ArrayList<>();
    List<StatisticsRow> statistics = new ArrayList<>();
    try (java.sql.Statement s = sqlite.createStatement()) {
      java.sql.ResultSet r =
          s.executeQuery("SELECT rowid, type, name, tbl_name, rootpage, sql FROM sqlite_schema");
      boolean analyzed = false;
      while (r.next()) {
        rows.add(
            new SchemaRow(
                r.getLong(1),
                r.getString(2),
                r.getString(3),
                r.getString(4),
                r.getInt(5),
                r.getString(6)));
        analyzed |= r.getString(3).equals("sqlite_stat1");
      }
      if (analyzed) {
        r = s.executeQuery("SELECT tbl, idx, stat FROM sqlite_stat1");
        while (r.next()) {
          statistics.add(new StatisticsRow(r.getString(1), r.getString(2), r.getString(3)));
        }
      }
    }
    FunctionRegistry functions = FUNCTIONS;
    DatabaseSchema main =
        new SchemaReader("main", 0, functions::collation, n -> -1).read(1, rows, statistics);
    catalog = new Catalog(List.of(main, DatabaseSchema.empty("temp", 1)));
  }

  /** A query planned and built over the current state. */
  public Executable prepare(String sql) throws java.sql.SQLException {
    return prepare(sql, false);
  }

  public Executable prepare(String sql, boolean measure) throws java.sql.SQLException {
    if (catalog == null) {
      load();
    }
    Binder binder = new Binder(catalog, FUNCTIONS, BinderSettings.DEFAULT);
    LogicalPlan plan = binder.bindSelect(select(sql)).plan();
    ExecutableBuilder builder =
        new ExecutableBuilder(new PhysicalPlanner(binder::tableExpressions));
    if (measure) {
      builder.measure();
    }
    Executable executable = builder.executable(plan);
    ImagePages image = pages;
    executable.frame().storage(index -> image);
    executable.frame().environment = new FixedEnvironment();
    return executable;
  }

  /** The physical plan of a query. */
  public PhysicalPlan plan(String sql) throws java.sql.SQLException {
    if (catalog == null) {
      load();
    }
    Binder binder = new Binder(catalog, FUNCTIONS, BinderSettings.DEFAULT);
    return new PhysicalPlanner(binder::tableExpressions)
        .plan(binder.bindSelect(select(sql)).plan());
  }

  private static Select select(String sql) {
    dev.turso.sql.ast.Statement statement = Parser.parseStatement(sql);
    return ((SelectStatement) statement).select();
  }

  /** What this engine answers: rows as text, or the error. */
  public List<String> ours(String sql) throws java.sql.SQLException {
    List<String> rows = new ArrayList<>();
    try {
      Executable executable = prepare(sql);
      executable.open();
      while (executable.next()) {
        StringBuilder row = new StringBuilder();
        for (int i = 0; i < executable.columnCount(); i++) {
          row.append(i == 0 ? "" : "|").append(executable.column(i).toValue());
        }
        rows.add(row.toString());
      }
      executable.close();
    } catch (DatabaseException e) {
      return List.of("error: " + e.getMessage());
    }
    return rows;
  }

  /** What native SQLite answers, in the same form. */
  public List<String> theirs(String sql) throws java.sql.SQLException {
    List<String> rows = new ArrayList<>();
    try (java.sql.Statement s = sqlite.createStatement()) {
      java.sql.ResultSet r = s.executeQuery(sql);
      int n = r.getMetaData().getColumnCount();
      while (r.next()) {
        StringBuilder row = new StringBuilder();
        for (int i = 1; i <= n; i++) {
          row.append(i == 1 ? "" : "|").append(value(r.getObject(i)));
        }
        rows.add(row.toString());
      }
    } catch (java.sql.SQLException e) {
      String message = String.valueOf(e.getMessage());
      int open = message.indexOf('(');
      return List.of(
          "error: " + message.substring(open + 1, Math.max(open + 1, message.lastIndexOf(')'))));
    }
    return rows;
  }

  private static Value value(@Nullable Object o) {
    if (o instanceof Integer i) {
      return Value.integer(i);
    } else if (o instanceof Long l) {
      return Value.integer(l);
    } else if (o instanceof Double d) {
      return Value.real(d);
    } else if (o instanceof byte[] b) {
      return Value.blob(b);
    }
    return o == null ? Value.NULL : Value.text(o.toString());
  }

  @Override
  public void close() throws java.sql.SQLException {
    sqlite.close();
  }

  private static List<String> sorted(List<String> rows) {
    List<String> copy = new ArrayList<>(rows);
    Collections.sort(copy);
    return copy;
  }

  /** {@code QueryKit FILE}: runs a script, one statement a line; queries on both, showing differences. */
  public static void main(String[] args) throws Exception {
    int same = 0;
    int different = 0;
    int reordered = 0;
    try (QueryKit kit = new QueryKit()) {
      for (String line : Files.readAllLines(Path.of(args[0]))) {
        String sql = line.strip();
        if (sql.isEmpty() || sql.startsWith("--")) {
          continue;
        }
        String head = sql.substring(0, Math.min(6, sql.length())).toUpperCase(Locale.ROOT);
        if (!head.equals("SELECT") && !head.startsWith("WITH") && !head.equals("VALUES")) {
          kit.script(sql);
          continue;
        }
        List<String> theirs = kit.theirs(sql);
        List<String> ours;
        try {
          ours = kit.ours(sql);
        } catch (RuntimeException | Error e) {
          java.io.StringWriter trace = new java.io.StringWriter();
          e.printStackTrace(new java.io.PrintWriter(trace));
          String[] lines = trace.toString().split("\n");
          ours = List.of(String.join("\n", Arrays.copyOf(lines, Math.min(9, lines.length))));
        }
        if (ours.equals(theirs)) {
          same++;
        } else if (sorted(ours).equals(sorted(theirs))) {
          reordered++;
        } else {
          different++;
          System.out.println("== " + sql);
          System.out.println("  theirs: " + theirs.subList(0, Math.min(12, theirs.size())));
          System.out.println("  ours:   " + ours.subList(0, Math.min(12, ours.size())));
        }
      }
    }
    System.out.println(
        same + " same, " + reordered + " in another order, " + different + " different");
  }
}
