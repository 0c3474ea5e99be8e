package dev.turso.dbsp.trace;

import dev.turso.btree.IndexCursor;
import dev.turso.format.KeyComparator;
import dev.turso.format.KeyProbe;
import dev.turso.format.RecordReader;
import dev.turso.format.RecordWriter;
import dev.turso.pager.PageStore;
import dev.turso.value.Tag;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A trace in the database file: the B-tree of a table {@code (k BLOB PRIMARY KEY, v BLOB) WITHOUT
 * ROWID}.
 */
public final class TreeTrace implements Trace {

  private static final KeyComparator ORDER = KeyComparator.binary(1);

  private final PageStore store;
  private final int root;
  private final IndexCursor cursor;
  private final KeyProbe probe = new KeyProbe();
  private final RecordReader reader = new RecordReader();
  private final RecordWriter writer = new RecordWriter();

  public TreeTrace(PageStore store, int root) {
    this.store = store;
    this.root = root;
    this.cursor = new IndexCursor(store, root, ORDER);
  }

  private static KeyProbe fill(KeyProbe probe, byte[] key) {
    return probe.reset().add(Tag.BLOB, Tag.slice(0, key.length), key);
  }

  @Override
  public byte @Nullable [] get(byte[] key) {
    return cursor.seek(fill(probe, key)) ? column(cursor, reader, 1) : null;
  }

  private static byte[] column(IndexCursor at, RecordReader reader, int column) {
    at.read(reader);
    reader.load(column);
    int from = Tag.offset(reader.bits());
    return Arrays.copyOfRange(reader.ref(), from, from + Tag.length(reader.bits()));
  }

  @Override
  public void put(byte[] key, byte[] value) {
    writer.reset();
    writer.addBlob(key, 0, key.length);
    writer.addBlob(value, 0, value.length);
    int length = writer.finish();
    cursor.insert(writer.array(), writer.offset(), length);
  }

  @Override
  public void remove(byte[] key) {
    if (cursor.seek(fill(probe, key))) {
      cursor.delete();
    }
  }

  @Override
  public void scan(byte[] prefix, byte[] from, Visitor visitor) {
    IndexCursor walk = new IndexCursor(store, root, ORDER);
    RecordReader entry = new RecordReader();
    for (boolean on = walk.seekAtLeast(fill(new KeyProbe(), from)); on; on = walk.next()) {
      byte[] key = column(walk, entry, 0);
      if (!Prefixes.starts(key, prefix) || !visitor.visit(key, column(walk, entry, 1))) {
        return;
      }
    }
  }

  @Override
  public void scanBack(byte[] prefix, byte[] below, Visitor visitor) {
    IndexCursor walk = new IndexCursor(store, root, ORDER);
    RecordReader entry = new RecordReader();
    for (boolean on = walk.seekLess(fill(new KeyProbe(), below)); on; on = walk.previous()) {
      byte[] key = column(walk, entry, 0);
      if (!Prefixes.starts(key, prefix) || !visitor.visit(key, column(walk, entry, 1))) {
        return;
      }
    }
  }
}
