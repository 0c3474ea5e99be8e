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
 * ROWID}. It serves as many transactions of its store as the root stays where it is.
 */
public final class TreeTrace implements Trace {

  private static final KeyComparator ORDER = KeyComparator.binary(1);

  private final PageStore store;
  private final int root;
  private final IndexCursor cursor;
  private final KeyProbe probe = new KeyProbe();
  private final RecordReader reader = new RecordReader();
  private final RecordWriter writer = new RecordWriter();

  /** For the next walk, unless one is under way. */
  private @Nullable Walk spare;

  /** What a walk needs. */
  private static final class Walk {

    private final IndexCursor cursor;
    private final RecordReader entry = new RecordReader();
    private final KeyProbe probe = new KeyProbe();

    private Walk(PageStore store, int root) {
      cursor = new IndexCursor(store, root, ORDER);
    }
  }

  public TreeTrace(PageStore store, int root) {
    this.store = store;
    this.root = root;
    this.cursor = new IndexCursor(store, root, ORDER);
  }

  /** Whether this is the trace with a root in a store. */
  public boolean isOf(PageStore other, int otherRoot) {
    return store == other && root == otherRoot;
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
    Walk walk = begun();
    IndexCursor at = walk.cursor;
    boolean on = at.seekAtLeast(fill(walk.probe, from));
    while (on && visit(walk, prefix, visitor)) {
      on = at.next();
    }
    spare = walk;
  }

  @Override
  public void scanBack(byte[] prefix, byte[] below, Visitor visitor) {
    Walk walk = begun();
    IndexCursor at = walk.cursor;
    boolean on = at.seekLess(fill(walk.probe, below));
    while (on && visit(walk, prefix, visitor)) {
      on = at.previous();
    }
    spare = walk;
  }

  private Walk begun() {
    Walk known = spare;
    spare = null;
    return known == null ? new Walk(store, root) : known;
  }

  private static boolean visit(Walk walk, byte[] prefix, Visitor visitor) {
    byte[] key = column(walk.cursor, walk.entry, 0);
    return Prefixes.starts(key, prefix) && visitor.visit(key, column(walk.cursor, walk.entry, 1));
  }
}
