package dev.turso.btree;

import static org.assertj.core.api.Assertions.assertThat;

import dev.turso.format.KeyComparator;
import dev.turso.format.KeyProbe;
import dev.turso.format.RecordReader;
import dev.turso.format.RecordWriter;
import dev.turso.format.TextEncoding;
import dev.turso.value.Collation;
import dev.turso.value.Tag;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Trees under random operations equal a model, and native SQLite finds nothing wrong with them. */
class RandomTreesProperties {

  private static final int OPERATIONS = Integer.getInteger("turso.operations", 6000);

  private long seed;
  private Random random;
  private MemoryPages store;

  private void begin(String name, int pageSize, int reserved, boolean autoVacuum) {
    seed = Long.getLong("turso.seed", java.time.LocalDate.now().toEpochDay());
    System.out.println(name + " page size " + pageSize + " seed " + seed);
    random = new Random(seed);
    store = MemoryPages.create(pageSize, reserved, autoVacuum);
  }

  @ParameterizedTest
  @CsvSource({
    "512,0,false",
    "512,32,true",
    "1024,0,true",
    "4096,0,false",
    "4096,12,true",
    "65536,0,false"
  })
  void tableTreeEqualsModel(int pageSize, int reserved, boolean autoVacuum) {
    begin("table", pageSize, reserved, autoVacuum);
    int root = addSchema("t", "CREATE TABLE t(a)", true);
    NavigableMap<Long, byte[]> model = new TreeMap<>();
    TableCursor writer = new TableCursor(store, root);
    TableCursor scanner = new TableCursor(store, root);
    long range = 1L << 5 + random.nextInt(12);
    double growth = 0.6;
    for (int i = 0; i < OPERATIONS; i++) {
      if (random.nextInt(OPERATIONS / 5) == 0) {
        growth = random.nextDouble();
      }
      if (random.nextInt(50) == 0) {
        store.commit();
      }
      step(writer, scanner, model, range, growth);
    }
    check(writer, model);
    if (model.isEmpty()) {
      return;
    }
    assertThat(new TableCursor(store, root).count()).isEqualTo(model.size());
    checkNatively("SELECT count(*), sum(id), sum(length(a)) FROM t", nativeSums(model));
  }

  private void step(
      TableCursor writer,
      TableCursor scanner,
      NavigableMap<Long, byte[]> model,
      long range,
      double growth) {
    long rowid = random.nextInt(3) == 0 && !model.isEmpty() ? model.lastKey() + 1 : key(range);
    if (random.nextDouble() < growth) {
      byte[] record = record(payload());
      writer.insert(rowid, record, 0, record.length);
      model.put(rowid, record);
      assertThat(writer.rowid()).isEqualTo(rowid);
      assertThat(payload(writer)).isEqualTo(record);
    } else if (writer.seekAtLeast(rowid)) {
      Map.Entry<Long, byte[]> expected = model.ceilingEntry(rowid);
      assertThat(writer.rowid()).isEqualTo(expected.getKey());
      model.remove(expected.getKey());
      writer.delete();
      Map.Entry<Long, byte[]> after = model.higherEntry(expected.getKey());
      boolean forward = random.nextBoolean();
      if (!forward) {
        after = model.lowerEntry(expected.getKey());
      }
      assertThat(forward ? writer.next() : writer.previous()).isEqualTo(after != null);
      if (after != null) {
        assertThat(writer.rowid()).isEqualTo(after.getKey());
        assertThat(payload(writer)).isEqualTo(after.getValue());
      }
    } else {
      assertThat(model.ceilingKey(rowid)).isNull();
    }
    move(scanner, model, key(range));
  }

  /** Moves a cursor that changes nothing, but whose tree changes under it. */
  private void move(TableCursor scanner, NavigableMap<Long, byte[]> model, long rowid) {
    Map.Entry<Long, byte[]> expected;
    boolean found;
    switch (random.nextInt(8)) {
      case 0:
        found = scanner.seek(rowid);
        expected = model.containsKey(rowid) ? model.ceilingEntry(rowid) : null;
        break;
      case 1:
        found = scanner.seekAtMost(rowid);
        expected = model.floorEntry(rowid);
        break;
      case 2:
        found = scanner.seekLess(rowid);
        expected = model.lowerEntry(rowid);
        break;
      case 3:
        found = scanner.seekGreater(rowid);
        expected = model.higherEntry(rowid);
        break;
      case 4:
        found = scanner.last();
        expected = model.lastEntry();
        break;
      default:
        if (!scanner.onRow()) {
          found = scanner.first();
          expected = model.firstEntry();
          break;
        }
        long at = scanner.rowid();
        found = scanner.next();
        expected = model.higherEntry(at);
    }
    assertThat(found).as("seed %d", seed).isEqualTo(expected != null);
    if (found) {
      assertThat(scanner.rowid()).as("seed %d", seed).isEqualTo(expected.getKey());
      assertThat(payload(scanner)).as("seed %d", seed).isEqualTo(expected.getValue());
    }
  }

  private long key(long range) {
    return switch (random.nextInt(20)) {
      case 0 -> random.nextLong();
      case 1 -> -random.nextLong(range);
      default -> random.nextLong(range);
    };
  }

  private static byte[] payload(TreeCursor cursor) {
    int from = cursor.payloadOffset();
    return Arrays.copyOfRange(cursor.array(), from, from + cursor.payloadLength());
  }

  private void check(TableCursor cursor, NavigableMap<Long, byte[]> model) {
    boolean on = cursor.first();
    for (Map.Entry<Long, byte[]> entry : model.entrySet()) {
      assertThat(on).isTrue();
      assertThat(cursor.rowid()).isEqualTo(entry.getKey());
      assertThat(payload(cursor)).isEqualTo(entry.getValue());
      on = cursor.next();
    }
    assertThat(on).isFalse();
    on = cursor.last();
    for (Long rowid : model.descendingKeySet()) {
      assertThat(on).isTrue();
      assertThat(cursor.rowid()).isEqualTo(rowid);
      on = cursor.previous();
    }
    assertThat(on).isFalse();
  }

  private String nativeSums(NavigableMap<Long, byte[]> model) {
    long length = 0;
    long sum = 0;
    RecordReader reader = new RecordReader();
    for (Map.Entry<Long, byte[]> entry : model.entrySet()) {
      reader.reset(entry.getValue(), 0, entry.getValue().length);
      assertThat(reader.load(0)).isEqualTo(Tag.BLOB);
      length += Tag.length(reader.bits());
      sum ^= entry.getKey();
    }
    return model.size() + "|" + length;
  }

  private void checkNatively(String query, String expected) {
    if (!Shell.present()) {
      System.out.println("no sqlite3 on the path: native check skipped");
      return;
    }
    byte[] file = store.toFile();
    String sums = query.contains(" t") ? "SELECT count(*), sum(length(a)) FROM t" : query;
    assertThat(Shell.run(file, "PRAGMA integrity_check;\n" + sums + ";"))
        .as("seed %d", seed)
        .isEqualTo("ok\n" + expected);
    assertThat(Shell.run(file, "DELETE FROM t WHERE rowid % 2; VACUUM; PRAGMA integrity_check;"))
        .isEqualTo("ok");
  }

  private byte[] payload() {
    int size =
        switch (random.nextInt(12)) {
          case 0 -> random.nextInt(4 * store.pageSize());
          case 1 -> random.nextInt(store.pageSize());
          default -> random.nextInt(Math.min(200, store.pageSize() / 4));
        };
    byte[] bytes = new byte[size];
    random.nextBytes(bytes);
    return bytes;
  }

  private static byte[] record(byte[] blob) {
    RecordWriter writer = new RecordWriter();
    writer.addBlob(blob, 0, blob.length).finish();
    return writer.toByteArray();
  }

  /** Writes the row of the schema table by hand and returns the root of the new tree. */
  private int addSchema(String name, String sql, boolean table) {
    BTrees trees = new BTrees(store);
    int root = table ? trees.createTable() : trees.createIndex();
    RecordWriter writer = new RecordWriter();
    byte[] text = sql.getBytes(StandardCharsets.UTF_8);
    byte[] nameBytes = name.getBytes(StandardCharsets.UTF_8);
    byte[] type = "table".getBytes(StandardCharsets.UTF_8);
    writer
        .addText(type, 0, type.length)
        .addText(nameBytes, 0, nameBytes.length)
        .addText(nameBytes, 0, nameBytes.length)
        .addInteger(root)
        .addText(text, 0, text.length)
        .finish();
    TableCursor schema = new TableCursor(store, 1);
    long rowid = schema.last() ? schema.rowid() + 1 : 1;
    schema.insert(rowid, writer.array(), writer.offset(), writer.length());
    return root;
  }

  @ParameterizedTest
  @CsvSource({
    "512,0,false",
    "512,32,true",
    "1024,0,true",
    "4096,0,false",
    "4096,12,true",
    "65536,0,false"
  })
  void indexTreeEqualsModel(int pageSize, int reserved, boolean autoVacuum) {
    begin("index", pageSize, reserved, autoVacuum);
    String sql = "CREATE TABLE t(k COLLATE NOCASE, n, a, PRIMARY KEY(k, n DESC)) WITHOUT ROWID";
    int root = addSchema("t", sql, false);
    KeyComparator order =
        new KeyComparator(
            new Collation[] {Collation.NOCASE, Collation.BINARY},
            new boolean[] {false, true},
            TextEncoding.UTF_8);
    NavigableMap<byte[], byte[]> model =
        new TreeMap<>((x, y) -> order.compare(x, 0, x.length, y, 0, y.length));
    IndexCursor writer = new IndexCursor(store, root, order);
    IndexCursor scanner = new IndexCursor(store, root, order);
    int range = 1 << 3 + random.nextInt(10);
    double growth = 0.6;
    for (int i = 0; i < OPERATIONS; i++) {
      if (random.nextInt(OPERATIONS / 5) == 0) {
        growth = random.nextDouble();
      }
      if (random.nextInt(50) == 0) {
        store.commit();
      }
      step(writer, model, range, growth);
      move(scanner, model, range);
    }
    checkIndex(writer, model);
    assertThat(new IndexCursor(store, root, order).count()).isEqualTo(model.size());
    if (!model.isEmpty()) {
      checkRows(model.size());
    }
  }

  private void checkRows(int rows) {
    if (!Shell.present()) {
      System.out.println("no sqlite3 on the path: native check skipped");
      return;
    }
    byte[] file = store.toFile();
    assertThat(Shell.run(file, "PRAGMA integrity_check; SELECT count(*) FROM t;"))
        .as("seed %d", seed)
        .isEqualTo("ok\n" + rows);
    assertThat(Shell.run(file, "DELETE FROM t WHERE n % 2; VACUUM; PRAGMA integrity_check;"))
        .isEqualTo("ok");
  }

  private void step(
      IndexCursor writer, NavigableMap<byte[], byte[]> model, int range, double growth) {
    byte[] record = indexRecord(range);
    if (random.nextDouble() < growth) {
      writer.insert(record, 0, record.length);
      model.remove(record);
      model.put(record, record);
      assertThat(payload(writer)).isEqualTo(record);
    } else if (writer.seekAtLeast(probe(record, 2))) {
      byte[] expected = model.ceilingKey(record);
      assertThat(payload(writer)).as("seed %d", seed).isEqualTo(expected);
      model.remove(expected);
      writer.delete();
      boolean forward = random.nextBoolean();
      byte[] after = forward ? model.higherKey(expected) : model.lowerKey(expected);
      assertThat(forward ? writer.next() : writer.previous()).isEqualTo(after != null);
      if (after != null) {
        assertThat(payload(writer)).as("seed %d", seed).isEqualTo(after);
      }
    } else {
      assertThat(model.ceilingKey(record)).isNull();
    }
  }

  private void move(IndexCursor scanner, NavigableMap<byte[], byte[]> model, int range) {
    byte[] record = indexRecord(range);
    KeyProbe probe = probe(record, 2);
    byte[] expected;
    boolean found;
    switch (random.nextInt(9)) {
      case 0:
        found = scanner.seek(probe);
        expected = model.containsKey(record) ? model.floorKey(record) : null;
        break;
      case 1:
        found = scanner.seekAtMost(probe);
        expected = model.floorKey(record);
        break;
      case 2:
        found = scanner.seekLess(probe);
        expected = model.lowerKey(record);
        break;
      case 3:
        found = scanner.seekGreater(probe);
        expected = model.higherKey(record);
        break;
      case 4:
        found = scanner.last();
        expected = model.isEmpty() ? null : model.lastKey();
        break;
      case 5:
        KeyProbe prefix = probe(record, 1);
        found = scanner.seek(prefix);
        expected = first(model, prefix, 0);
        break;
      default:
        if (!scanner.onRow()) {
          found = scanner.first();
          expected = model.isEmpty() ? null : model.firstKey();
          break;
        }
        byte[] at = payload(scanner);
        found = scanner.next();
        expected = model.higherKey(at);
    }
    assertThat(found).as("seed %d", seed).isEqualTo(expected != null);
    if (found) {
      assertThat(payload(scanner)).as("seed %d", seed).isEqualTo(expected);
    }
  }

  private static byte[] first(NavigableMap<byte[], byte[]> model, KeyProbe prefix, int sign) {
    KeyComparator order =
        new KeyComparator(
            new Collation[] {Collation.NOCASE}, new boolean[] {false}, TextEncoding.UTF_8);
    for (byte[] key : model.keySet()) {
      int c = Integer.signum(order.compare(key, 0, key.length, prefix));
      if (c == sign) {
        return key;
      }
      if (c > sign) {
        return null;
      }
    }
    return null;
  }

  private static KeyProbe probe(byte[] record, int columns) {
    RecordReader reader = new RecordReader();
    reader.reset(record, 0, record.length);
    return new KeyProbe().load(reader, columns);
  }

  private byte[] indexRecord(int range) {
    RecordWriter writer = new RecordWriter();
    switch (random.nextInt(6)) {
      case 0:
        writer.addInteger(random.nextInt(range));
        break;
      case 1:
        writer.addReal(Double.doubleToRawLongBits(random.nextInt(range) / 2.0));
        break;
      default:
        int length = random.nextInt(40) == 0 ? random.nextInt(2 * store.pageSize()) : 3;
        byte[] text = ("k" + random.nextInt(range) + "x".repeat(length)).getBytes();
        if (random.nextBoolean()) {
          text[0] = 'K';
        }
        writer.addText(text, 0, text.length);
    }
    writer.addInteger(random.nextInt(8));
    byte[] blob = payload();
    writer.addBlob(blob, 0, Math.min(blob.length, random.nextInt(4) == 0 ? blob.length : 20));
    writer.finish();
    return writer.toByteArray();
  }

  private void checkIndex(IndexCursor cursor, NavigableMap<byte[], byte[]> model) {
    boolean on = cursor.first();
    for (byte[] key : model.keySet()) {
      assertThat(on).isTrue();
      assertThat(payload(cursor)).isEqualTo(key);
      on = cursor.next();
    }
    assertThat(on).isFalse();
    List<byte[]> backwards = new ArrayList<>();
    for (on = cursor.last(); on; on = cursor.previous()) {
      backwards.add(payload(cursor));
    }
    assertThat(backwards).hasSize(model.size());
  }
}
