package dev.turso.session;

import dev.turso.bind.Binder;
import dev.turso.btree.IntegrityCheck;
import dev.turso.error.SqlException;
import dev.turso.exec.ddl.Identifiers;
import dev.turso.exec.write.ParentColumns;
import dev.turso.exec.write.TableCheck;
import dev.turso.schema.DatabaseSchema;
import dev.turso.schema.ForeignKey;
import dev.turso.schema.Index;
import dev.turso.schema.Names;
import dev.turso.schema.Table;
import dev.turso.value.Value;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Pragmas that look for what is wrong. */
final class CheckPragmas {

  private CheckPragmas() {}

  static void addTo(Map<String, PragmaHandler> all) {
    all.put("foreign_key_check", new ForeignKeyCheck());
    all.put("integrity_check", new Integrity("integrity_check", true));
    all.put("quick_check", new Integrity("quick_check", false));
  }

  /**
   * Pages, trees, rows and indexes.
   *
   * @param indexes whether indexes are compared with rows
   */
  private record Integrity(String name, boolean indexes) implements PragmaHandler {

    private static final int MOST_MESSAGES = 100;

    @Override
    public List<String> columns(@Nullable String argument) {
      return List.of(name);
    }

    @Override
    public CommandProgram.Needs needs(@Nullable String argument) {
      return CommandProgram.Needs.SNAPSHOT;
    }

    @Override
    public List<List<Value>> run(
        Connection connection, @Nullable String schema, @Nullable String argument) {
      int limit = MOST_MESSAGES;
      Table only = null;
      if (argument != null) {
        long number = PragmaValues.number(argument, -1);
        only = number < 0 ? connection.catalog().table(schema, argument) : null;
        limit = number > 0 ? (int) Math.min(number, Integer.MAX_VALUE) : limit;
        if (number < 0 && only == null) {
          throw new SqlException("no such table: " + argument);
        }
      }
      List<String> messages = new ArrayList<>();
      for (AttachedDatabase each : connection.databases()) {
        boolean asked = schema == null || Names.same(each.name, schema);
        boolean holds = only == null || only.databaseIndex() == each.index;
        if (asked && holds) {
          check(connection, each, only, messages, limit);
        }
      }
      if (messages.isEmpty()) {
        return PragmaValues.one("ok");
      }
      List<List<Value>> rows = new ArrayList<>();
      for (int i = 0; i < messages.size() && i < limit; i++) {
        rows.add(PragmaValues.row(messages.get(i)));
      }
      return rows;
    }

    private void check(
        Connection connection,
        AttachedDatabase database,
        @Nullable Table only,
        List<String> messages,
        int limit) {
      DatabaseSchema schema = connection.catalog().database(database.index);
      if (schema == null) {
        return;
      }
      List<Integer> roots = new ArrayList<>();
      if (only == null) {
        roots.add(1);
      }
      for (Table each : schema.tables()) {
        if ((only == null || only == each) && each.rootPage() > 0) {
          roots.add(each.rootPage());
          for (Index index : each.indexes()) {
            if (!index.isTableKey()) {
              roots.add(index.rootPage());
            }
          }
        }
      }
      int[] numbers = new int[roots.size()];
      for (int i = 0; i < numbers.length; i++) {
        numbers[i] = roots.get(i);
      }
      IntegrityCheck pages =
          only == null
              ? IntegrityCheck.ofDatabase(database.pager, numbers, limit)
              : IntegrityCheck.ofTrees(database.pager, numbers, limit);
      if (database.pager.pageCount() > 0) {
        messages.addAll(pages.run());
      }
      for (Table each : schema.tables()) {
        if ((only == null || only == each) && each.rootPage() > 0) {
          Binder binder = connection.preparation().binder();
          new TableCheck(
                  binder.tableExpressions(each),
                  binder::tableExpressions,
                  connection.writing(),
                  connection.environment(),
                  messages,
                  limit)
              .run(indexes);
        }
      }
    }
  }

  private static final class ForeignKeyCheck implements PragmaHandler {

    @Override
    public List<String> columns(@Nullable String argument) {
      return List.of("table", "rowid", "parent", "fkid");
    }

    @Override
    public CommandProgram.Needs needs(@Nullable String argument) {
      return CommandProgram.Needs.SNAPSHOT;
    }

    @Override
    public List<List<Value>> run(
        Connection connection, @Nullable String schema, @Nullable String argument) {
      List<List<Value>> rows = new ArrayList<>();
      for (DatabaseSchema database : connection.catalog().searchOrder()) {
        if (schema != null && !Names.same(database.name(), schema)) {
          continue;
        }
        for (Table each : database.tables()) {
          if (argument == null || Names.same(each.name(), argument)) {
            List<List<Value>> ofTable = new ArrayList<>();
            for (ForeignKey key : each.foreignKeys()) {
              check(connection, database, each, key, ofTable);
            }
            if (!each.withoutRowid()) {
              ofTable.sort(Comparator.comparingLong(row -> row.get(1).asLong()));
            }
            rows.addAll(ofTable);
          }
        }
      }
      return rows;
    }

    private static void check(
        Connection connection,
        DatabaseSchema database,
        Table child,
        ForeignKey key,
        List<List<Value>> rows) {
      Table parent = database.table(key.parentTable());
      StringBuilder sql = new StringBuilder("SELECT ");
      sql.append(child.withoutRowid() ? "NULL" : "c.rowid").append(" FROM ");
      sql.append(qualified(database, child.name())).append(" AS c WHERE ");
      for (int each : key.columns()) {
        sql.append(column("c", child.columns().get(each).name())).append(" IS NOT NULL AND ");
      }
      if (parent == null) {
        sql.append('1');
      } else {
        List<String> names = parentColumns(child, key, parent);
        sql.append("NOT EXISTS (SELECT 1 FROM ").append(qualified(database, parent.name()));
        sql.append(" AS p WHERE ");
        for (int i = 0; i < names.size(); i++) {
          // the plus: the parent's affinity decides alone, as where rows are written
          sql.append(i == 0 ? "" : " AND ").append(column("p", names.get(i))).append(" = +");
          sql.append(column("c", child.columns().get(key.columns().get(i)).name()));
        }
        sql.append(')');
      }
      Nested.query(
          connection,
          connection.catalog(),
          sql.toString(),
          List.of(),
          row -> {
            rows.add(PragmaValues.row(child.name(), row.get(0), key.parentTable(), key.id()));
            return true;
          });
    }

    private static List<String> parentColumns(Table child, ForeignKey key, Table parent) {
      List<String> names = new ArrayList<>();
      for (int each : ParentColumns.of(child, key, parent).columns()) {
        names.add(parent.columns().get(each).name());
      }
      return names;
    }

    private static String qualified(DatabaseSchema database, String table) {
      return Identifiers.quoted(database.name()) + "." + Identifiers.quoted(table);
    }

    private static String column(String alias, String name) {
      return alias + "." + Identifiers.quoted(name);
    }
  }
}
