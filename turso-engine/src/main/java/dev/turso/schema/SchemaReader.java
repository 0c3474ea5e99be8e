package dev.turso.schema;

import dev.turso.error.CorruptException;
import dev.turso.error.DatabaseException;
import dev.turso.error.ResultCode;
import dev.turso.error.SqlException;
import dev.turso.sql.ast.CreateIndex;
import dev.turso.sql.ast.CreateTable;
import dev.turso.sql.ast.CreateTrigger;
import dev.turso.sql.ast.CreateView;
import dev.turso.sql.ast.CreateVirtualTable;
import dev.turso.sql.ast.Name;
import dev.turso.sql.ast.Statement;
import dev.turso.sql.parse.Parser;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Makes a {@link DatabaseSchema} of the rows of {@code sqlite_schema}.
 *
 * <p>The rows come from a file, so they are not trusted: what does not parse, or names what is not
 * there, is {@code malformed database schema (name)}.
 */
public final class SchemaReader {

  private final String databaseName;
  private final int databaseIndex;
  private final CollationLookup collations;
  private final DatabaseNumbers databases;
  private boolean ascending;
  private final Map<String, TableBuilder> tables = new LinkedHashMap<>();
  private final Map<String, View> views = new LinkedHashMap<>();
  private final Map<String, Trigger> triggers = new LinkedHashMap<>();
  private boolean tolerant;

  /** Finds the index of an attached database by its name, -1 if there is none. */
  @FunctionalInterface
  public interface DatabaseNumbers {
    int indexOf(String name);
  }

  public SchemaReader(
      String databaseName,
      int databaseIndex,
      CollationLookup collations,
      DatabaseNumbers databases) {
    this.databaseName = databaseName;
    this.databaseIndex = databaseIndex;
    this.collations = collations;
    this.databases = databases;
  }

  /** For the old schema formats, where indexes ascend whatever their definition says. */
  public void ignoreDescending() {
    ascending = true;
  }

  /**
   * Has rows that are malformed passed over, so that the rest of the schema can be used: what
   * {@code PRAGMA writable_schema} does, which is there to repair them.
   */
  public void passOverMalformed() {
    tolerant = true;
  }

  public DatabaseSchema read(long cookie, List<SchemaRow> rows, List<StatisticsRow> statistics) {
    for (SchemaRow each : rows) {
      if (!each.type().equals("index")) {
        guarded(each, false);
      }
    }
    for (SchemaRow each : rows) {
      if (each.type().equals("index")) {
        guarded(each, true);
      }
    }
    for (StatisticsRow each : statistics) {
      addStatistics(each);
    }
    if (ascending) {
      for (TableBuilder each : tables.values()) {
        each.indexes.replaceAll(IndexDraft::ascending);
      }
    }
    Map<String, Table> built = new LinkedHashMap<>();
    for (Map.Entry<String, TableBuilder> each : tables.entrySet()) {
      built.put(each.getKey(), new Table(each.getValue()));
    }
    return new DatabaseSchema(databaseName, databaseIndex, cookie, built, views, triggers);
  }

  private void guarded(SchemaRow row, boolean index) {
    try {
      if (index) {
        addIndex(row);
      } else {
        addObject(row);
      }
    } catch (SqlException e) {
      if (!tolerant) {
        throw malformed(row, e.getMessage());
      }
    } catch (CorruptException e) {
      if (!tolerant) {
        throw e;
      }
    }
  }

  private static DatabaseException malformed(SchemaRow row, @Nullable String detail) {
    String about = "malformed database schema (" + row.name() + ")";
    return new CorruptException(
        ResultCode.CORRUPT, detail == null ? about : about + " - " + detail);
  }

  private void addObject(SchemaRow row) {
    if (row.sql() == null) {
      throw malformed(row, null);
    }
    Statement statement = Parser.parseStored(row.sql());
    switch (statement) {
      case CreateTable s -> addTable(row, s);
      case CreateVirtualTable s -> addVirtual(row, s);
      case CreateView s -> addView(row, s);
      case CreateTrigger s -> addTrigger(row, s);
      default -> throw malformed(row, null);
    }
  }

  /**
   * The row has to name what its text makes, as SQLite's extra schema checks want it, unless somebody
   * repairs the schema.
   */
  private void check(SchemaRow row, String type, Name name, String table) {
    boolean same =
        Names.same(row.type(), type)
            && Names.same(row.name(), name.text())
            && Names.same(row.table(), table);
    if (!same && !tolerant) {
      throw malformed(row, null);
    }
  }

  private void addTable(SchemaRow row, CreateTable s) {
    check(row, "table", s.name().name(), s.name().name().text());
    TableBuilder table = TableDefinition.of(s, collations);
    table.name = row.name();
    table.id = row.rowid();
    table.databaseIndex = databaseIndex;
    table.rootPage = row.rootPage();
    table.sql = String.valueOf(row.sql());
    for (int i = 0; i < table.indexes.size(); i++) {
      IndexDraft draft = table.indexes.get(i);
      if (table.withoutRowid && draft.origin() == IndexOrigin.PRIMARY_KEY) {
        table.indexes.set(i, draft.at(0, row.rootPage()));
      }
    }
    tables.put(Names.fold(row.name()), table);
  }

  private void addVirtual(SchemaRow row, CreateVirtualTable s) {
    check(row, "table", s.name().name(), s.name().name().text());
    TableBuilder table = new TableBuilder(row.name());
    table.id = row.rowid();
    table.databaseIndex = databaseIndex;
    table.sql = String.valueOf(row.sql());
    table.kind = TableKind.VIRTUAL;
    tables.put(Names.fold(row.name()), table);
  }

  private void addView(SchemaRow row, CreateView s) {
    check(row, "view", s.name().name(), s.name().name().text());
    views.put(
        Names.fold(row.name()),
        new View(
            row.rowid(),
            databaseIndex,
            row.name(),
            texts(s.columns()),
            s.select(),
            String.valueOf(row.sql())));
  }

  private void addTrigger(SchemaRow row, CreateTrigger s) {
    check(row, "trigger", s.name().name(), s.table().name().text());
    triggers.put(
        Names.fold(row.name()),
        new Trigger(
            row.rowid(),
            databaseIndex,
            row.name(),
            watchedDatabase(s),
            s.table().name().text(),
            s.time(),
            s.event(),
            texts(s.updateOf()),
            s.when(),
            s.body(),
            String.valueOf(row.sql())));
  }

  private int watchedDatabase(CreateTrigger s) {
    if (databaseIndex != Catalog.TEMP) {
      return databaseIndex;
    }
    Name schema = s.table().schema();
    return schema == null ? -1 : databases.indexOf(schema.text());
  }

  private static List<String> texts(List<Name> names) {
    List<String> texts = new ArrayList<>(names.size());
    for (Name each : names) {
      texts.add(each.text());
    }
    return List.copyOf(texts);
  }

  private void addIndex(SchemaRow row) {
    TableBuilder table = tables.get(Names.fold(row.table()));
    if (table == null) {
      throw malformed(row, "orphan index");
    }
    if (row.sql() == null || row.sql().isEmpty()) {
      placeAutoIndex(row, table);
      return;
    }
    if (!(Parser.parseStored(row.sql()) instanceof CreateIndex s)) {
      throw malformed(row, null);
    }
    check(row, "index", s.name().name(), s.table().text());
    table.indexes.add(
        IndexDefinition.of(s, table, collations).at(row.rowid(), row.rootPage()).named(row));
  }

  private static void placeAutoIndex(SchemaRow row, TableBuilder table) {
    for (int i = 0; i < table.indexes.size(); i++) {
      IndexDraft draft = table.indexes.get(i);
      if (draft.sql() == null && Names.same(draft.name(), row.name())) {
        table.indexes.set(i, draft.at(row.rowid(), row.rootPage()));
        return;
      }
    }
    throw malformed(row, "orphan index");
  }

  private void addStatistics(StatisticsRow row) {
    TableBuilder table = tables.get(Names.fold(row.table()));
    if (table == null) {
      return;
    }
    long[] numbers = Statistics.parse(row.numbers());
    String index = row.index();
    if (numbers.length > 0 && (index == null || table.analyzedRows < 0)) {
      table.analyzedRows = numbers[0];
    }
    if (index == null) {
      return;
    }
    for (int i = 0; i < table.indexes.size(); i++) {
      IndexDraft draft = table.indexes.get(i);
      boolean key =
          table.withoutRowid
              && draft.origin() == IndexOrigin.PRIMARY_KEY
              && Names.same(index, table.name);
      if (key || Names.same(draft.name(), index)) {
        table.indexes.set(i, draft.withStatistics(numbers));
      }
    }
  }
}
