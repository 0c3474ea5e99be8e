package dev.turso.exec.write;

import dev.turso.btree.IndexCursor;
import dev.turso.exec.expression.Frame;
import dev.turso.exec.expression.Node;
import dev.turso.format.KeyComparator;
import dev.turso.format.KeyProbe;
import dev.turso.format.RecordWriter;
import dev.turso.format.TextEncoding;
import dev.turso.pager.PageStore;
import dev.turso.schema.Index;
import dev.turso.schema.IndexPart;
import dev.turso.schema.Table;
import dev.turso.value.Affinity;
import dev.turso.value.Tag;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Keeps one index: the entry of NEW goes in, the entry of OLD comes out. */
public final class IndexWriter {

  private final Index index;
  private final Node[] newParts;
  private final Node[] oldParts;
  private final @Nullable Node newPredicate;
  private final @Nullable Node oldPredicate;
  private final boolean[] real;
  private final int keyParts;
  private final KeyProbe probe = new KeyProbe();
  private RecordWriter record = new RecordWriter();
  private @Nullable KeyComparator order;

  /** The store that the cursor is of. */
  private @Nullable PageStore opened;

  @SuppressWarnings("NullAway.Init") // open() sets it
  private IndexCursor cursor;

  /**
   * @param newParts one per stored part, over NEW
   * @param oldParts as many, over OLD
   */
  public IndexWriter(
      Index index,
      Node[] newParts,
      Node[] oldParts,
      @Nullable Node newPredicate,
      @Nullable Node oldPredicate) {
    this.index = index;
    this.newParts = newParts;
    this.oldParts = oldParts;
    this.newPredicate = newPredicate;
    this.oldPredicate = oldPredicate;
    this.keyParts = index.parts().size();
    this.real = realParts(index);
  }

  private static boolean[] realParts(Index index) {
    Table table = index.table();
    boolean[] real = new boolean[index.storedParts().size()];
    for (int i = 0; i < real.length; i++) {
      IndexPart part = index.storedParts().get(i);
      real[i] =
          part.column() >= 0 && table.columns().get(part.column()).affinity() == Affinity.REAL;
    }
    return real;
  }

  public Index index() {
    return index;
  }

  void open(PageStore store, TextEncoding encoding) {
    KeyComparator keys = order;
    boolean sameOrder = keys != null && keys.encoding() == encoding;
    if (keys == null || !sameOrder) {
      keys = Keys.order(index, encoding);
      order = keys;
      record = new RecordWriter(encoding);
    }
    if (!sameOrder || store != opened) {
      cursor = new IndexCursor(store, index.rootPage(), keys);
      opened = store;
    }
  }

  /** Whether NEW belongs into the index. */
  boolean holdsNew(Frame f) {
    return newPredicate == null || newPredicate.truth(f) == 1;
  }

  boolean holdsOld(Frame f) {
    return oldPredicate == null || oldPredicate.truth(f) == 1;
  }

  /**
   * Moves to the entry that has NEW's key, if the key is one that must be unique and another row has
   * it. The cursor then names that row.
   */
  boolean findDuplicate(Frame f) {
    probe.reset();
    for (int i = 0; i < keyParts; i++) {
      int tag = newParts[i].eval(f);
      if (tag == Tag.NULL) {
        return false;
      }
      probe.add(tag, f.bits, f.ref);
    }
    return cursor.seek(probe);
  }

  /** The rowid of the entry found. */
  long foundRowid() {
    return cursor.rowid();
  }

  /** The cursor, on the entry found. */
  IndexCursor found() {
    return cursor;
  }

  void insertNew(Frame f) {
    if (!holdsNew(f)) {
      return;
    }
    encode(f, newParts);
    cursor.insert(record.array(), record.offset(), record.length());
  }

  /** Builds the entry of OLD: what fills a new index. */
  @Nullable RecordWriter encodeOld(Frame f) {
    if (!holdsOld(f)) {
      return null;
    }
    encode(f, oldParts);
    return record;
  }

  private void encode(Frame f, Node[] parts) {
    record.reset();
    for (int i = 0; i < parts.length; i++) {
      int tag = parts[i].eval(f);
      if (tag == Tag.REAL && real[i]) {
        record.addCompactReal(f.bits);
      } else {
        record.add(tag, f.bits, f.ref);
      }
    }
    record.finish();
  }

  void deleteOld(Frame f) {
    if (!holdsOld(f)) {
      return;
    }
    probe.reset();
    for (Node each : oldParts) {
      int tag = each.eval(f);
      probe.add(tag, f.bits, f.ref);
    }
    if (cursor.seek(probe)) {
      cursor.delete();
    }
  }

  /** Moves to OLD's entry; false if the index has none. */
  boolean hasOld(Frame f) {
    probe.reset();
    for (Node each : oldParts) {
      int tag = each.eval(f);
      probe.add(tag, f.bits, f.ref);
    }
    return cursor.seek(probe);
  }

  /** After {@link #hasOld}: whether the next entry has the same key, which must be unique. */
  boolean oldIsRepeated(Frame f) {
    probe.reset();
    for (int i = 0; i < keyParts; i++) {
      int tag = oldParts[i].eval(f);
      if (tag == Tag.NULL) {
        return false;
      }
      probe.add(tag, f.bits, f.ref);
    }
    return cursor.next() && cursor.compare(probe) == 0;
  }

  /** Whether NEW and OLD have the very same entry. */
  boolean unchanged(Frame f) {
    if (holdsNew(f) != holdsOld(f)) {
      return false;
    }
    for (int i = 0; i < newParts.length; i++) {
      int tag = newParts[i].eval(f);
      long bits = f.bits;
      byte[] ref = f.ref;
      int oldTag = oldParts[i].eval(f);
      if (!sameValue(tag, bits, ref, oldTag, f.bits, f.ref)) {
        return false;
      }
    }
    return true;
  }

  /** Exact equality of two lanes. */
  static boolean sameValue(int tagA, long bitsA, byte[] refA, int tagB, long bitsB, byte[] refB) {
    if (tagA != tagB) {
      return false;
    }
    if (tagA == Tag.NULL) {
      return true;
    }
    if (tagA < Tag.TEXT) {
      return bitsA == bitsB;
    }
    int n = Tag.length(bitsA);
    if (n != Tag.length(bitsB)) {
      return false;
    }
    int a = Tag.offset(bitsA);
    int b = Tag.offset(bitsB);
    return Arrays.equals(refA, a, a + n, refB, b, b + n);
  }
}
