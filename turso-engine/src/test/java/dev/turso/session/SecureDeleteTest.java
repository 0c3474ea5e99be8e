package dev.turso.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.turso.AllRows;
import dev.turso.Database;
import dev.turso.Options;
import dev.turso.Session;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What was deleted is not to be found in the file, as {@code PRAGMA secure_delete} promises. */
class SecureDeleteTest {

  /** Every value that is stored begins with a mark of its own. */
  private static final Pattern MARK = Pattern.compile("<[0-9]{6}>");

  private final long seed = Long.getLong("turso.seed", LocalDate.now().toEpochDay());

  @TempDir Path directory;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "CREATE TABLE t(k INTEGER PRIMARY KEY, v)",
        "CREATE TABLE t(k INTEGER PRIMARY KEY, v); CREATE INDEX i ON t(v)",
        "CREATE TABLE t(k PRIMARY KEY, v) WITHOUT ROWID; CREATE INDEX i ON t(v)",
        "PRAGMA auto_vacuum = full; CREATE TABLE t(k INTEGER PRIMARY KEY, v UNIQUE)"
      })
  void nothingOfDeletedOrChangedRowsIsInTheFile(String schema) throws IOException {
    Random random = new Random(seed);
    System.out.println("secure delete, seed " + seed);
    Path file = directory.resolve("secure.db");
    TreeMap<Integer, String> rows = new TreeMap<>();
    try (Database database = Database.open(file.toString(), Options.DEFAULT);
        Session session = database.connect()) {
      session.execute("PRAGMA page_size = 1024; PRAGMA synchronous = off");
      session.execute(schema);
      session.execute("PRAGMA secure_delete = on");
      int marks = 0;
      for (int step = 0; step < 600; step++) {
        int key = random.nextInt(150);
        if (random.nextInt(100) == 0) {
          session.execute("DELETE FROM t WHERE k > " + key);
          rows.tailMap(key, false).clear();
        } else if (random.nextInt(3) == 0) {
          session.execute("DELETE FROM t WHERE k = " + key);
          rows.remove(key);
        } else {
          String value = value(++marks, random);
          session.execute("REPLACE INTO t VALUES (" + key + ", '" + value + "')");
          rows.put(key, value);
        }
      }
      assertThat(AllRows.of(session, "PRAGMA integrity_check")).hasToString("[['ok']]");
      session.execute("PRAGMA wal_checkpoint(TRUNCATE)");
    }
    assertThat(marksIn(file)).isEqualTo(marksOf(rows.values()));
  }

  @Test
  void cellsAreOverwrittenEvenWhereFreedPagesAreNot() throws IOException {
    Path file = directory.resolve("plain.db");
    try (Database database = Database.open(file.toString(), Options.DEFAULT);
        Session session = database.connect()) {
      session.execute("CREATE TABLE t(k INTEGER PRIMARY KEY, v)");
      session.execute("INSERT INTO t VALUES (1, '<000001>'), (2, '<000002>'), (3, '<000003>')");
      session.execute("DELETE FROM t WHERE k = 2");
      session.execute("UPDATE t SET v = 'other' WHERE k = 3");
      session.execute("PRAGMA wal_checkpoint(TRUNCATE)");
    }
    assertThat(marksIn(file)).containsExactly("<000001>");
  }

  @Test
  void theModeBelongsToADatabaseOfTheConnection() {
    try (Database database = Database.open(":memory:", Options.DEFAULT);
        Session session = database.connect()) {
      session.execute("ATTACH ':memory:' AS a");
      assertThat(AllRows.of(session, "PRAGMA a.secure_delete = fast")).hasToString("[[2]]");
      assertThat(AllRows.of(session, "PRAGMA main.secure_delete")).hasToString("[[0]]");
      assertThat(AllRows.of(session, "PRAGMA secure_delete = on")).hasToString("[[1]]");
      assertThat(AllRows.of(session, "PRAGMA a.secure_delete")).hasToString("[[1]]");
      session.execute("ATTACH ':memory:' AS b");
      assertThat(AllRows.of(session, "PRAGMA b.secure_delete")).hasToString("[[1]]");
    }
  }

  /** A value with a mark, longer than a page now and then, a mark on each of its pages. */
  private static String value(int mark, Random random) {
    int parts = random.nextInt(8) == 0 ? 300 : 1 + random.nextInt(8);
    return "<%06d>".formatted(mark).repeat(parts);
  }

  private static TreeSet<String> marksOf(Iterable<String> values) {
    List<String> marks = new ArrayList<>();
    for (String value : values) {
      marks.add(value.substring(0, 8));
    }
    return new TreeSet<>(marks);
  }

  private static TreeSet<String> marksIn(Path file) throws IOException {
    TreeSet<String> marks = new TreeSet<>();
    Matcher matcher =
        MARK.matcher(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1));
    while (matcher.find()) {
      marks.add(matcher.group());
    }
    return marks;
  }
}
