package dev.turso.btree;

import dev.turso.format.Bytes;
import dev.turso.format.KeyComparator;
import dev.turso.format.KeyProbe;
import dev.turso.format.RecordReader;
import dev.turso.format.RecordWriter;
import dev.turso.value.Tag;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SplittableRandom;

/** Nanoseconds per row of the cursors' main roads, over pages in memory: run {@code main}. */
public final class BTreeBenchmark {

  private static final int ROWS = Integer.getInteger("turso.rows", 1_000_000);

  /** The best time of each task over all rounds: other processes share the machine. */
  private static final Map<String, Double> BEST = new LinkedHashMap<>();

  private final byte[] text = "0123456789abcdef".getBytes(StandardCharsets.UTF_8);
  private final byte[] blob = new byte[32];

  private BTreeBenchmark() {}

  /** Arguments: the task or {@code all}, and how many rounds. */
  public static void main(String[] args) {
    int rounds = args.length > 1 ? Integer.parseInt(args[1]) : 4;
    for (int round = 0; round < rounds; round++) {
      new BTreeBenchmark().run(args.length > 0 ? args[0] : "all");
    }
    BEST.forEach((what, nanos) -> System.out.printf("%-44s %7.1f ns/row%n", what, nanos));
  }

  private void run(String task) {
    MemoryPages store = MemoryPages.create(4096, 0, false);
    boolean all = task.equals("all");
    int root = new BTrees(store).createTable();
    if (all || !task.equals("random")) {
      appendRows(store, root);
      store.commit();
    }
    TableCursor cursor = new TableCursor(store, root);
    if (all || task.equals("scan")) {
      touch(store);
      byHand(store);
      scan(cursor);
      rowids(cursor);
      heads(cursor);
      sum(cursor, 1);
      sum(cursor, 3);
      all(cursor);
      count(cursor);
    }
    if (all || task.equals("seek")) {
      seeks(cursor);
    }
    if (all || task.equals("index")) {
      index(store);
    }
    if (all || task.equals("delete")) {
      deleteRange(store, root);
    }
    if (all || task.equals("random")) {
      randomInserts();
    }
  }

  private static long now() {
    return System.nanoTime();
  }

  private static void report(String what, long start, int rows) {
    BEST.merge(what, (now() - start) / (double) rows, Math::min);
  }

  private void row(RecordWriter writer, int i) {
    writer
        .reset()
        .addNull()
        .addInteger(i * 7L % 100_003)
        .addReal(Double.doubleToRawLongBits(i * 0.5))
        .addInteger(i % 1000)
        .addText(text, 0, text.length)
        .addBlob(blob, 0, blob.length)
        .finish();
  }

  private void appendRows(MemoryPages store, int root) {
    long start = now();
    TableCursor cursor = new TableCursor(store, root);
    RecordWriter writer = new RecordWriter();
    for (int i = 1; i <= ROWS; i++) {
      row(writer, i);
      cursor.insert(i, writer.array(), writer.offset(), writer.length());
    }
    report("append, record included", start, ROWS);
  }

  private static void scan(TableCursor cursor) {
    long start = now();
    int n = 0;
    for (boolean on = cursor.first(); on; on = cursor.next()) {
      n++;
    }
    report("scan, next() only", start, n);
  }

  /** The floor: one byte of every cache line of every page. */
  private static void touch(MemoryPages store) {
    long start = now();
    int sum = 0;
    for (int i = 1; i <= store.pageCount(); i++) {
      byte[] page = store.read(i);
      for (int j = 0; j < page.length; j += 64) {
        sum += page[j];
      }
    }
    report(sum == 0 ? "" : "touch all pages", start, ROWS);
  }

  /** The floor: a loop that knows the layout of these very rows. */
  private static void byHand(MemoryPages store) {
    long start = now();
    long sum = 0;
    int n = 0;
    for (int i = 2; i <= store.pageCount(); i++) {
      byte[] page = store.read(i);
      if (page[0] != 13) {
        continue;
      }
      int count = Bytes.u16(page, 3);
      for (int c = 0; c < count; c++) {
        int at = Bytes.u16(page, 8 + 2 * c) + 1;
        while (page[at++] < 0) {}
        int header = page[at];
        int type = page[at + 2];
        int body = at + header;
        switch (type) {
          case 1:
            sum += page[body];
            break;
          case 2:
            sum += Bytes.i16(page, body);
            break;
          case 3:
            sum += Bytes.i24(page, body);
            break;
          default:
            sum += type - 8;
        }
        n++;
      }
    }
    report(sum == 0 ? "" : "SUM of column 1 by hand", start, n);
  }

  private static void rowids(TableCursor cursor) {
    long start = now();
    long sum = 0;
    int n = 0;
    for (boolean on = cursor.first(); on; on = cursor.next()) {
      sum += cursor.rowid();
      n++;
    }
    report(sum == 0 ? "" : "scan with rowid", start, n);
  }

  private static void heads(TableCursor cursor) {
    long start = now();
    RecordReader reader = new RecordReader();
    long sum = 0;
    int n = 0;
    for (boolean on = cursor.first(); on; on = cursor.next()) {
      cursor.read(reader);
      sum += reader.array().length;
      n++;
    }
    report(sum == 0 ? "" : "scan, read() without a column", start, n);
  }

  private static void sum(TableCursor cursor, int column) {
    long start = now();
    RecordReader reader = new RecordReader();
    long sum = 0;
    int n = 0;
    for (boolean on = cursor.first(); on; on = cursor.next()) {
      cursor.read(reader);
      if (reader.load(column) == Tag.INTEGER) {
        sum += reader.bits();
      }
      n++;
    }
    report(sum == 0 ? "" : "SUM of column " + column, start, n);
  }

  private static void all(TableCursor cursor) {
    long start = now();
    RecordReader reader = new RecordReader();
    long sum = 0;
    int n = 0;
    for (boolean on = cursor.first(); on; on = cursor.next()) {
      cursor.read(reader);
      sum += cursor.rowid();
      for (int i = 1; i < 6; i++) {
        if (reader.load(i) != Tag.NULL) {
          sum += reader.bits();
        }
      }
      n++;
    }
    report("all six columns", start, n);
  }

  private static void seeks(TableCursor cursor) {
    SplittableRandom random = new SplittableRandom(7);
    long start = now();
    int found = 0;
    for (int i = 0; i < ROWS; i++) {
      found += cursor.seek(1 + random.nextInt(ROWS)) ? 1 : 0;
    }
    report(found == 0 ? "" : "random seek by rowid", start, ROWS);
    start = now();
    for (int i = 1; i <= ROWS; i++) {
      found += cursor.seek(i) ? 1 : 0;
    }
    report("ascending seek by rowid", start, ROWS);
  }

  private static void count(TableCursor cursor) {
    long start = now();
    long n = cursor.count();
    report("count()", start, ROWS);
  }

  private static long mix(long i) {
    return i * 0x9E3779B97F4A7C15L >>> 20;
  }

  private void index(MemoryPages store) {
    int root = new BTrees(store).createIndex();
    IndexCursor cursor = new IndexCursor(store, root, KeyComparator.binary(2));
    RecordWriter writer = new RecordWriter();
    int n = ROWS / 4;
    long start = now();
    for (int i = 0; i < n; i++) {
      writer.reset().addInteger(i).addInteger(i).finish();
      cursor.insert(writer.array(), writer.offset(), writer.length());
    }
    report("index append", start, n);
    root = new BTrees(store).createIndex();
    cursor = new IndexCursor(store, root, KeyComparator.binary(2));
    start = now();
    for (int i = 0; i < n; i++) {
      writer.reset().addInteger(mix(i)).addInteger(i).finish();
      cursor.insert(writer.array(), writer.offset(), writer.length());
    }
    report("index insert, random", start, n);
    store.commit();
    KeyProbe probe = new KeyProbe();
    int found = 0;
    start = now();
    for (int i = 0; i < n; i++) {
      found += cursor.seek(probe.reset().addInteger(mix(i))) ? 1 : 0;
    }
    report(found == 0 ? "" : "index seek by prefix", start, n);
    start = now();
    long sum = 0;
    for (boolean on = cursor.first(); on; on = cursor.next()) {
      sum += cursor.rowid();
    }
    report(sum == 0 ? "" : "index scan with rowid", start, n);
    start = now();
    for (int i = 0; i < n; i++) {
      if (cursor.seek(probe.reset().addInteger(mix(i)))) {
        cursor.delete();
      }
    }
    report("index delete, random", start, n);
  }

  private static void deleteRange(MemoryPages store, int root) {
    store.commit();
    TableCursor cursor = new TableCursor(store, root);
    long start = now();
    int n = 0;
    for (boolean on = cursor.first(); on; on = cursor.next()) {
      cursor.delete();
      n++;
    }
    report("delete, ascending", start, n);
  }

  private void randomInserts() {
    MemoryPages store = MemoryPages.create(4096, 0, false);
    int root = new BTrees(store).createTable();
    TableCursor cursor = new TableCursor(store, root);
    RecordWriter writer = new RecordWriter();
    int n = ROWS / 4;
    long start = now();
    for (int i = 0; i < n; i++) {
      row(writer, i);
      cursor.insert(mix(i), writer.array(), writer.offset(), writer.length());
    }
    report("insert, random rowids", start, n);
  }
}
