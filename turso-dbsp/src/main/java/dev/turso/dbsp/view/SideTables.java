package dev.turso.dbsp.view;

import dev.turso.btree.TableCursor;
import dev.turso.change.TransactionView;
import dev.turso.error.SqlException;
import dev.turso.format.RecordReader;
import dev.turso.format.RecordWriter;
import dev.turso.format.TextEncoding;
import dev.turso.pager.PageStore;
import dev.turso.schema.DatabaseSchema;
import dev.turso.schema.Names;
import dev.turso.schema.Table;
import dev.turso.value.Register;
import dev.turso.value.Tag;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The tables that this module keeps beside the views: names, layouts, reading and writing. */
public final class SideTables {

  /** What all names of this module begin with. */
  static final String PREFIX = "turso_";

  static final String VIEWS = "turso_views";
  static final String FOREIGN = "turso_foreign";
  static final String MARK = "turso_mark";
  static final String STATE = "turso_state_";
  static final String INDEX = "turso_index_";
  static final String WATCH = "turso_watch_";
  static final String GUARD = "turso_guard_";

  /** Raised whenever the layout of side tables or state changes. */
  private static final int FORMAT = 3;

  private static final long MARKED = 7_340_033;

  private SideTables() {}

  /** Whether a table is one of this module's. */
  static boolean isOwn(String table) {
    return Names.same(table, VIEWS)
        || Names.same(table, FOREIGN)
        || Names.same(table, MARK)
        || Names.startsWith(table, STATE);
  }

  /** Creates the tables of the first view. */
  static void create(TransactionView transaction) {
    if (transaction.schema().table(VIEWS) == null) {
      transaction.execute(
          "CREATE TABLE "
              + VIEWS
              + "(id INTEGER PRIMARY KEY, name TEXT, sql TEXT, bases TEXT, status TEXT,"
              + " message TEXT, shape TEXT, stamp TEXT, format INT)");
      transaction.execute("CREATE TABLE " + FOREIGN + "(base TEXT PRIMARY KEY) WITHOUT ROWID");
      transaction.execute("CREATE TABLE " + MARK + "(note)");
      setMark(transaction);
    }
  }

  /** Puts the one row of the mark where nothing but this module would put it. */
  static void setMark(TransactionView transaction) {
    transaction.execute("DELETE FROM " + MARK);
    transaction.execute(
        "INSERT INTO " + MARK + "(rowid, note) VALUES(" + MARKED + ", 'rowids as they were')");
  }

  /**
   * Whether rowids are as they were: VACUUM and a reloaded dump number the rows of tables without
   * INTEGER PRIMARY KEY anew, and views find their rows by rowid.
   */
  static boolean isMarked(DatabaseSchema schema, PageStore store) {
    Table table = schema.table(MARK);
    return table != null && new TableCursor(store, table.rootPage()).seek(MARKED);
  }

  /** Drops the tables after the last view. */
  static void drop(TransactionView transaction) {
    transaction.execute("DROP TABLE " + VIEWS);
    transaction.execute("DROP TABLE " + FOREIGN);
    transaction.execute("DROP TABLE " + MARK);
  }

  /** The definition in a row of {@code turso_views}. */
  static ViewDefinition definition(long id, RecordReader reader) {
    refuseNewer(text(reader, 1), text(reader, 8));
    String bases = text(reader, 3);
    return new ViewDefinition(
        id,
        text(reader, 1),
        text(reader, 2),
        bases.isEmpty() ? List.of() : List.of(bases.split("\n")),
        status(text(reader, 4), text(reader, 8)),
        text(reader, 5).isEmpty() ? null : text(reader, 5),
        text(reader, 6),
        text(reader, 7));
  }

  private static void refuseNewer(String view, String format) {
    boolean number = !format.isEmpty() && format.length() < 10;
    for (int i = 0; i < format.length(); i++) {
      number &= format.charAt(i) >= '0' && format.charAt(i) <= '9';
    }
    if (number && Integer.parseInt(format) > FORMAT) {
      throw new SqlException(
          "the materialized view "
              + view
              + " was written by a newer release: it has format "
              + format
              + " and this release knows formats up to "
              + FORMAT);
    }
  }

  /** What another version of this module wrote is not to be trusted, but can be built anew. */
  private static ViewDefinition.Status status(String text, String format) {
    if (!format.equals(String.valueOf(FORMAT))) {
      return ViewDefinition.Status.STALE;
    }
    return switch (text) {
      case "current" -> ViewDefinition.Status.CURRENT;
      case "failed" -> ViewDefinition.Status.FAILED;
      case "empty" -> ViewDefinition.Status.EMPTY;
      case "filling" -> ViewDefinition.Status.FILLING;
      default -> ViewDefinition.Status.STALE;
    };
  }

  private static String text(RecordReader reader, int column) {
    Register r = new Register();
    int tag = reader.load(column);
    r.set(Math.max(tag, Tag.NULL), reader.bits(), reader.ref());
    return r.asString();
  }

  /** Writes a definition, in place of the one with its id if there is one. */
  static void write(TransactionView transaction, ViewDefinition definition) {
    Table table = transaction.schema().table(VIEWS);
    assert table != null;
    RecordWriter writer = new RecordWriter(encoding(transaction.store()));
    writer.reset();
    writer.addNull();
    add(writer, definition.name());
    add(writer, definition.sql());
    add(writer, String.join("\n", definition.bases()));
    add(writer, definition.status().name().toLowerCase(java.util.Locale.ROOT));
    add(writer, definition.message());
    add(writer, definition.shape());
    add(writer, definition.stamp());
    writer.addInteger(FORMAT);
    int length = writer.finish();
    new TableCursor(transaction.store(), table.rootPage())
        .insert(definition.id(), writer.array(), writer.offset(), length);
  }

  static void remove(TransactionView transaction, ViewDefinition definition) {
    Table table = transaction.schema().table(VIEWS);
    assert table != null;
    TableCursor cursor = new TableCursor(transaction.store(), table.rootPage());
    if (cursor.seek(definition.id())) {
      cursor.delete();
    }
  }

  private static void add(RecordWriter writer, @Nullable String text) {
    if (text == null) {
      writer.addNull();
    } else {
      byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
      writer.addText(utf8, 0, utf8.length);
    }
  }

  /** How the database stores texts, from its header. */
  public static TextEncoding encoding(PageStore store) {
    byte[] header = store.read(1);
    int code = header[59] & 0xFF;
    return code < 1 || code > 3 ? TextEncoding.UTF_8 : TextEncoding.of(code);
  }

  /** A name as SQL quotes it. */
  static String quoted(String name) {
    return '"' + name.replace("\"", "\"\"") + '"';
  }
}
