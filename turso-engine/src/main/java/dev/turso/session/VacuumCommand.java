package dev.turso.session;

import dev.turso.btree.BTrees;
import dev.turso.error.ResultCode;
import dev.turso.error.SqlException;
import dev.turso.exec.ddl.SchemaEditor;
import dev.turso.format.Bytes;
import dev.turso.format.DatabaseHeader;
import dev.turso.format.TextEncoding;
import dev.turso.pager.JournalMode;
import dev.turso.pager.Pager;
import dev.turso.schema.DatabaseSchema;
import dev.turso.schema.Index;
import dev.turso.schema.SchemaRow;
import dev.turso.schema.Table;
import dev.turso.sql.ast.Vacuum;
import dev.turso.value.Tag;
import dev.turso.value.Value;
import java.util.List;

/**
 * VACUUM: copies every tree, entry by entry, into a new database, and that one's pages back over the
 * old ones. Rowids stay as they are. The new database has the page size and auto_vacuum that pragmas
 * have asked for since; where pages get another size the file is replaced as a whole.
 */
final class VacuumCommand {

  private static final int[] KEPT_FIELDS = {
    DatabaseHeader.DEFAULT_CACHE_SIZE,
    DatabaseHeader.TEXT_ENCODING,
    DatabaseHeader.USER_VERSION,
    DatabaseHeader.INCREMENTAL_VACUUM,
    DatabaseHeader.APPLICATION_ID
  };

  private VacuumCommand() {}

  static Program program(Vacuum statement) {
    return new CommandProgram(
        CommandProgram.Needs.NOTHING,
        (connection, parameters) -> {
          run(connection, statement, parameters);
          return List.of();
        });
  }

  private static void run(Connection connection, Vacuum statement, Value[] parameters) {
    if (!connection.autoCommit()) {
      throw new SqlException("cannot VACUUM from within a transaction");
    }
    if (connection.readsInProgress()) {
      throw new SqlException("cannot VACUUM - SQL statements in progress");
    }
    String name = statement.schema() == null ? "main" : statement.schema().text();
    AttachedDatabase database = connection.database(name);
    if (database == null) {
      throw new SqlException("unknown database " + name);
    }
    if (statement.into() != null) {
      Value file = AttachCommands.value(connection, statement.into(), parameters);
      if (file.tag() != Tag.TEXT) {
        throw new SqlException("non-text filename");
      }
      intoFile(connection, database, String.valueOf(file.asString()));
      return;
    }
    int pageSize = nextPageSize(connection, database.pager);
    boolean done = false;
    connection.beginWrite(database);
    try {
      Pager pager = database.pager;
      boolean resizes = pageSize != pager.pageSize() && pager.pageCount() > 0;
      try (Pager copy = pager.openScratch(resizes ? pageSize : pager.pageSize(), reserved(pager))) {
        fill(connection, database, copy, connection.pragmas.nextAutoVacuum);
        if (resizes) {
          pager.replaceFile(copy, pager.database().key());
        } else {
          overwrite(copy, pager);
        }
      }
      connection.forgetSchema(database);
      connection.transactions().commitAll();
      done = true;
    } finally {
      if (!done) {
        connection.transactions().abandonStatement();
      }
      connection.releaseSnapshots();
    }
  }

  /**
   * Replaces a database by another connection's main one. Page size and journal mode stay; the schema's
   * version moves on, so that everything bound to the old content is bound anew.
   */
  static void restore(Connection connection, String name, Connection source) {
    AttachedDatabase target = connection.database(name);
    AttachedDatabase from = source.database("main");
    if (target == null || from == null) {
      throw new SqlException("unknown database " + name);
    }
    if (!connection.autoCommit() || connection.readsInProgress()) {
      throw new SqlException("cannot restore from within a transaction");
    }
    boolean done = false;
    source.beginRead(from);
    connection.beginWrite(target);
    try {
      int cookie = Bytes.i32(target.pager.read(1), DatabaseHeader.SCHEMA_COOKIE);
      try (Pager copy = scratchFor(target.pager)) {
        fill(source, from, copy);
        overwrite(copy, target.pager);
      }
      Bytes.put32(target.pager.write(1), DatabaseHeader.SCHEMA_COOKIE, cookie + 1);
      connection.forgetSchema(target);
      connection.transactions().commitAll();
      done = true;
    } finally {
      if (!done) {
        connection.transactions().abandonStatement();
      }
      connection.releaseSnapshots();
      source.releaseSnapshots();
    }
  }

  private static Pager scratchFor(Pager pager) {
    return pager.openScratch(pager.pageSize(), reserved(pager));
  }

  private static int reserved(Pager pager) {
    return pager.pageSize() - pager.usableSize();
  }

  /** A database in memory keeps its page size, and so does a file with a log. */
  private static int nextPageSize(Connection connection, Pager pager) {
    if (pager.journalMode() == JournalMode.WAL) {
      connection.pragmas.nextPageSize = 0;
    }
    int wanted = connection.pragmas.nextPageSize;
    return wanted == 0 || pager.database().isInMemory() ? pager.pageSize() : wanted;
  }

  private static void intoFile(Connection connection, AttachedDatabase database, String file) {
    connection.beginRead(database);
    try (Pager target = connection.locate(file).open()) {
      target.beginRead();
      boolean empty = target.pageCount() == 0;
      target.endRead();
      if (!empty) {
        throw new SqlException(ResultCode.ERROR, "output file already exists");
      }
      int pageSize = connection.pragmas.nextPageSize;
      target.setPageSize(pageSize == 0 ? database.pager.pageSize() : pageSize, 0);
      fill(connection, database, target, connection.pragmas.nextAutoVacuum);
      target.commit();
    } finally {
      connection.releaseSnapshots();
    }
  }

  /** Fills an empty database, in a transaction that stays open. */
  static void fill(Connection connection, AttachedDatabase from, Pager to) {
    fill(connection, from, to, -1);
  }

  /**
   * @param autoVacuum 0, 1 or 2 as the pragma has them, -1 = as it was
   */
  private static void fill(Connection connection, AttachedDatabase from, Pager to, int autoVacuum) {
    DatabaseSchema schema = connection.catalog().database(from.index);
    to.beginWrite();
    byte[] header = from.pager.read(1);
    byte[] first = to.write(1);
    for (int each : KEPT_FIELDS) {
      Bytes.put32(first, each, Bytes.i32(header, each));
    }
    boolean vacuums = Bytes.i32(header, DatabaseHeader.LARGEST_ROOT_PAGE) != 0;
    if (autoVacuum >= 0) {
      vacuums = autoVacuum > 0;
      Bytes.put32(first, DatabaseHeader.INCREMENTAL_VACUUM, autoVacuum == 2 ? 1 : 0);
    }
    Bytes.put32(first, DatabaseHeader.LARGEST_ROOT_PAGE, vacuums ? 1 : 0);
    Bytes.put32(
        first, DatabaseHeader.SCHEMA_COOKIE, Bytes.i32(header, DatabaseHeader.SCHEMA_COOKIE) + 1);
    TextEncoding encoding = from.encoding();
    SchemaEditor editor = new SchemaEditor(to, encoding);
    BTrees trees = new BTrees(to);
    boolean counts = schema != null && counts(schema);
    for (SchemaRow each : new SchemaEditor(from.pager, encoding).rows()) {
      if (!counts && each.name().equals("sqlite_sequence")) {
        continue;
      }
      connection.checkInterrupt();
      int root = 0;
      if (each.rootPage() > 0 && schema != null) {
        root = copyTree(schema, each, from.pager, trees, connection::checkInterrupt);
      }
      editor.copy(each, root);
    }
  }

  /** Whether a table counts its rowids; without one nobody needs {@code sqlite_sequence}. */
  private static boolean counts(DatabaseSchema schema) {
    for (Table each : schema.tables()) {
      if (each.autoincrement()) {
        return true;
      }
    }
    return false;
  }

  private static int copyTree(
      DatabaseSchema schema, SchemaRow row, Pager from, BTrees trees, Runnable progress) {
    Table table = schema.table(row.name());
    boolean isTable = row.type().equals("table");
    if (isTable && table != null && !table.withoutRowid()) {
      int root = trees.createTable();
      trees.copyTable(from, row.rootPage(), root, progress);
      return root;
    }
    Index index = isTable && table != null ? table.primaryKeyIndex() : schema.index(row.name());
    if (index == null) {
      throw new SqlException(ResultCode.CORRUPT, "database disk image is malformed");
    }
    int root = trees.createIndex();
    trees.copyIndex(from, row.rootPage(), root, progress);
    return root;
  }

  private static void overwrite(Pager copy, Pager main) {
    int pages = copy.pageCount();
    byte[] header = main.read(1).clone();
    for (int page = 1; page <= pages; page++) {
      if (page > main.pageCount()) {
        main.append();
      }
      byte[] image = copy.read(page);
      System.arraycopy(image, 0, main.write(page), 0, image.length);
    }
    byte[] first = main.write(1);
    first[DatabaseHeader.WRITE_VERSION] = header[DatabaseHeader.WRITE_VERSION];
    first[DatabaseHeader.READ_VERSION] = header[DatabaseHeader.READ_VERSION];
    Bytes.put32(
        first, DatabaseHeader.CHANGE_COUNTER, Bytes.i32(header, DatabaseHeader.CHANGE_COUNTER));
    if (pages < main.pageCount()) {
      main.truncate(pages);
    }
  }
}
