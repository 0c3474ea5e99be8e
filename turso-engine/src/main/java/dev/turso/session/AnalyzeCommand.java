package dev.turso.session;

import dev.turso.btree.IndexCursor;
import dev.turso.btree.TableCursor;
import dev.turso.error.SqlException;
import dev.turso.exec.ddl.Identifiers;
import dev.turso.exec.write.Keys;
import dev.turso.format.KeyComparator;
import dev.turso.format.TextEncoding;
import dev.turso.pager.PageStore;
import dev.turso.schema.Catalog;
import dev.turso.schema.DatabaseSchema;
import dev.turso.schema.Index;
import dev.turso.schema.Names;
import dev.turso.schema.Table;
import dev.turso.schema.TableKind;
import dev.turso.sql.ast.Analyze;
import dev.turso.sql.ast.QualifiedName;
import dev.turso.value.Value;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** ANALYZE: counts rows and distinct keys into {@code sqlite_stat1}. */
final class AnalyzeCommand {

  /** What to look at: a whole database, a table, or one index of it. */
  private record Target(DatabaseSchema database, @Nullable Table table, @Nullable Index index) {}

  private AnalyzeCommand() {}

  static Program program(Analyze statement, Catalog catalog) {
    List<Target> targets = targets(statement, catalog);
    CommandProgram program =
        new CommandProgram(
            CommandProgram.Needs.WRITE,
            (connection, parameters) -> {
              for (Target each : targets) {
                run(new SessionSchemaContext(connection, true, null), each);
                connection.forgetSchema(connection.database(each.database.index()));
              }
              return List.of();
            });
    for (Target each : targets) {
      program.writes |= 1L << each.database.index();
    }
    program.uses = program.writes;
    return program;
  }

  private static List<Target> targets(Analyze statement, Catalog catalog) {
    List<Target> targets = new ArrayList<>();
    QualifiedName name = statement.target();
    if (name == null) {
      for (DatabaseSchema each : catalog.searchOrder()) {
        if (each.index() != Catalog.TEMP) {
          targets.add(new Target(each, null, null));
        }
      }
      return targets;
    }
    String text = name.name().text();
    String schema = name.schema() == null ? null : name.schema().text();
    DatabaseSchema database = schema == null ? catalog.database(text) : null;
    if (database != null) {
      return List.of(new Target(database, null, null));
    }
    Index index = catalog.index(schema, text);
    Table table = index != null ? index.table() : catalog.table(schema, text);
    if (table == null) {
      throw new SqlException("no such table: " + (schema == null ? text : schema + "." + text));
    }
    return List.of(new Target(catalog.databaseOf(table), table, index));
  }

  private static void run(SessionSchemaContext context, Target target) {
    String database = Identifiers.quoted(target.database.name());
    if (target.database.table("sqlite_stat1") == null) {
      context.execute("CREATE TABLE " + database + ".sqlite_stat1(tbl,idx,stat)");
    }
    if (target.index != null) {
      context.execute(
          "DELETE FROM " + database + ".sqlite_stat1 WHERE idx = ?1",
          Value.text(target.index.name()));
      analyze(context, database, target.index.table(), target.index);
    } else if (target.table != null) {
      context.execute(
          "DELETE FROM " + database + ".sqlite_stat1 WHERE tbl = ?1",
          Value.text(target.table.name()));
      analyze(context, database, target.table, null);
    } else {
      context.execute("DELETE FROM " + database + ".sqlite_stat1");
      for (Table each : target.database.tables()) {
        analyze(context, database, each, null);
      }
    }
  }

  private static void analyze(
      SessionSchemaContext context, String database, Table table, @Nullable Index only) {
    if (table.kind() != TableKind.ORDINARY || Names.startsWith(table.name(), "sqlite_")) {
      return;
    }
    PageStore store = context.store(table.databaseIndex());
    TextEncoding encoding = context.encoding(table.databaseIndex());
    boolean whole = true;
    for (Index each : table.indexes()) {
      if (only == null || each == only) {
        long[] numbers = numbers(context, each, store, encoding);
        if (numbers[0] > 0) {
          String name = each.isTableKey() ? table.name() : each.name();
          insert(context, database, table, Value.text(name), text(numbers));
        }
      }
      whole &= each.predicate() != null;
    }
    if (whole && only == null && !table.withoutRowid()) {
      long rows = new TableCursor(store, table.rootPage()).count();
      if (rows > 0) {
        insert(context, database, table, Value.NULL, Long.toString(rows));
      }
    }
  }

  private static void insert(
      SessionSchemaContext context, String database, Table table, Value index, String numbers) {
    context.execute(
        "INSERT INTO " + database + ".sqlite_stat1(tbl,idx,stat) VALUES (?1,?2,?3)",
        Value.text(table.name()),
        index,
        Value.text(numbers));
  }

  /** The number of entries, then of distinct values of each prefix of the key. */
  private static long[] numbers(
      SessionSchemaContext context, Index index, PageStore store, TextEncoding encoding) {
    int n = index.parts().size();
    KeyComparator[] prefixes = new KeyComparator[n];
    for (int i = 0; i < n; i++) {
      prefixes[i] = Keys.prefix(index, i + 1, encoding);
    }
    long[] numbers = new long[n + 1];
    IndexCursor cursor = new IndexCursor(store, index.rootPage(), Keys.order(index, encoding));
    byte[] before = null;
    for (boolean more = cursor.first(); more; more = cursor.next()) {
      context.checkInterrupt();
      int length = cursor.payloadLength();
      byte[] entry = new byte[length];
      System.arraycopy(cursor.array(), cursor.payloadOffset(), entry, 0, length);
      numbers[0]++;
      int same = 0;
      while (before != null
          && same < n
          && prefixes[same].compare(before, 0, before.length, entry, 0, length) == 0) {
        same++;
      }
      for (int i = same; i < n; i++) {
        numbers[i + 1]++;
      }
      before = entry;
    }
    return numbers;
  }

  private static String text(long[] numbers) {
    StringBuilder text = new StringBuilder().append(numbers[0]);
    for (int i = 1; i < numbers.length; i++) {
      long each = (numbers[0] + numbers[i] - 1) / numbers[i];
      if (each == 2 && numbers[0] * 10 <= numbers[i] * 11) {
        each = 1;
      }
      text.append(' ').append(each);
    }
    return text.toString();
  }
}
