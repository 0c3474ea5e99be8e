package dev.turso.exec.operator;

import dev.turso.btree.IndexCursor;
import dev.turso.exec.expression.Frame;
import dev.turso.format.KeyComparator;
import dev.turso.format.RecordReader;
import dev.turso.format.TextEncoding;
import dev.turso.pager.PageStore;
import dev.turso.schema.Index;
import dev.turso.schema.IndexPart;
import dev.turso.value.Collation;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The B-tree of an index, or of a WITHOUT ROWID table, and the source its entries are read from. */
final class IndexPlace {

  final int databaseIndex;
  final int root;
  final int source;
  final boolean endsWithRowid;
  private final Collation[] collations;
  private final boolean[] descending;
  private @Nullable PageStore store;

  IndexPlace(Index index, int source) {
    this.databaseIndex = index.table().databaseIndex();
    this.root = index.rootPage();
    this.source = source;
    this.endsWithRowid = !index.table().withoutRowid();
    List<IndexPart> parts = index.isTableKey() ? index.parts() : index.storedParts();
    collations = new Collation[parts.size()];
    descending = new boolean[parts.size()];
    for (int i = 0; i < collations.length; i++) {
      collations[i] = parts.get(i).collation();
      descending[i] = parts.get(i).descending();
    }
  }

  /** A cursor in the transaction of this execution: the one from before where it still serves. */
  IndexCursor cursor(Frame frame, @Nullable IndexCursor before) {
    PageStore current = frame.storage().store(databaseIndex);
    if (before != null && current == store) {
      return before;
    }
    store = current;
    TextEncoding encoding = frame.storage().encoding(databaseIndex);
    frame.rows[source].record = new RecordReader(encoding);
    return new IndexCursor(current, root, new KeyComparator(collations, descending, encoding));
  }
}
