package dev.turso.exec.operator;

import dev.turso.btree.TableCursor;
import dev.turso.exec.expression.Frame;
import dev.turso.format.RecordReader;
import dev.turso.pager.PageStore;
import dev.turso.schema.Table;
import org.jspecify.annotations.Nullable;

/** The B-tree of a rowid table and the source that its rows are read from. */
final class TablePlace {

  final int databaseIndex;
  final int root;
  final int source;
  private @Nullable PageStore store;

  TablePlace(Table table, int source) {
    this.databaseIndex = table.databaseIndex();
    this.root = table.rootPage();
    this.source = source;
  }

  /** The store of the last cursor. */
  PageStore store() {
    return ExecutableBuilder.requireNonNull(store);
  }

  /** A cursor in the transaction of this execution: the one from before where it still serves. */
  TableCursor cursor(Frame frame, @Nullable TableCursor before) {
    PageStore current = frame.storage().store(databaseIndex);
    if (before != null && current == store) {
      return before;
    }
    store = current;
    frame.rows[source].record = new RecordReader(frame.storage().encoding(databaseIndex));
    return new TableCursor(current, root);
  }
}
