package dev.turso.value;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Text to number and back, against native SQLite. */
class NumberConversionDifferentialTest {

  private static final int ROUNDS = Integer.getInteger("turso.rounds", 200_000);

  private final long seed = Long.getLong("turso.seed", java.time.LocalDate.now().toEpochDay());
  private final SplittableRandom random = new SplittableRandom(seed);

  @Test
  void doublesArePrintedDigitForDigitAsSqliteDoes() throws SQLException {
    try (Connection sqlite = DriverManager.getConnection("jdbc:sqlite::memory:");
        PreparedStatement cast = sqlite.prepareStatement("SELECT CAST(? AS TEXT)")) {
      for (int i = 0; i < ROUNDS; i++) {
        double value = randomDouble();
        cast.setDouble(1, value);
        try (ResultSet row = cast.executeQuery()) {
          row.next();
          assertThat(NumberToText.string(value))
              .as("seed %d round %d bits %x", seed, i, Double.doubleToRawLongBits(value))
              .isEqualTo(row.getString(1));
        }
      }
    }
  }

  @Test
  void textsAreReadAsNumbersAsSqliteDoes() throws SQLException {
    try (Connection sqlite = DriverManager.getConnection("jdbc:sqlite::memory:");
        PreparedStatement query =
            sqlite.prepareStatement(
                "SELECT CAST(?1 AS INTEGER), CAST(?1 AS REAL), typeof(CAST(?1 AS NUMERIC)),"
                    + " CAST(?1 AS NUMERIC), typeof(?1+0), ?1+0")) {
      for (int i = 0; i < ROUNDS; i++) {
        String text = randomNumberText();
        query.setString(1, text);
        try (ResultSet row = query.executeQuery()) {
          row.next();
          assertThat(conversions(text))
              .as("seed %d round %d text '%s'", seed, i, text)
              .isEqualTo(
                  row.getLong(1)
                      + " "
                      + row.getDouble(2)
                      + " "
                      + row.getString(3)
                      + " "
                      + number(row, 4, row.getString(3))
                      + " "
                      + row.getString(5)
                      + " "
                      + number(row, 6, row.getString(5)));
        }
      }
    }
  }

  @Test
  void textsStoredInNumericColumnsBecomeNumbersAsInSqlite() throws SQLException {
    try (Connection sqlite = DriverManager.getConnection("jdbc:sqlite::memory:");
        var statement = sqlite.createStatement()) {
      statement.execute("CREATE TABLE t(n NUMERIC, i INTEGER, r REAL, s TEXT, b)");
      statement.execute("INSERT INTO t VALUES (0, 0, 0, 0, 0)");
      try (PreparedStatement update =
              sqlite.prepareStatement("UPDATE t SET n=?1, i=?1, r=?1, s=?1, b=?1");
          PreparedStatement query =
              sqlite.prepareStatement(
                  "SELECT typeof(n), n, typeof(i), i, typeof(r), r, typeof(s), s, typeof(b), b"
                      + " FROM t")) {
        for (int i = 0; i < ROUNDS / 10; i++) {
          String text = randomNumberText();
          boolean asDouble = random.nextInt(4) == 0;
          double value = randomDouble();
          if (asDouble) {
            update.setDouble(1, value);
          } else {
            update.setString(1, text);
          }
          update.executeUpdate();
          try (ResultSet row = query.executeQuery()) {
            row.next();
            Affinity[] affinities = {
              Affinity.NUMERIC, Affinity.INTEGER, Affinity.REAL, Affinity.TEXT, Affinity.BLOB
            };
            for (int k = 0; k < affinities.length; k++) {
              Register register = new Register();
              if (asDouble) {
                register.setReal(value);
              } else {
                register.setText(text);
              }
              affinities[k].apply(register);
              assertThat(typeName(register) + " " + register.asString())
                  .as("seed %d round %d text '%s' double %s", seed, i, text, value)
                  .isEqualTo(row.getString(2 * k + 1) + " " + row.getString(2 * k + 2));
            }
          }
        }
      }
    }
  }

  private static String conversions(String text) {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    Register source = new Register();
    source.setText(utf8);
    Register numeric = new Register();
    numeric.copyFrom(source);
    Cast.apply(Affinity.NUMERIC, numeric);
    Register zero = new Register();
    zero.setInteger(0);
    Register sum = new Register();
    Arithmetic.add(source, zero, sum);
    return TextToNumber.prefixLong(utf8, 0, utf8.length)
        + " "
        + TextToNumber.prefixDouble(utf8, 0, utf8.length)
        + " "
        + typeName(numeric)
        + " "
        + number(numeric)
        + " "
        + typeName(sum)
        + " "
        + number(sum);
  }

  private static String number(Register register) {
    return register.tag == Tag.INTEGER ? "" + register.bits : "" + register.real();
  }

  private static String number(ResultSet row, int column, String type) throws SQLException {
    return type.equals("integer") ? "" + row.getLong(column) : "" + row.getDouble(column);
  }

  private static String typeName(Register register) {
    return switch (register.tag) {
      case Tag.INTEGER -> "integer";
      case Tag.REAL -> "real";
      case Tag.TEXT -> "text";
      case Tag.BLOB -> "blob";
      default -> "null";
    };
  }

  private double randomDouble() {
    return switch (random.nextInt(8)) {
      case 0, 1 -> nextFinite();
      case 2 -> random.nextInt(-1_000_000, 1_000_000) / 100.0;
      case 3 -> random.nextLong() / 1000.0;
      case 4 -> (double) random.nextLong();
      case 5 -> random.nextInt(1, 1_000_000) * Math.pow(10, random.nextInt(-320, 308));
      case 6 -> random.nextDouble();
      default -> Double.longBitsToDouble(random.nextLong(1L << 53)); // denormal and tiny
    };
  }

  private double nextFinite() {
    while (true) {
      double value = Double.longBitsToDouble(random.nextLong());
      if (Double.isFinite(value)) {
        return value;
      }
    }
  }

  private String randomNumberText() {
    return switch (random.nextInt(6)) {
      case 0 -> Double.toString(nextFinite());
      case 1 -> NumberToText.string(nextFinite());
      case 2 -> Long.toString(random.nextLong());
      case 3 -> digits(random.nextInt(1, 24)) + "." + digits(random.nextInt(0, 24));
      default -> randomSyntax();
    };
  }

  private String digits(int count) {
    StringBuilder digits = new StringBuilder();
    for (int i = 0; i < count; i++) {
      digits.append((char) ('0' + random.nextInt(10)));
    }
    return digits.toString();
  }

  private String randomSyntax() {
    String[] parts = {
      " ",
      "\t",
      "\n",
      "+",
      "-",
      ".",
      "e",
      "E",
      "0",
      "00",
      "1",
      "9",
      "12",
      "9223372036854775807",
      "9223372036854775808",
      "x",
      "0x1F",
      "abc",
      "1e5",
      "e5",
      "e-3",
      "E+2",
      "e400",
      "e-400",
      "\r",
      "\u00a0",
      "1.5",
      ".5",
      "5.",
      "Inf",
      "nan",
      "18446744073709551615",
      "922337203685477580",
      "é"
    };
    StringBuilder text = new StringBuilder();
    int count = random.nextInt(1, 5);
    for (int i = 0; i < count; i++) {
      text.append(parts[random.nextInt(parts.length)]);
    }
    return text.toString();
  }
}
