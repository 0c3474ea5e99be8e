package dev.turso.session;

import dev.turso.exec.ddl.SchemaEditor;
import dev.turso.format.Bytes;
import dev.turso.format.TextEncoding;
import dev.turso.pager.Pager;
import dev.turso.schema.DatabaseSchema;
import java.util.ArrayList;
import java.util.List;
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

  AttachedDatabase(String name, int index, Pager pager, SharedDatabase shared) {
    this.name = name;
    this.index = index;
    this.pager = pager;
    this.shared = shared;
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
