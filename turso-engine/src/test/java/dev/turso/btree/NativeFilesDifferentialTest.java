package dev.turso.btree;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.turso.format.KeyComparator;
import dev.turso.format.KeyProbe;
import dev.turso.format.RecordReader;
import dev.turso.format.TextEncoding;
import dev.turso.value.Collation;
import dev.turso.value.Tag;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Rows and index entries of files that native SQLite wrote, column by column. */
class NativeFilesDifferentialTest {

  private static final String SCRIPT =
      """
      PRAGMA page_size=%d; PRAGMA encoding='%s'; PRAGMA auto_vacuum=%d;
      CREATE TABLE t(id INTEGER PRIMARY KEY, a, b REAL, c TEXT);
      CREATE INDEX i ON t(c DESC, a);
      CREATE TABLE w(c TEXT, a, PRIMARY KEY(c, a)) WITHOUT ROWID;
      WITH RECURSIVE n(n) AS (SELECT 1 UNION ALL SELECT n+1 FROM n WHERE n<600)
        INSERT INTO t SELECT n * n * n,
          CASE n %% 5 WHEN 0 THEN NULL WHEN 1 THEN n * n * 1234567 WHEN 2 THEN -n WHEN 3 THEN n / 8.0
            ELSE randomblob(n %% 9) END,
          n * 0.5, CASE WHEN n %% 50 THEN 'é😀' || n * 7 %% 100 ELSE hex(randomblob(3 * n)) END FROM n;
      INSERT INTO w SELECT DISTINCT c, a FROM t WHERE a IS NOT NULL;
      DELETE FROM t WHERE id %% 7 = 0;
      DELETE FROM w WHERE length(c) = 3;
      """;

  @ParameterizedTest
  @CsvSource({
    "512,UTF-8,0",
    "512,UTF-16le,1",
    "1024,UTF-16be,0",
    "4096,UTF-8,1",
    "4096,UTF-16le,0",
    "65536,UTF-8,0"
  })
  void rowsAreThoseThatNativeReads(int pageSize, String encoding, int autoVacuum) {
    assumeThat(Shell.present()).as("sqlite3 is on the path").isTrue();
    String script =
        SCRIPT.formatted(pageSize, encoding, autoVacuum)
            + "ALTER TABLE t ADD COLUMN d DEFAULT 5;\n";
    byte[] file = Shell.make(script);
    MemoryPages store = MemoryPages.of(file);
    TextEncoding stored =
        encoding.equals("UTF-8")
            ? TextEncoding.UTF_8
            : encoding.endsWith("le") ? TextEncoding.UTF_16LE : TextEncoding.UTF_16BE;
    int first = autoVacuum == 0 ? 2 : 3;
    List<String> rows = new ArrayList<>();
    RecordReader reader = new RecordReader(stored);
    TableCursor table = new TableCursor(store, first);
    for (boolean on = table.first(); on; on = table.next()) {
      table.read(reader);
      assertThat(reader.load(0)).isEqualTo(Tag.NULL);
      assertThat(reader.load(4)).isEqualTo(RecordReader.ABSENT);
      rows.add(
          table.rowid() + "|" + quote(reader, 1) + "|" + quote(reader, 2) + "|" + quote(reader, 3));
    }
    same(
        rows,
        Shell.run(
            file,
            "SELECT id, quote(a), iif(b=cast(b AS INT), cast(b AS INT), b), quote(c)"
                + " FROM t ORDER BY id;"));
    KeyComparator order =
        new KeyComparator(
            new Collation[] {Collation.BINARY, Collation.BINARY, Collation.BINARY},
            new boolean[] {true, false, false},
            stored);
    IndexCursor index = new IndexCursor(store, first + 1, order);
    List<String> entries = entries(index, reader, 3);
    same(entries, Shell.run(file, "SELECT quote(c), quote(a), id FROM t ORDER BY c DESC, a, id;"));
    KeyComparator keyOrder =
        new KeyComparator(
            new Collation[] {Collation.BINARY, Collation.BINARY}, new boolean[2], stored);
    same(
        entries(new IndexCursor(store, first + 2, keyOrder), reader, 2),
        Shell.run(file, "SELECT quote(c), quote(a) FROM w ORDER BY c, a;"));
  }

  private static void same(List<String> ours, String printed) {
    String[] lines = printed.split("\n");
    for (int i = 0; i < Math.min(lines.length, ours.size()); i++) {
      assertThat(ours.get(i)).isEqualTo(lines[i]);
    }
    assertThat(ours).hasSize(lines.length);
  }

  /** All entries, each of which a seek for its whole key must find. */
  private static List<String> entries(IndexCursor cursor, RecordReader reader, int columns) {
    List<String> entries = new ArrayList<>();
    KeyProbe probe = new KeyProbe();
    for (boolean on = cursor.first(); on; on = cursor.next()) {
      cursor.read(reader);
      StringBuilder line = new StringBuilder();
      for (int i = 0; i < columns; i++) {
        line.append(i == 0 ? "" : "|").append(quote(reader, i));
      }
      entries.add(line.toString());
      probe.load(reader, columns);
      assertThat(cursor.seek(probe)).isTrue();
      assertThat(cursor.compare(probe)).isZero();
    }
    return entries;
  }

  private static String quote(RecordReader reader, int column) {
    int tag = reader.load(column);
    long bits = reader.bits();
    return switch (tag) {
      case Tag.NULL -> "NULL";
      case Tag.INTEGER -> Long.toString(bits);
      case Tag.REAL -> {
        String text = String.format(Locale.ROOT, "%.15g", Double.longBitsToDouble(bits));
        text = text.replaceAll("0+$", "");
        yield text.endsWith(".") ? text + "0" : text;
      }
      case Tag.TEXT ->
          "'"
              + new String(reader.ref(), Tag.offset(bits), Tag.length(bits), StandardCharsets.UTF_8)
              + "'";
      default ->
          "X'"
              + HexFormat.of()
                  .withUpperCase()
                  .formatHex(reader.ref(), Tag.offset(bits), Tag.offset(bits) + Tag.length(bits))
              + "'";
    };
  }
}
