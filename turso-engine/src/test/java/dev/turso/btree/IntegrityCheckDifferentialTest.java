package dev.turso.btree;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.turso.format.RecordReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the check says of damaged files is what native SQLite says of them. */
class IntegrityCheckDifferentialTest {

  private static final String SCRIPT =
      """
      PRAGMA page_size=1024; PRAGMA auto_vacuum=%d;
      CREATE TABLE t(id INTEGER PRIMARY KEY, a, b);
      CREATE INDEX i ON t(a);
      CREATE TABLE w(k TEXT PRIMARY KEY, v) WITHOUT ROWID;
      WITH RECURSIVE c(n) AS (SELECT 1 UNION ALL SELECT n+1 FROM c WHERE n<400)
        INSERT INTO t SELECT n, 'a' || n * 7919 %% 1000, randomblob(CASE WHEN n %% 40 THEN 30 ELSE 3000 END) FROM c;
      INSERT INTO w SELECT a || id, b FROM t;
      DELETE FROM t WHERE id BETWEEN 100 AND 180;
      DELETE FROM w WHERE v IN (SELECT b FROM t WHERE id %% 3 = 0);
      """;

  private static final int DAMAGES = 150;

  @TempDir Path directory;

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2})
  void saysWhatNativeSaysInAllButOneOfFifty(int autoVacuum) throws Exception {
    assumeThat(Shell.present()).as("sqlite3 is on the path").isTrue();
    long seed = Long.getLong("turso.seed", java.time.LocalDate.now().toEpochDay());
    System.out.println("integrity check seed " + seed);
    Random random = new Random(seed);
    byte[] file = Shell.make(SCRIPT.formatted(autoVacuum));
    assertThat(ours(file)).isEmpty();
    int compared = 0;
    List<String> differences = new ArrayList<>();
    for (int i = 0; i < DAMAGES; i++) {
      byte[] damaged = damage(file, random);
      List<String> expected = nativeMessages(damaged);
      if (expected != null) {
        compared++;
        // Native SQLite goes through its tables in the order of a hash table.
        if (!orders(damaged).contains(expected)) {
          differences.add(difference(file, damaged) + ": " + expected + " but " + ours(damaged));
        }
      }
    }
    assertThat(compared).isGreaterThan(DAMAGES / 2);
    // Native SQLite reads a payload size modulo 2^32 and knows more ways of being no record.
    assertThat(differences).as("seed %d", seed).hasSizeLessThanOrEqualTo(DAMAGES / 50);
  }

  private static byte[] damage(byte[] file, Random random) {
    byte[] damaged = file.clone();
    int page = 1 + random.nextInt(file.length / 1024 - 1);
    int header = random.nextInt(3);
    int at = page * 1024 + (header == 0 ? random.nextInt(1024) : random.nextInt(40));
    if (random.nextInt(20) == 0) {
      at = 32 + random.nextInt(8);
    }
    damaged[at] = (byte) (random.nextBoolean() ? random.nextInt() : damaged[at] + 1);
    return damaged;
  }

  private static String difference(byte[] file, byte[] damaged) {
    int at = Arrays.mismatch(file, damaged);
    return at < 0
        ? "none"
        : "page %d byte %d: %02x for %02x"
            .formatted(at / 1024 + 1, at % 1024, damaged[at], file[at]);
  }

  private static List<String> ours(byte[] file) {
    MemoryPages store = MemoryPages.of(file);
    return IntegrityCheck.ofDatabase(store, roots(store), 100).run();
  }

  /** The messages for each order of the tables: schema, t with its index, w. */
  private static List<List<String>> orders(byte[] file) {
    MemoryPages store = MemoryPages.of(file);
    int[] r = roots(store);
    int[][] orders = {
      {r[0], r[1], r[2], r[3]},
      {r[0], r[3], r[1], r[2]},
      {r[1], r[2], r[0], r[3]},
      {r[1], r[2], r[3], r[0]},
      {r[3], r[0], r[1], r[2]},
      {r[3], r[1], r[2], r[0]}
    };
    List<List<String>> messages = new ArrayList<>();
    for (int[] order : orders) {
      messages.add(IntegrityCheck.ofDatabase(store, order, 100).run());
    }
    return messages;
  }

  private static int[] roots(MemoryPages store) {
    int[] roots = {1};
    TableCursor schema = new TableCursor(store, 1);
    RecordReader reader = new RecordReader();
    for (boolean on = schema.first(); on; on = schema.next()) {
      schema.read(reader);
      reader.load(3);
      roots = Arrays.copyOf(roots, roots.length + 1);
      roots[roots.length - 1] = (int) reader.bits();
    }
    return roots;
  }

  /** The page-level messages, or null where native SQLite refuses the file. */
  private List<String> nativeMessages(byte[] file) throws Exception {
    Path path = directory.resolve("damaged.db");
    Files.write(path, file);
    List<String> messages = new ArrayList<>();
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + path);
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("PRAGMA integrity_check")) {
      while (rows.next()) {
        String text = rows.getString(1);
        if (text.startsWith("*** in database main ***\n")) {
          messages.addAll(text.lines().skip(1).toList());
        }
      }
    } catch (SQLException e) {
      return null;
    }
    return messages;
  }

  @Test
  void countsTheEntriesOfEachTree() {
    MemoryPages store = MemoryPages.create(512, 0, false);
    int root = new BTrees(store).createTable();
    TableCursor cursor = new TableCursor(store, root);
    for (int i = 0; i < 1000; i++) {
      cursor.insert(i, new byte[] {2, 1, 5}, 0, 3);
    }
    IntegrityCheck check = IntegrityCheck.ofDatabase(store, new int[] {1, root}, 10);
    assertThat(check.run()).isEmpty();
    assertThat(check.entries(1)).isEqualTo(1000);
  }
}
