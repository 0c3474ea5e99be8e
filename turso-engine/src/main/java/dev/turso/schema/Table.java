package dev.turso.schema;

import dev.turso.sql.ast.ConflictAction;
import dev.turso.sql.ast.Select;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A table: its columns, its constraints, and where its rows are. */
public final class Table {

  private final long id;
  private final int databaseIndex;
  private final String name;
  private final int rootPage;
  private final List<Column> columns;
  private final int rowidAlias;
  private final boolean withoutRowid;
  private final boolean strict;
  private final boolean autoincrement;
  private final List<KeyPart> primaryKey;
  private final @Nullable ConflictAction primaryKeyConflict;
  private final List<Check> checks;
  private final List<ForeignKey> foreignKeys;
  private final String sql;
  private final TableKind kind;
  private final @Nullable Select materializedSelect;
  private final long analyzedRows;
  private final List<Index> indexes;
  private final int[] storageOrder;
  private final int[] storedPosition;

  Table(TableBuilder from) {
    this.id = from.id;
    this.databaseIndex = from.databaseIndex;
    this.name = from.name;
    this.rootPage = from.rootPage;
    this.columns = List.copyOf(from.columns);
    this.rowidAlias = from.rowidAlias;
    this.withoutRowid = from.withoutRowid;
    this.strict = from.strict;
    this.autoincrement = from.autoincrement;
    this.primaryKey = List.copyOf(from.primaryKey);
    this.primaryKeyConflict = from.primaryKeyConflict;
    this.checks = List.copyOf(from.checks);
    this.foreignKeys = List.copyOf(from.foreignKeys);
    this.sql = from.sql;
    this.kind = from.kind;
    this.materializedSelect = from.materializedSelect;
    this.analyzedRows = from.analyzedRows;
    this.storageOrder = StorageOrder.of(columns, withoutRowid ? primaryKey : List.of());
    this.storedPosition = StorageOrder.inverse(storageOrder, columns.size());
    this.indexes = from.linkIndexes(this);
  }

  /** A table with the columns of a view, for what is said of a view's rows; it stores nothing. */
  public static Table standInFor(View view, List<Column> columns) {
    TableBuilder builder = new TableBuilder(view.name());
    builder.id = view.id();
    builder.databaseIndex = view.databaseIndex();
    builder.columns.addAll(columns);
    return new Table(builder);
  }

  /** A virtual table with the columns that its module gives it. */
  public static Table standInFor(Table virtual, List<Column> columns) {
    TableBuilder builder = new TableBuilder(virtual.name());
    builder.id = virtual.id();
    builder.databaseIndex = virtual.databaseIndex();
    builder.kind = TableKind.VIRTUAL;
    builder.sql = virtual.sql();
    builder.columns.addAll(columns);
    return new Table(builder);
  }

  /** The rowid of this table's row in {@code sqlite_schema}; 0 for the schema table itself. */
  public long id() {
    return id;
  }

  /** Which database of the connection holds it: 0 main, 1 temp, then the attached ones. */
  public int databaseIndex() {
    return databaseIndex;
  }

  public String name() {
    return name;
  }

  /** The root of its B-tree; 0 for a virtual table. */
  public int rootPage() {
    return rootPage;
  }

  public List<Column> columns() {
    return columns;
  }

  /** The INTEGER PRIMARY KEY column that is another name of the rowid, or -1. */
  public int rowidAlias() {
    return rowidAlias;
  }

  public boolean withoutRowid() {
    return withoutRowid;
  }

  public boolean strict() {
    return strict;
  }

  public boolean autoincrement() {
    return autoincrement;
  }

  /** The declared PRIMARY KEY, also where it is a rowid alias; empty if there is none. */
  public List<KeyPart> primaryKey() {
    return primaryKey;
  }

  /** What the rowid alias's or WITHOUT ROWID key's ON CONFLICT clause says, or null. */
  public @Nullable ConflictAction primaryKeyConflict() {
    return primaryKeyConflict;
  }

  public List<Check> checks() {
    return checks;
  }

  public List<ForeignKey> foreignKeys() {
    return foreignKeys;
  }

  /** The text kept in {@code sqlite_schema}; empty for the schema table. */
  public String sql() {
    return sql;
  }

  public TableKind kind() {
    return kind;
  }

  /** Whether this table stores the rows of a materialized view. */
  public boolean materializedView() {
    return materializedSelect != null;
  }

  /** The query that this table stores the rows of, or null for a table of its own. */
  public @Nullable Select materializedSelect() {
    return materializedSelect;
  }

  /**
   * The indexes, newest first, as SQLite considers them. The key of a WITHOUT ROWID table is among
   * them as an index whose root is the table's.
   */
  public List<Index> indexes() {
    return indexes;
  }

  /** The key of a WITHOUT ROWID table as an index over the table's own B-tree, or null. */
  public @Nullable Index primaryKeyIndex() {
    if (!withoutRowid) {
      return null;
    }
    for (Index each : indexes) {
      if (each.rootPage() == rootPage) {
        return each;
      }
    }
    return null;
  }

  /** The columns of a record of this table's B-tree, in their order there. Not to be modified. */
  public int[] storageOrder() {
    return storageOrder;
  }

  /** Where the record holds a column, or -1 for a virtual one. */
  public int storedPosition(int column) {
    return storedPosition[column];
  }

  /** How many rows ANALYZE counted, or -1 where it has not run. */
  public long analyzedRows() {
    return analyzedRows;
  }

  /** The index of the column of this name, or -1. */
  public int columnIndex(String columnName) {
    for (int i = 0; i < columns.size(); i++) {
      if (Names.same(columns.get(i).name(), columnName)) {
        return i;
      }
    }
    return -1;
  }

  /** A copy of this table as the store of a materialized view. */
  public Table asMaterialized(Select definition) {
    TableBuilder copy = new TableBuilder(this);
    copy.materializedSelect = definition;
    return new Table(copy);
  }

  @Override
  public String toString() {
    return name;
  }
}
