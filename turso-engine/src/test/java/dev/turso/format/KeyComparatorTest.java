package dev.turso.format;

import static org.assertj.core.api.Assertions.assertThat;

import dev.turso.value.Collation;
import dev.turso.value.Tag;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class KeyComparatorTest {

  /** Values whose order among each other is easy to get wrong. */
  private static List<Object> values() {
    List<Object> values = new ArrayList<>();
    long[] integers = {
      0,
      1,
      -1,
      127,
      128,
      1L << 53,
      (1L << 53) + 1,
      (1L << 53) - 1,
      Long.MAX_VALUE,
      Long.MAX_VALUE - 1,
      Long.MIN_VALUE,
      Long.MIN_VALUE + 1,
      1L << 62
    };
    for (long i : integers) {
      values.add(i);
    }
    double[] reals = {
      0.0,
      -0.0,
      0.5,
      -0.5,
      0x1p53,
      0x1p53 + 2,
      0x1p63,
      -0x1p63,
      0x1p62,
      1e300,
      -1e300,
      Double.POSITIVE_INFINITY,
      Double.NEGATIVE_INFINITY,
      Double.MIN_VALUE,
      127.5
    };
    for (double r : reals) {
      values.add(r);
    }
    for (String s : new String[] {"", "a", "A", "a ", "a\u0000", "ab", "é", "😀", "\uffff", "z"}) {
      values.add(s);
    }
    values.add(new byte[0]);
    values.add(new byte[] {0});
    values.add(new byte[] {-1, 0});
    values.add("a".getBytes(StandardCharsets.UTF_8));
    values.add(null);
    return values;
  }

  @Test
  void orderIsThatOfNativeSqlite() throws Exception {
    for (String collation : new String[] {"BINARY", "NOCASE", "RTRIM"}) {
      for (String encoding : new String[] {"UTF-8", "UTF-16le", "UTF-16be"}) {
        check(collation, encoding);
      }
    }
  }

  private static void check(String collation, String encoding) throws Exception {
    List<Object> values = values();
    TextEncoding stored =
        TextEncoding.of(encoding.equals("UTF-8") ? 1 : encoding.endsWith("le") ? 2 : 3);
    Collation by =
        switch (collation) {
          case "NOCASE" -> Collation.NOCASE;
          case "RTRIM" -> Collation.RTRIM;
          default -> Collation.BINARY;
        };
    KeyComparator order = new KeyComparator(new Collation[] {by}, new boolean[1], stored);
    KeyComparator reverse = new KeyComparator(new Collation[] {by}, new boolean[] {true}, stored);
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite::memory:")) {
      connection.createStatement().execute("PRAGMA encoding='" + encoding + "'");
      connection.createStatement().execute("CREATE TABLE t(i, v COLLATE " + collation + ")");
      PreparedStatement insert = connection.prepareStatement("INSERT INTO t VALUES (?, ?)");
      for (int i = 0; i < values.size(); i++) {
        insert.setInt(1, i);
        insert.setObject(2, values.get(i));
        insert.execute();
      }
      ResultSet rows =
          connection
              .createStatement()
              .executeQuery(
                  "SELECT a.i, b.i, (a.v > b.v) - (a.v < b.v) FROM t a, t b"
                      + " WHERE a.v IS NOT NULL AND b.v IS NOT NULL");
      while (rows.next()) {
        Object a = values.get(rows.getInt(1));
        Object b = values.get(rows.getInt(2));
        int expected = rows.getInt(3);
        String what = collation + " " + encoding + " " + a + " : " + b;
        byte[] x = record(a, stored);
        byte[] y = record(b, stored);
        assertThat(Integer.signum(order.compare(x, 0, x.length, y, 0, y.length)))
            .as(what)
            .isEqualTo(expected);
        assertThat(Integer.signum(order.compare(x, 0, x.length, probe(y, stored))))
            .as(what)
            .isEqualTo(expected);
        assertThat(Integer.signum(reverse.compare(x, 0, x.length, probe(y, stored))))
            .as(what)
            .isEqualTo(-expected);
      }
    }
  }

  private static KeyProbe probe(byte[] record, TextEncoding encoding) {
    RecordReader reader = new RecordReader(encoding);
    reader.reset(record, 0, record.length);
    return new KeyProbe().load(reader, 1);
  }

  private static byte[] record(Object value, TextEncoding encoding) {
    RecordWriter writer = new RecordWriter(encoding);
    switch (value) {
      case null -> writer.addNull();
      case Long i -> writer.addInteger(i);
      case Double r -> writer.addReal(Double.doubleToRawLongBits(r));
      case String s -> {
        byte[] text = s.getBytes(StandardCharsets.UTF_8);
        writer.addText(text, 0, text.length);
      }
      case byte[] b -> writer.addBlob(b, 0, b.length);
      default -> throw new IllegalArgumentException();
    }
    writer.finish();
    return writer.toByteArray();
  }

  @Test
  void nullsComeFirstAndPrefixesAreEqual() {
    KeyComparator order = KeyComparator.binary(2);
    byte[] both = {3, 0, 1, 5};
    byte[] one = {2, 0};
    assertThat(order.compare(both, 0, 4, one, 0, 2)).isZero();
    assertThat(order.compare(both, 0, 4, new KeyProbe().addNull())).isZero();
    assertThat(order.compare(both, 0, 4, new KeyProbe().addInteger(0))).isNegative();
    assertThat(order.compare(both, 0, 4, new KeyProbe().addNull().addInteger(4))).isPositive();
  }

  @Test
  void orderIsTransitiveOverIntegersAndReals() {
    Random random = new Random(9);
    KeyComparator order = KeyComparator.binary(1);
    for (int i = 0; i < 100_000; i++) {
      long integer = random.nextLong() >> random.nextInt(64);
      double real = random.nextBoolean() ? (double) integer : (double) (integer + 1);
      int expected = new java.math.BigDecimal(integer).compareTo(new java.math.BigDecimal(real));
      RecordWriter writer = new RecordWriter();
      writer.addInteger(integer).finish();
      byte[] key = writer.toByteArray();
      KeyProbe probe = new KeyProbe().add(Tag.REAL, Double.doubleToRawLongBits(real), new byte[0]);
      assertThat(Integer.signum(order.compare(key, 0, key.length, probe))).isEqualTo(expected);
    }
  }
}
