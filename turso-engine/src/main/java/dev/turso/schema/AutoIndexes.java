package dev.turso.schema;

import dev.turso.error.SqlException;
import dev.turso.sql.ast.ConflictAction;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The indexes that PRIMARY KEY and UNIQUE constraints make, in SQLite's numbering: one for each
 * distinct list of columns and collations, a later equal constraint sharing the earlier one's.
 */
final class AutoIndexes {

  private final TableBuilder table;

  AutoIndexes(TableBuilder table) {
    this.table = table;
  }

  void add(List<IndexPart> parts, @Nullable ConflictAction conflict, IndexOrigin origin) {
    for (int i = 0; i < table.indexes.size(); i++) {
      IndexDraft other = table.indexes.get(i);
      if (sameKey(other.parts(), parts)) {
        table.indexes.set(i, merged(other, conflict, origin));
        if (origin == IndexOrigin.PRIMARY_KEY) {
          keyInOrderOf(other.parts());
        }
        return;
      }
    }
    String name = "sqlite_autoindex_" + table.name + "_" + (table.indexes.size() + 1);
    table.indexes.add(
        new IndexDraft(0, name, 0, List.copyOf(parts), true, conflict, null, origin, null, null));
  }

  /** The key shares the index of an earlier UNIQUE, and with it the directions given there. */
  private void keyInOrderOf(List<IndexPart> parts) {
    for (int i = 0; i < table.primaryKey.size(); i++) {
      KeyPart key = table.primaryKey.get(i);
      table.primaryKey.set(
          i, new KeyPart(key.column(), key.collation(), parts.get(i).descending()));
    }
  }

  /** A column may stand once in the key of a WITHOUT ROWID table. */
  void dropRepeatedKeyColumns() {
    List<KeyPart> once = new ArrayList<>();
    for (KeyPart each : table.primaryKey) {
      boolean repeated = false;
      for (KeyPart earlier : once) {
        repeated |=
            earlier.column() == each.column()
                && earlier.collation().name().equals(each.collation().name());
      }
      if (!repeated) {
        once.add(each);
      }
    }
    if (once.size() == table.primaryKey.size()) {
      return;
    }
    table.primaryKey.clear();
    table.primaryKey.addAll(once);
    List<IndexPart> parts = new ArrayList<>();
    for (KeyPart each : once) {
      parts.add(IndexPart.ofColumn(each.column(), each.collation(), each.descending()));
    }
    for (int i = 0; i < table.indexes.size(); i++) {
      IndexDraft d = table.indexes.get(i);
      if (d.origin() == IndexOrigin.PRIMARY_KEY) {
        table.indexes.set(
            i,
            new IndexDraft(
                d.id(),
                d.name(),
                d.rootPage(),
                List.copyOf(parts),
                true,
                d.conflict(),
                null,
                d.origin(),
                null,
                null));
      }
    }
  }

  private static boolean sameKey(List<IndexPart> a, List<IndexPart> b) {
    if (a.size() != b.size()) {
      return false;
    }
    for (int i = 0; i < a.size(); i++) {
      if (a.get(i).column() != b.get(i).column()
          || !Names.same(a.get(i).collation().name(), b.get(i).collation().name())) {
        return false;
      }
    }
    return true;
  }

  private static IndexDraft merged(
      IndexDraft other, @Nullable ConflictAction conflict, IndexOrigin origin) {
    ConflictAction kept = other.conflict();
    if (kept != null && conflict != null && kept != conflict) {
      throw new SqlException("conflicting ON CONFLICT clauses specified");
    }
    IndexOrigin as = origin == IndexOrigin.PRIMARY_KEY ? origin : other.origin();
    return new IndexDraft(
        other.id(),
        other.name(),
        other.rootPage(),
        other.parts(),
        true,
        kept == null ? conflict : kept,
        null,
        as,
        null,
        null);
  }
}
