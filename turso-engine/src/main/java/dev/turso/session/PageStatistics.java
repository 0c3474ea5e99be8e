package dev.turso.session;

import dev.turso.btree.PageWalk;
import dev.turso.error.SqlException;
import dev.turso.exec.ddl.Identifiers;
import dev.turso.format.BTreePage;
import dev.turso.function.StatementEnvironment;
import dev.turso.pager.PageStore;
import dev.turso.schema.Column;
import dev.turso.schema.DatabaseSchema;
import dev.turso.schema.Index;
import dev.turso.schema.Table;
import dev.turso.value.Affinity;
import dev.turso.value.Register;
import dev.turso.vtab.RowCursor;
import dev.turso.vtab.TableFunction;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * {@code dbstat}: a row for each page of each tree of a database, or with {@code aggregate} one for
 * each tree. A function, and a module: {@code CREATE VIRTUAL TABLE temp.stat USING dbstat(main)}.
 *
 * @see <a href="https://www.sqlite.org/dbstat.html">The DBSTAT virtual table</a>
 */
final class PageStatistics implements TableFunction {

  static final String NAME = "dbstat";

  private static final int SCHEMA = 10;
  private static final List<Column> COLUMNS =
      List.of(
          Column.of("name", "TEXT", Affinity.TEXT),
          Column.of("path", "TEXT", Affinity.TEXT),
          Column.of("pageno", "INTEGER", Affinity.INTEGER),
          Column.of("pagetype", "TEXT", Affinity.TEXT),
          Column.of("ncell", "INTEGER", Affinity.INTEGER),
          Column.of("payload", "INTEGER", Affinity.INTEGER),
          Column.of("unused", "INTEGER", Affinity.INTEGER),
          Column.of("mx_payload", "INTEGER", Affinity.INTEGER),
          Column.of("pgoffset", "INTEGER", Affinity.INTEGER),
          Column.of("pgsize", "INTEGER", Affinity.INTEGER),
          Column.hidden("schema", Affinity.TEXT),
          Column.hidden("aggregate", Affinity.NUMERIC));

  private final Connection connection;

  /** The database that is looked at where none is named. */
  private final String home;

  PageStatistics(Connection connection) {
    this(connection, "main");
  }

  private PageStatistics(Connection connection, String home) {
    this.connection = connection;
    this.home = home;
  }

  /** What a virtual table with these arguments reads: the name of a database, or nothing. */
  static PageStatistics of(Connection connection, List<String> arguments) {
    if (arguments.isEmpty() || arguments.getFirst().isEmpty()) {
      return new PageStatistics(connection);
    }
    String name = Identifiers.unquoted(arguments.getFirst());
    if (connection.database(name) == null) {
      throw new SqlException("no such database: " + name);
    }
    return new PageStatistics(connection, name);
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public List<Column> columns() {
    return COLUMNS;
  }

  @Override
  public RowCursor open(@Nullable Register[] arguments, StatementEnvironment environment) {
    Register of = arguments[0];
    Register all = arguments[1];
    if (of != null && of.isNull() || all != null && !isTruth(all)) {
      return new NoRows();
    }
    String name = of == null ? home : of.asString();
    AttachedDatabase database = connection.database(name);
    if (database == null) {
      throw new SqlException("no such database: " + name);
    }
    return new Pages(database, all != null && all.asLong() != 0);
  }

  /** Whether the column {@code aggregate}, which is 0 or 1, can be equal to it. */
  private static boolean isTruth(Register value) {
    return !value.isNull() && (value.asDouble() == 0 || value.asDouble() == 1);
  }

  private static final class NoRows implements RowCursor {
    @Override
    public boolean next() {
      return false;
    }

    @Override
    public void column(int column, Register out) {
      out.setNull();
    }

    @Override
    public long rowid() {
      return 0;
    }
  }

  /** A tree, by the name of the table or index that it holds. */
  private record Tree(long id, String name, int root) {}

  /** The trees in the order of the schema's rows. */
  private List<Tree> trees(AttachedDatabase database) {
    List<Tree> trees = new ArrayList<>();
    DatabaseSchema schema = connection.catalog().database(database.index);
    if (schema == null || database.pager.pageCount() == 0) {
      return trees;
    }
    trees.add(new Tree(0, "sqlite_schema", 1));
    for (Table each : schema.tables()) {
      if (each.rootPage() > 1) {
        trees.add(new Tree(each.id(), each.name(), each.rootPage()));
        for (Index index : each.indexes()) {
          if (!index.isTableKey()) {
            trees.add(new Tree(index.id(), index.name(), index.rootPage()));
          }
        }
      }
    }
    trees.sort(Comparator.comparingLong(Tree::id));
    return trees;
  }

  private final class Pages implements RowCursor {
    private final AttachedDatabase database;
    private final PageStore store;
    private final boolean aggregate;
    private final Iterator<Tree> trees;
    private String tree = "";
    private @Nullable PageWalk walk;
    private PageWalk.@Nullable Use use;
    private long number;
    private long pages;

    Pages(AttachedDatabase database, boolean aggregate) {
      this.database = database;
      this.store = database.pager;
      this.aggregate = aggregate;
      this.trees = trees(database).iterator();
    }

    @Override
    public boolean next() {
      number++;
      while (true) {
        PageWalk present = walk;
        PageWalk.Use found = present == null ? null : present.next();
        if (present != null && found != null) {
          pages = 1;
          use = aggregate ? sum(found, present) : found;
          return true;
        }
        if (!trees.hasNext()) {
          return false;
        }
        Tree entered = trees.next();
        tree = entered.name;
        walk = new PageWalk(store, entered.root);
      }
    }

    private PageWalk.Use sum(PageWalk.Use first, PageWalk rest) {
      int cells = first.cells();
      long payload = first.payload();
      long unused = first.unused();
      long largest = first.largest();
      for (PageWalk.Use each = rest.next(); each != null; each = rest.next()) {
        connection.checkInterrupt();
        pages++;
        cells += each.cells();
        payload += each.payload();
        unused += each.unused();
        largest = Math.max(largest, each.largest());
      }
      return new PageWalk.Use("", 0, 0, cells, payload, unused, largest);
    }

    @Override
    public void column(int column, Register out) {
      PageWalk.Use at = use;
      long size = store.pageSize();
      if (at == null || aggregate && (column == 1 || column == 3 || column == 8)) {
        out.setNull();
        return;
      }
      switch (column) {
        case 0 -> out.setText(tree);
        case 1 -> out.setText(at.path());
        case 2 -> out.setInteger(aggregate ? pages : at.page());
        case 3 -> out.setText(kind(at.kind()));
        case 4 -> out.setInteger(at.cells());
        case 5 -> out.setInteger(at.payload());
        case 6 -> out.setInteger(at.unused());
        case 7 -> out.setInteger(at.largest());
        case 8 -> out.setInteger((at.page() - 1) * size);
        case 9 -> out.setInteger(pages * size);
        case SCHEMA -> out.setText(database.name);
        default -> out.setBoolean(aggregate);
      }
    }

    private static String kind(int kind) {
      if (kind == 0) {
        return "overflow";
      }
      return BTreePage.isLeaf(kind) ? "leaf" : "internal";
    }

    @Override
    public long rowid() {
      return number;
    }
  }
}
