package dev.turso.exec.write;

import dev.turso.btree.IndexCursor;
import dev.turso.btree.TableCursor;
import dev.turso.error.SqlException;
import dev.turso.exec.expression.Frame;
import dev.turso.exec.expression.Node;
import dev.turso.format.KeyProbe;
import dev.turso.format.TextEncoding;
import dev.turso.pager.PageStore;
import dev.turso.schema.DatabaseSchema;
import dev.turso.schema.ForeignKey;
import dev.turso.schema.Index;
import dev.turso.schema.Table;
import dev.turso.value.Affinity;
import dev.turso.value.Collation;
import dev.turso.value.Comparison;
import dev.turso.value.Register;
import dev.turso.value.Tag;
import org.jspecify.annotations.Nullable;

/** A foreign key of the written table: finds whether a row's parent exists. */
final class ChildKey {

  private final Table child;
  private final ForeignKey key;
  private final DatabaseSchema database;
  private final KeyProbe probe = new KeyProbe();
  private final Register[] values;
  private @Nullable ParentColumns parentColumns;
  private @Nullable Table parent;
  private int[] order = {};

  ChildKey(Table child, ForeignKey key, DatabaseSchema database) {
    this.child = child;
    this.key = key;
    this.database = database;
    this.values = new Register[key.columns().size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = new Register();
    }
  }

  boolean deferred(WriteContext ctx) {
    return key.deferred() || ctx.deferForeignKeys;
  }

  void verify() {
    parent(false);
  }

  /** Whether the key refers to a key, or to a table that is not there. */
  boolean isSound() {
    try {
      parent(true);
      return true;
    } catch (SqlException mismatch) {
      return false;
    }
  }

  /** Whether a row refers to nothing that exists. */
  boolean isOrphan(WriteContext ctx, Frame f, Node[] row, boolean removing) {
    for (int i = 0; i < values.length; i++) {
      row[key.columns().get(i)].evalInto(f, values[i]);
      if (values[i].tag == Tag.NULL) {
        return false;
      }
    }
    Table to = parent(removing);
    return to == null || !exists(ctx, to, f, row);
  }

  private @Nullable Table parent(boolean removing) {
    if (parent == null) {
      Table found = database.table(key.parentTable());
      if (found == null) {
        if (removing) {
          return null;
        }
        if (database.view(key.parentTable()) != null) {
          throw ParentColumns.mismatch(child, key);
        }
        throw new SqlException("no such table: " + database.name() + "." + key.parentTable());
      }
      parentColumns = ParentColumns.of(child, key, found);
      order = parentColumns.indexOrder();
      parent = found;
    }
    return parent;
  }

  private boolean exists(WriteContext ctx, Table to, Frame f, Node[] row) {
    ParentColumns columns = parentColumns;
    assert columns != null;
    PageStore store = ctx.store(to.databaseIndex());
    for (int i = 0; i < values.length; i++) {
      to.columns().get(columns.columns()[i]).affinity().apply(values[i]);
    }
    Index index = columns.index();
    if (index == null) {
      Affinity.INTEGER.apply(values[0]);
      return values[0].tag == Tag.INTEGER
          && new TableCursor(store, to.rootPage()).seek(values[0].bits);
    }
    TextEncoding encoding = ctx.encoding(to.databaseIndex());
    probe.reset();
    for (int each : order) {
      probe.add(values[each].tag, values[each].bits, values[each].ref);
    }
    IndexCursor cursor = new IndexCursor(store, index.rootPage(), Keys.order(index, encoding));
    if (!cursor.seek(probe)) {
      return false;
    }
    boolean itself = to == child && !to.withoutRowid() && isRowid(f, row, cursor.rowid());
    return !itself || refersToItself(f, row, columns);
  }

  private static boolean isRowid(Frame f, Node[] row, long rowid) {
    return row[row.length - 1].eval(f) == Tag.INTEGER && f.bits == rowid;
  }

  /** A row is its own parent only where the values are the same without any conversion. */
  private boolean refersToItself(Frame f, Node[] row, ParentColumns columns) {
    Register mine = new Register();
    Register its = new Register();
    for (int i = 0; i < values.length; i++) {
      row[key.columns().get(i)].evalInto(f, mine);
      row[columns.columns()[i]].evalInto(f, its);
      if (!Comparison.same(mine, its, Collation.BINARY)) {
        return false;
      }
    }
    return true;
  }
}
