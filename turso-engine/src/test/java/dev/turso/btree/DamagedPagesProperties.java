package dev.turso.btree;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.turso.error.CorruptException;
import dev.turso.format.KeyComparator;
import dev.turso.format.KeyProbe;
import dev.turso.format.RecordReader;
import dev.turso.format.RecordWriter;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever a damaged file says, the answer is a row or that the file is damaged. */
class DamagedPagesProperties {

  private static final int DAMAGES = Integer.getInteger("turso.operations", 500);

  private static final String SCRIPT =
      """
      PRAGMA page_size=512; PRAGMA auto_vacuum=%d;
      CREATE TABLE t(id INTEGER PRIMARY KEY, a, b);
      CREATE INDEX i ON t(a);
      BEGIN;
      %s
      COMMIT;
      DELETE FROM t WHERE id BETWEEN 100 AND 180;
      """;

  @ParameterizedTest
  @ValueSource(ints = {0, 1})
  void answerOrCorruptException(int autoVacuum) {
    assumeThat(Shell.present()).as("sqlite3 is on the path").isTrue();
    long seed = Long.getLong("turso.seed", java.time.LocalDate.now().toEpochDay());
    System.out.println("damaged pages seed " + seed);
    Random random = new Random(seed);
    byte[] file = Shell.make(SCRIPT.formatted(autoVacuum, rows()));
    int table = autoVacuum == 0 ? 2 : 3;
    int corrupt = 0;
    for (int i = 0; i < DAMAGES; i++) {
      byte[] damaged = file.clone();
      for (int n = 1 + random.nextInt(3); n > 0; n--) {
        int page = random.nextInt(file.length / 512);
        int within = random.nextInt(3) == 0 ? random.nextInt(512) : random.nextInt(40);
        damaged[page * 512 + (page == 0 ? 20 + random.nextInt(92) : within)] =
            (byte) (random.nextBoolean() ? random.nextInt() : random.nextInt(3) - 1);
      }
      damaged[16] = 2;
      damaged[17] = 0;
      damaged[20] = 0;
      corrupt += use(damaged, table, random, seed, i) ? 1 : 0;
    }
    assertThat(corrupt).isPositive();
  }

  /** The same rows in every run: what a damage does must depend on the seed alone. */
  private static String rows() {
    Random random = new Random(1);
    StringBuilder sql = new StringBuilder();
    for (int n = 1; n <= 300; n++) {
      byte[] blob = new byte[n % 40 == 0 ? 1500 : 20];
      random.nextBytes(blob);
      sql.append("INSERT INTO t VALUES(").append(n).append(", 'a").append(n * 7919 % 1000);
      sql.append("', x'").append(HexFormat.of().formatHex(blob)).append("');\n");
    }
    return sql.toString();
  }

  /** Uses the file in all ways; whether it was found to be damaged. */
  private static boolean use(byte[] file, int table, Random random, long seed, int i) {
    boolean corrupt = false;
    for (int task = 0; task < 6; task++) {
      MemoryPages store = MemoryPages.of(file);
      try {
        run(task, store, table, random);
      } catch (CorruptException e) {
        corrupt = true;
      } catch (RuntimeException | StackOverflowError | OutOfMemoryError e) {
        throw new AssertionError("seed " + seed + ", damage " + i + ", task " + task, e);
      }
    }
    return corrupt;
  }

  private static void run(int task, MemoryPages store, int table, Random random) {
    TableCursor rows = new TableCursor(store, table);
    IndexCursor keys = new IndexCursor(store, table + 1, KeyComparator.binary(2));
    RecordReader reader = new RecordReader();
    switch (task) {
      case 0 -> {
        for (boolean on = rows.first(); on; on = rows.next()) {
          rows.read(reader);
          readAll(reader);
        }
        for (boolean on = rows.last(); on; on = rows.previous()) {
          rows.rowid();
        }
        rows.count();
      }
      case 1 -> {
        for (boolean on = keys.first(); on; on = keys.next()) {
          keys.read(reader);
          readAll(reader);
          keys.rowid();
        }
        for (boolean on = keys.last(); on; on = keys.previous()) {
          keys.payloadLength();
        }
        keys.count();
      }
      case 2 -> {
        for (int n = 0; n < 60; n++) {
          rows.seekAtLeast(random.nextInt(320));
          rows.seekAtMost(random.nextInt(320));
          byte[] text = ("a" + random.nextInt(1000)).getBytes();
          KeyProbe probe = new KeyProbe().add(3, text.length, text);
          keys.seekAtMost(probe);
          if (keys.seekAtLeast(probe)) {
            keys.rowid();
          }
        }
      }
      case 3 -> change(rows, keys, random);
      case 4 -> {
        new BTrees(store).clear(table);
        new BTrees(store).drop(table + 1);
        new BTrees(store).createTable();
      }
      default -> IntegrityCheck.ofDatabase(store, new int[] {1, table, table + 1}, 100).run();
    }
  }

  private static void change(TableCursor rows, IndexCursor keys, Random random) {
    RecordWriter writer = new RecordWriter();
    for (int n = 0; n < 150; n++) {
      byte[] blob = new byte[random.nextInt(20) == 0 ? 1500 : 30];
      writer.reset().addBlob(blob, 0, blob.length).finish();
      rows.insert(random.nextInt(400), writer.array(), writer.offset(), writer.length());
      if (rows.seekAtLeast(random.nextInt(300))) {
        rows.delete();
        rows.next();
      }
      byte[] text = ("a" + random.nextInt(1000)).getBytes();
      writer.reset().addText(text, 0, text.length).addInteger(n).finish();
      keys.insert(writer.array(), writer.offset(), writer.length());
      if (keys.seekAtLeast(new KeyProbe().add(3, text.length, text))) {
        keys.delete();
        keys.next();
      }
    }
  }

  private static void readAll(RecordReader reader) {
    int n = reader.columnCount();
    for (int i = 0; i < n; i++) {
      reader.load(i);
    }
  }
}
