package dev.turso.exec.write;

import dev.turso.btree.BTrees;
import dev.turso.btree.IndexCursor;
import dev.turso.btree.TableCursor;
import dev.turso.change.ChangeRecorder;
import dev.turso.change.Origin;
import dev.turso.error.ResultCode;
import dev.turso.error.SqlException;
import dev.turso.exec.expression.Frame;
import dev.turso.exec.expression.RowSource;
import dev.turso.format.KeyComparator;
import dev.turso.format.KeyProbe;
import dev.turso.format.RecordReader;
import dev.turso.format.RecordWriter;
import dev.turso.format.TextEncoding;
import dev.turso.pager.PageStore;
import dev.turso.schema.Index;
import dev.turso.schema.Table;
import dev.turso.value.Affinity;
import dev.turso.value.Register;
import dev.turso.value.Tag;
import org.jspecify.annotations.Nullable;

/**
 * The row-write primitive: puts NEW into a table, takes OLD out, keeps every index, and reports the
 * change if somebody wants it.
 *
 * <p>Checks nothing: who calls it has decided. OLD is the row of the last successful {@code seek};
 * one writer serves one running statement.
 */
public final class TableWriter {

  private static final byte[] NOTHING = {};
  private static final int RECORDED_AT_ONCE = 10_000;

  private final Table table;
  private final RowPlaces places;
  private final int oldSource;
  private final IndexWriter[] indexes;
  private final int[] order;
  private final boolean[] real;
  private final KeyProbe key = new KeyProbe();
  private final KeyProbe oldKey = new KeyProbe();
  private RecordWriter record = new RecordWriter();
  private @Nullable KeyComparator keyOrder;
  private @Nullable TableCursor rows;
  private @Nullable IndexCursor keyed;
  private @Nullable ChangeRecorder recorder;

  @SuppressWarnings("NullAway.Init") // open() sets it
  private PageStore store;

  @SuppressWarnings("NullAway.Init") // open() sets it
  private WriteContext context;

  private byte[] before = NOTHING;
  private int beforeLength;
  private long oldRowid;

  /**
   * @param places where NEW stands
   * @param oldSource the row source that stands for OLD
   * @param indexes writers of all indexes but the key of a WITHOUT ROWID table
   */
  public TableWriter(Table table, RowPlaces places, int oldSource, IndexWriter[] indexes) {
    this.table = table;
    this.places = places;
    this.oldSource = oldSource;
    this.indexes = indexes;
    this.order = table.storageOrder();
    this.real = new boolean[order.length];
    for (int i = 0; i < order.length; i++) {
      real[i] = table.columns().get(order[i]).affinity() == Affinity.REAL;
    }
  }

  public Table table() {
    return table;
  }

  public RowPlaces places() {
    return places;
  }

  public IndexWriter[] indexes() {
    return indexes;
  }

  /** The cursor of a rowid table. */
  private TableCursor rows() {
    assert rows != null;
    return rows;
  }

  /** The cursor of a WITHOUT ROWID table. */
  private IndexCursor keyed() {
    assert keyed != null;
    return keyed;
  }

  private KeyComparator keyOrder() {
    assert keyOrder != null;
    return keyOrder;
  }

  /** Gets cursors ready for one execution: those of the one before, where they still serve. */
  public void open(WriteContext ctx, Frame f) {
    context = ctx;
    PageStore current = ctx.store(table.databaseIndex());
    boolean fresh = current != store;
    store = current;
    TextEncoding encoding = ctx.encoding(table.databaseIndex());
    if (encoding != TextEncoding.UTF_8) {
      record = new RecordWriter(encoding);
      f.rows[oldSource].record = new RecordReader(encoding);
    }
    Index keyIndex = table.primaryKeyIndex();
    if (keyIndex == null) {
      rows = fresh || rows == null ? new TableCursor(store, table.rootPage()) : rows;
    } else if (fresh || keyed == null || keyOrder().encoding() != encoding) {
      keyOrder = Keys.order(keyIndex, encoding);
      keyed = new IndexCursor(store, table.rootPage(), keyOrder);
    }
    for (IndexWriter each : indexes) {
      each.open(store, encoding);
    }
    ChangeRecorder wanted = ctx.recorder(table.databaseIndex());
    recorder = wanted != null && wanted.records(table) ? wanted : null;
  }

  /** Makes the row with this rowid OLD; false if there is none. */
  public boolean seek(Frame f, long rowid) {
    return rows().seek(rowid) && loadRow(f);
  }

  private boolean loadRow(Frame f) {
    RowSource old = f.rows[oldSource];
    old.absent = false;
    old.deferred = null;
    old.rowid = rows().rowid();
    // The whole payload: OLD must outlive the removal of its overflow pages.
    old.record.reset(rows().array(), rows().payloadOffset(), rows().payloadLength());
    return true;
  }

  /** A probe to fill with the key of a WITHOUT ROWID table, for {@link #seekKey}. */
  public KeyProbe key() {
    return key;
  }

  /** Makes the row of a WITHOUT ROWID table that has the key in {@link #key} OLD. */
  public boolean seekKey(Frame f) {
    return keyed().seek(key) && loadKeyed(f);
  }

  private boolean loadKeyed(Frame f) {
    RowSource old = f.rows[oldSource];
    old.absent = false;
    old.deferred = null;
    old.record.reset(keyed().array(), keyed().payloadOffset(), keyed().payloadLength());
    return true;
  }

  /** Remembers which row OLD is, for {@link #seekOldAgain}. */
  void rememberOld(Frame f) {
    RowSource old = f.rows[oldSource];
    oldRowid = old.rowid;
    if (keyOrder != null) {
      oldKey.load(old.record, keyOrder().columns());
    }
  }

  /** Makes the remembered row OLD again; false if it has gone. */
  boolean seekOldAgain(Frame f) {
    return rows != null ? seek(f, oldRowid) : keyed().seek(oldKey) && loadKeyed(f);
  }

  /** Puts OLD's key into a probe, and returns its rowid if it has one. */
  long nameOld(Frame f, KeyProbe into) {
    RowSource old = f.rows[oldSource];
    if (keyOrder != null) {
      into.load(old.record, keyOrder().columns());
    }
    return old.rowid;
  }

  /** Makes the row that {@link #nameOld} named OLD again; false if it has gone. */
  boolean seekNamed(Frame f, long rowid, KeyProbe named) {
    return rows != null ? seek(f, rowid) : keyed().seek(named) && loadKeyed(f);
  }

  /** Whether the table has a row with NEW's rowid, other than the remembered one if {@code update}. */
  boolean hasRowidOfNew(Frame f, boolean update) {
    long rowid = places.rowid(f).bits;
    return !(update && rowid == oldRowid) && rows().seek(rowid);
  }

  /** Whether the table has a row with NEW's key, other than the remembered one if {@code update}. */
  boolean hasKeyOfNew(Frame f, boolean update) {
    loadKeyOfNew(f);
    return keyed().seek(key) && !(update && keyed().compare(oldKey) == 0);
  }

  private void loadKeyOfNew(Frame f) {
    key.reset();
    for (int i = 0; i < keyOrder().columns(); i++) {
      Register r = places.column(f, order[i]);
      key.add(r.tag, r.bits, r.ref);
    }
  }

  /** After {@link #hasRowidOfNew} or {@link #hasKeyOfNew}: makes the row found OLD. */
  boolean seekRowLikeNew(Frame f) {
    if (rows != null) {
      return seek(f, places.rowid(f).bits);
    }
    loadKeyOfNew(f);
    return seekKey(f);
  }

  /**
   * Whether a unique index has an entry with NEW's key that belongs to another row than the
   * remembered one if {@code update}.
   */
  boolean hasDuplicate(Frame f, IndexWriter index, boolean update) {
    if (!index.holdsNew(f) || !index.findDuplicate(f)) {
      return false;
    }
    if (!update) {
      return true;
    }
    return rows != null ? index.foundRowid() != oldRowid : !foundIsRemembered(index);
  }

  private boolean foundIsRemembered(IndexWriter index) {
    loadKeyFound(index);
    for (int i = 0; i < key.count(); i++) {
      if (!IndexWriter.sameValue(
          key.tag(i), key.bits(i), key.ref(i), oldKey.tag(i), oldKey.bits(i), oldKey.ref(i))) {
        return false;
      }
    }
    return true;
  }

  /** Makes the row that an index entry names OLD. */
  boolean seekFound(Frame f, IndexWriter index) {
    if (rows != null) {
      return seek(f, index.foundRowid());
    }
    loadKeyFound(index);
    return seekKey(f);
  }

  private void loadKeyFound(IndexWriter index) {
    RecordReader entry = new RecordReader(keyOrder().encoding());
    index.found().read(entry);
    key.reset();
    for (int i = 0; i < keyOrder().columns(); i++) {
      int tag = entry.load(positionInEntry(index.index(), i));
      key.add(tag, entry.bits(), entry.ref());
    }
  }

  private int positionInEntry(Index index, int keyPart) {
    int column = table.primaryKey().get(keyPart).column();
    String collation = table.primaryKey().get(keyPart).collation().name();
    int any = -1;
    for (int i = 0; i < index.storedParts().size(); i++) {
      if (index.storedParts().get(i).column() == column) {
        if (index.storedParts().get(i).collation().name().equals(collation)) {
          return i;
        }
        any = i;
      }
    }
    return any;
  }

  /** The first free rowid after the last row; random ones once the largest is taken. */
  public long newRowid() {
    if (!rows().last()) {
      return 1;
    }
    long last = rows().rowid();
    if (last < Long.MAX_VALUE) {
      return last + 1;
    }
    for (int i = 0; i < 100; i++) {
      long candidate = (context.random() & Long.MAX_VALUE >> 1) + 1;
      if (!rows().seek(candidate)) {
        return candidate;
      }
    }
    throw new SqlException(ResultCode.FULL, "database or disk is full");
  }

  /** The largest rowid in the table, 0 if it is empty. */
  long lastRowid() {
    return rows().last() ? rows().rowid() : 0;
  }

  /** Puts NEW into the table and its indexes. */
  public void insert(Frame f, Origin origin, boolean rowidChosen) {
    for (IndexWriter each : indexes) {
      each.insertNew(f);
    }
    encode(f);
    store(f);
    if (recorder != null) {
      recorder.inserted(
          table,
          origin,
          rowidChosen,
          rowidOfNew(f),
          record.array(),
          record.offset(),
          record.length());
    }
  }

  /** Takes OLD out of the table and its indexes. */
  public void delete(Frame f, Origin origin) {
    keepBefore();
    for (IndexWriter each : indexes) {
      each.deleteOld(f);
    }
    long rowid = f.rows[oldSource].rowid;
    remove();
    if (recorder != null) {
      recorder.deleted(table, origin, rowid, before, 0, beforeLength);
    }
  }

  /**
   * Puts NEW in the place of OLD.
   *
   * @param touched which indexes may hold another entry for NEW than for OLD
   * @param keyChanged whether the rowid or the key may have changed
   */
  public void update(Frame f, Origin origin, boolean[] touched, boolean keyChanged) {
    keepBefore();
    for (int i = 0; i < indexes.length; i++) {
      if ((touched[i] || keyChanged) && !indexes[i].unchanged(f)) {
        indexes[i].deleteOld(f);
        indexes[i].insertNew(f);
      }
    }
    long oldRowid = f.rows[oldSource].rowid;
    encode(f);
    if (keyChanged) {
      remove();
    }
    store(f);
    if (recorder != null) {
      recorder.updated(
          table,
          origin,
          oldRowid,
          before,
          0,
          beforeLength,
          rowidOfNew(f),
          record.array(),
          record.offset(),
          record.length());
    }
  }

  /** Whether the changes of this table are recorded in the transaction that it was opened in. */
  boolean isRecorded() {
    return recorder != null;
  }

  /** Removes every row and every index entry; the number of rows there were. */
  public long clear(Frame f, Origin origin) {
    if (recorder != null) {
      if (hasMoreRowsThan(RECORDED_AT_ONCE)) {
        return deleteAll(f, origin);
      }
      recordAll(recorder, origin);
    }
    BTrees trees = new BTrees(store);
    for (IndexWriter each : indexes) {
      trees.clear(each.index().rootPage());
    }
    return trees.clear(table.rootPage());
  }

  private boolean hasMoreRowsThan(int most) {
    boolean more = rows != null ? rows.first() : keyed().first();
    for (int n = 0; more && n < most; n++) {
      more = rows != null ? rows.next() : keyed().next();
    }
    return more;
  }

  /** So many rows that their changes must not all wait for the end. */
  private long deleteAll(Frame f, Origin origin) {
    context.protect();
    long n = 0;
    while (rows != null ? rows.first() && loadRow(f) : keyed().first() && loadKeyed(f)) {
      f.tick();
      delete(f, origin);
      context.rowWritten(table.databaseIndex());
      n++;
    }
    return n;
  }

  private void recordAll(ChangeRecorder to, Origin origin) {
    boolean more = rows != null ? rows.first() : keyed().first();
    while (more) {
      keepBefore();
      to.deleted(table, origin, rows != null ? rows.rowid() : 0, before, 0, beforeLength);
      more = rows != null ? rows.next() : keyed().next();
    }
  }

  private long rowidOfNew(Frame f) {
    return rows == null ? 0 : places.rowid(f).bits;
  }

  private void encode(Frame f) {
    record.reset();
    int alias = table.rowidAlias();
    for (int i = 0; i < order.length; i++) {
      Register r = f.slots[places.base() + order[i]];
      if (order[i] == alias) {
        record.addNull();
      } else if (r.tag == Tag.REAL && real[i]) {
        record.addCompactReal(r.bits);
      } else {
        record.add(r.tag, r.bits, r.ref);
      }
    }
    record.finish();
  }

  private void store(Frame f) {
    if (rows != null) {
      rows().insert(places.rowid(f).bits, record.array(), record.offset(), record.length());
    } else {
      keyed().insert(record.array(), record.offset(), record.length());
    }
  }

  private void remove() {
    if (rows != null) {
      rows().delete();
    } else {
      keyed().delete();
    }
  }

  /** Copies OLD's record, for the change set. */
  private void keepBefore() {
    if (recorder == null) {
      return;
    }
    byte[] array = rows != null ? rows.array() : keyed().array();
    int offset = rows != null ? rows.payloadOffset() : keyed().payloadOffset();
    beforeLength = rows != null ? rows.payloadLength() : keyed().payloadLength();
    if (before.length < beforeLength) {
      before = new byte[Math.max(beforeLength, 256)];
    }
    System.arraycopy(array, offset, before, 0, beforeLength);
  }
}
