package dev.turso.bind;

import dev.turso.function.builtin.BuiltInFunctions;
import dev.turso.schema.Catalog;
import dev.turso.schema.CollationLookup;
import dev.turso.schema.DatabaseSchema;
import dev.turso.schema.SchemaReader;
import dev.turso.schema.SchemaRow;
import dev.turso.sql.ast.CreateIndex;
import dev.turso.sql.ast.CreateTable;
import dev.turso.sql.ast.CreateTrigger;
import dev.turso.sql.ast.CreateView;
import dev.turso.sql.ast.DeleteStatement;
import dev.turso.sql.ast.InsertStatement;
import dev.turso.sql.ast.SelectStatement;
import dev.turso.sql.ast.Statement;
import dev.turso.sql.ast.UpdateStatement;
import dev.turso.sql.parse.Parser;
import java.util.ArrayList;
import java.util.List;

/** A catalog made of CREATE statements, without a file. */
public final class SchemaFixture {

  private final Catalog catalog;

  public SchemaFixture(String... statements) {
    List<SchemaRow> rows = new ArrayList<>();
    int page = 2;
    for (String each : statements) {
      Statement parsed = Parser.parseStatement(each);
      long id = rows.size() + 1L;
      switch (parsed) {
        case CreateTable s -> rows.add(row(id, "table", s.name().name().text(), null, page, each));
        case CreateIndex s ->
            rows.add(row(id, "index", s.name().name().text(), s.table().text(), page, each));
        case CreateView s -> rows.add(row(id, "view", s.name().name().text(), null, 0, each));
        case CreateTrigger s ->
            rows.add(row(id, "trigger", s.name().name().text(), s.table().name().text(), 0, each));
        default -> throw new IllegalArgumentException(each);
      }
      page++;
    }
    DatabaseSchema main =
        new SchemaReader("main", 0, CollationLookup.BUILT_IN, name -> 0).read(1, rows, List.of());
    this.catalog = new Catalog(List.of(main, DatabaseSchema.empty("temp", 1)));
  }

  private static SchemaRow row(
      long id, String type, String name, String table, int page, String sql) {
    return new SchemaRow(id, type, name, table == null ? name : table, page, sql);
  }

  public Catalog catalog() {
    return catalog;
  }

  public Binder binder() {
    return new Binder(catalog, BuiltInFunctions.registry(), BinderSettings.DEFAULT);
  }

  /** The bound form of a query. */
  public BoundQuery query(String sql) {
    return binder().bindSelect(((SelectStatement) Parser.parseStatement(sql)).select());
  }

  /** Binds any query or write. */
  public Object bind(String sql) {
    return switch (Parser.parseStatement(sql)) {
      case SelectStatement s -> binder().bindSelect(s.select());
      case InsertStatement s -> binder().bindInsert(s);
      case UpdateStatement s -> binder().bindUpdate(s);
      case DeleteStatement s -> binder().bindDelete(s);
      default -> throw new IllegalArgumentException(sql);
    };
  }
}
