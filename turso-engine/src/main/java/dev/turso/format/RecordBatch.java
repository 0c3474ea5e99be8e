package dev.turso.format;

import dev.turso.value.Tag;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The rows of one leaf of a table, decoded a column at a time.
 *
 * <p>Whoever fills a batch {@link #begin begins} it and {@link #add adds} where each record is; whoever
 * reads it {@link #move moves} from row to row and {@link #load loads} columns. The first load of a
 * column decodes it for all rows, in a loop that does nothing else: four times as fast as to walk
 * each record's header when its row comes. A column that few rows of a leaf ask for, since a condition
 * turns most away, is decoded row by row instead; one leaf in {@value #DENSE_LEAVES} is watched for
 * that.
 *
 * <p>A record that is not wholly on the page, or strange in any way, is read by a {@link RecordReader},
 * which says what is wrong with it. Texts are UTF-8. Not thread-safe.
 *
 * @see <a href="https://www.sqlite.org/fileformat2.html#record_format">File format, 2.1</a>
 */
public final class RecordBatch {

  /** Reads the records that a batch leaves alone. */
  public interface Source {

    /** Points a reader at the record of the row with this number in the batch. */
    void read(int row, RecordReader reader);
  }

  private static final byte[] NOTHING = {};

  /** In place of a tag: ask the reader. */
  private static final byte STRANGE = -2;

  /** In place of where a record starts: ask the reader. */
  private static final int ELSEWHERE = -1;

  /** In place of a serial type: the record has no such column. No type is negative. */
  private static final int ABSENT_TYPE = Integer.MIN_VALUE;

  /** How many leaves a column is decoded whole before it is watched for one. */
  private static final int DENSE_LEAVES = 32;

  /** One row in so many must ask for a column for it to be decoded whole. */
  private static final int DENSE_SHARE = 4;

  /** What is known of one column. */
  private static final class Column {
    byte[] tags = NOTHING;
    long[] bits = {};

    /** After this column: the offsets, from the record's start, of the body above, of the header below. */
    int[] after = {};

    /** The leaf that the arrays are of. */
    long leaf;

    /** The leaf in which single rows have asked, and how many. */
    long watched;

    int asked;

    /** The leaf until which the column is decoded whole. */
    long denseUntil;

    void room(int rows) {
      if (tags.length < rows) {
        tags = new byte[rows + rows / 2];
        bits = new long[tags.length];
        after = new int[tags.length];
      }
    }
  }

  private final RecordReader reader = new RecordReader();
  private final Source source;
  private Column[] columns = new Column[16];
  private byte[] array = NOTHING;
  private long leaf;
  private int count;
  private int row;
  private long[] keys = new long[128];
  private int[] starts = new int[128];
  private int[] limits = new int[128];

  /** The row that the reader is on, or -1. */
  private int readerRow;

  private long bits;

  public RecordBatch(Source source) {
    this.source = source;
  }

  // ---- filling

  /** Forgets all rows; the next ones are in an array whose content does not change. */
  public void begin(byte[] array) {
    this.array = array;
    leaf++;
    count = 0;
    row = -1;
    readerRow = -1;
  }

  /** Adds a row whose record is at an offset of the array. */
  public void add(long key, int offset, int length) {
    int n = grown();
    keys[n] = key;
    int head = length > 0 ? array[offset] : -1;
    starts[n] = head > 0 && head <= length ? offset : ELSEWHERE;
    limits[n] = offset + length;
  }

  /** Adds a row whose record the source reads. */
  public void addElsewhere(long key) {
    int n = grown();
    keys[n] = key;
    starts[n] = ELSEWHERE;
  }

  private int grown() {
    int n = count++;
    if (n == keys.length) {
      keys = Arrays.copyOf(keys, n * 2);
      starts = Arrays.copyOf(starts, n * 2);
      limits = Arrays.copyOf(limits, n * 2);
    }
    return n;
  }

  // ---- reading

  /** How many rows there are. */
  public int count() {
    return count;
  }

  /** The current row; -1 before the first. */
  public int row() {
    return row;
  }

  /** Makes a row the current one and returns its key. */
  public long move(int to) {
    row = to;
    return keys[to];
  }

  /** The key of a row. */
  public long key(int of) {
    return keys[of];
  }

  /**
   * Gives a column of some rows.
   *
   * @return whether they are all integers; if not, what is in {@code out} means nothing
   */
  public boolean integers(int column, int[] rows, int n, long[] out) {
    Column c = decoded(column);
    boolean all = true;
    for (int i = 0; i < n; i++) {
      int at = rows[i];
      all &= c.tags[at] == Tag.INTEGER;
      out[i] = c.bits[at];
    }
    return all;
  }

  /** As {@link #integers} for numbers of both kinds, as REALs. */
  public boolean reals(int column, int[] rows, int n, double[] out) {
    Column c = decoded(column);
    boolean all = true;
    for (int i = 0; i < n; i++) {
      int at = rows[i];
      int tag = c.tags[at];
      long value = c.bits[at];
      all &= tag == Tag.INTEGER || tag == Tag.REAL;
      out[i] = tag == Tag.INTEGER ? (double) value : Double.longBitsToDouble(value);
    }
    return all;
  }

  /**
   * As {@link #integers} for texts.
   *
   * @param out slices, as {@link Tag} explains them
   * @return the array that they are of; null if they are not all texts on the page
   */
  public byte @Nullable [] texts(int column, int[] rows, int n, long[] out) {
    Column c = decoded(column);
    boolean all = true;
    for (int i = 0; i < n; i++) {
      int at = rows[i];
      all &= c.tags[at] == Tag.TEXT;
      out[i] = c.bits[at];
    }
    return all ? array : null;
  }

  private Column decoded(int column) {
    Column c = column(column);
    if (c.leaf != leaf) {
      decode(column, c);
    }
    return c;
  }

  /** Decodes a column of the current row: its tag, or {@link RecordReader#ABSENT}. */
  public int load(int column) {
    Column c = column < columns.length ? columns[column] : null;
    if (c != null && c.leaf == leaf) {
      int tag = c.tags[row];
      if (tag != STRANGE) {
        bits = c.bits[row];
        return tag;
      }
    }
    return loadSlowly(column);
  }

  /** The bits of the column loaded last, as {@link Tag} explains them. */
  public long bits() {
    return bits;
  }

  /** The array that the TEXT or BLOB loaded last from this column is a slice of. */
  public byte[] ref(int column) {
    Column c = columns[column];
    return c.leaf == leaf && c.tags[row] != STRANGE ? array : reader.ref();
  }

  private int loadSlowly(int column) {
    Column c = column(column);
    if (c.leaf == leaf) {
      return loadByReader(column);
    }
    if (isDense(c)) {
      decode(column, c);
      return load(column);
    }
    return starts[row] == ELSEWHERE ? loadByReader(column) : loadSingle(column);
  }

  private Column column(int column) {
    if (column >= columns.length) {
      columns = Arrays.copyOf(columns, Math.max(column + 1, columns.length * 2));
    }
    Column c = columns[column];
    if (c == null) {
      c = new Column();
      columns[column] = c;
    }
    return c;
  }

  /** Whether a column should be decoded for all rows of this leaf, going by what others asked for. */
  private boolean isDense(Column c) {
    if (leaf < c.denseUntil) {
      return true;
    }
    if (c.watched != leaf) {
      c.watched = leaf;
      c.asked = 0;
    }
    if (++c.asked * DENSE_SHARE > count) {
      c.denseUntil = leaf + DENSE_LEAVES;
    }
    return false;
  }

  private int loadByReader(int column) {
    if (readerRow != row) {
      source.read(row, reader);
      readerRow = row;
    }
    int tag = reader.load(column);
    bits = reader.bits();
    return tag;
  }

  private int loadSingle(int column) {
    int start = starts[row];
    if (readerRow != row) {
      reader.reset(array, start, limits[row] - start);
      readerRow = row;
    }
    return loadByReader(column);
  }

  // ---- a column of all rows

  private void decode(int column, Column c) {
    c.room(count);
    int from = column;
    while (from > 0 && (columns[from - 1] == null || columns[from - 1].leaf != leaf)) {
      from--;
    }
    Column before = from > 0 ? columns[from - 1] : null;
    byte[] a = array;
    byte[] tags = c.tags;
    for (int i = 0; i < count; i++) {
      int start = starts[i];
      if (start == ELSEWHERE || before != null && before.tags[i] == STRANGE) {
        tags[i] = STRANGE;
        continue;
      }
      int headEnd = start + a[start];
      int at = start + 1;
      int end = headEnd;
      if (before != null) {
        at = start + (before.after[i] & 0xffff);
        end = start + (before.after[i] >>> 16);
      }
      int type = ABSENT_TYPE;
      for (int k = from; k <= column; k++) {
        if (at >= headEnd) {
          type = ABSENT_TYPE;
          break;
        }
        type = a[at++];
        if (type < 0) {
          type = wideType(a, at++, headEnd);
        }
        end += SerialType.length(type);
      }
      c.after[i] = end - start << 16 | at - start;
      if (end > limits[i] || at >= headEnd && end != limits[i]) {
        tags[i] = STRANGE;
      } else if (SerialType.isInteger(type)) {
        c.bits[i] = SerialType.integer(type, a, end);
        tags[i] = Tag.INTEGER;
      } else {
        tags[i] = decodeOther(c.bits, i, type, end);
      }
    }
    c.leaf = leaf;
  }

  /** A type of two bytes, or one that is longer than any record on a page. */
  private static int wideType(byte[] a, int at, int headEnd) {
    int low = at < headEnd ? a[at] : -1;
    return low < 0 ? 1 << 24 : (a[at - 1] & 0x7f) << 7 | low;
  }

  private byte decodeOther(long[] into, int i, int type, int end) {
    if (type == SerialType.REAL) {
      long real = Bytes.i64(array, end - 8);
      into[i] = real;
      return (byte) (RecordReader.isNaN(real) ? Tag.NULL : Tag.REAL);
    }
    if (type >= SerialType.FIRST_BLOB) {
      int n = SerialType.length(type);
      into[i] = Tag.slice(end - n, n);
      return (byte) ((type & 1) == 0 ? Tag.BLOB : Tag.TEXT);
    }
    return (byte) (type == ABSENT_TYPE ? RecordReader.ABSENT : Tag.NULL);
  }
}
