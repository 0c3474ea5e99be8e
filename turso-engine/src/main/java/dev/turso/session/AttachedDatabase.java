package dev.turso.session;

import dev.turso.exec.ddl.SchemaEditor;
import dev.turso.format.Bytes;
import dev.turso.format.TextEncoding;
import dev.turso.pager.Pager;
import dev.turso.schema.Catalog;
import dev.turso.schema.DatabaseSchema;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** One database of a connection: its pages, its schema as last read, its pending changes. */
final class AttachedDatabase {

  private static final int TEXT_ENCODING = 56;

  final String name;
  final int index;
  final Pager pager;
  final SharedDatabase shared;

  /** The schema as last read, null before the first time. */
  @Nullable DatabaseSchema schema;

  /** How texts were stored when the schema was last read. */
  TextEncoding knownEncoding = TextEncoding.UTF_8;

  /** What the current transaction changed; null where nobody wants to know. */
  @Nullable ChangeLog changes;

  /** Up to where participants have maintained {@link #changes}. */
  long watermark;

  /** Whether maintenance failed in the current transaction, so that it must not commit. */
  boolean doomed;

  private int secureDelete;

  /** How extensions connect to it while it is attached; null for what a connection begins with. */
  private @Nullable Supplier<Connection> connector;

  AttachedDatabase(String name, int index, Pager pager, SharedDatabase shared) {
    this.name = name;
    this.index = index;
    this.pager = pager;
    this.shared = shared;
  }

  /**
   * Opens a database for a connection, with the extensions that its main database has: who writes a file
   * by another name keeps its views and its log, too.
   */
  static AttachedDatabase open(
      Connection connection, DatabaseLocation location, String name, int index) {
    SharedDatabase main = connection.database(Catalog.MAIN).shared;
    Pager pager = location.open();
    AttachedDatabase made =
        new AttachedDatabase(name, index, pager, SharedDatabase.of(pager.database()));
    try {
      pager.setBusyTimeout(connection.busyTimeout());
      made.shared.limitAs(main);
      made.secureDelete(connection.database(Catalog.MAIN).secureDelete());
      made.connector = () -> connection.another(made, location);
      Extensions.attach(pager.database(), main.chosenExtensions(), made.connector);
      return made;
    } catch (RuntimeException e) {
      made.close();
      throw e;
    }
  }

  /** Ends it for its connection. */
  void close() {
    if (connector != null) {
      shared.removeConnector(connector);
    }
    pager.close();
  }

  /** What {@code PRAGMA secure_delete} says: 0 off, 1 on, 2 fast. */
  int secureDelete() {
    return secureDelete;
  }

  /** Deleted cells are always overwritten, their page is written anyway; freed pages with 1. */
  void secureDelete(int mode) {
    secureDelete = mode;
    pager.wipeFreedPages(mode == 1);
  }

  /** The first slot that a database may be attached in. */
  static int freeAmong(List<@Nullable AttachedDatabase> slots) {
    int index = Catalog.TEMP + 1;
    while (index < slots.size() && slots.get(index) != null) {
      index++;
    }
    return index;
  }

  /** Those of the slots that are taken, in their order. */
  static List<AttachedDatabase> presentIn(List<@Nullable AttachedDatabase> slots) {
    List<AttachedDatabase> present = new ArrayList<>(slots.size());
    for (AttachedDatabase each : slots) {
      if (each != null) {
        present.add(each);
      }
    }
    return List.copyOf(present);
  }

  int cookie() {
    return SchemaEditor.cookie(pager);
  }

  /** Whether the schema is that of the snapshot. */
  boolean schemaIsCurrent() {
    DatabaseSchema known = schema;
    return known != null && known.cookie() == cookie();
  }

  TextEncoding encoding() {
    return TextEncoding.of(Bytes.i32(pager.read(1), TEXT_ENCODING));
  }
}
