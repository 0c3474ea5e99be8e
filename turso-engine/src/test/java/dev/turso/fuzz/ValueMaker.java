package dev.turso.fuzz;

import java.util.HexFormat;

/** Literals: mostly few and small, so that they meet; then those at the edges of what can be stored. */
final class ValueMaker {

  private static final String[] INTEGER_EDGES = {
    "0",
    "1",
    "-1",
    "127",
    "128",
    "-129",
    "32767",
    "32768",
    "8388607",
    "-8388609",
    "2147483647",
    "2147483648",
    "-2147483649",
    "140737488355327",
    "140737488355328",
    "9007199254740991",
    "9007199254740992",
    "9007199254740993",
    "-9007199254740993",
    "9223372036854775807",
    "-9223372036854775807",
    "(-9223372036854775807 - 1)",
    "9223372036854775806"
  };
  private static final String[] REAL_EDGES = {
    "0.0",
    "-0.0",
    "1.0",
    "-1.0",
    "0.5",
    "1.5",
    "2.0",
    "3.0",
    "1e308",
    "-1e308",
    "9e999",
    "-9e999",
    "9007199254740992.0",
    "9007199254740994.0",
    "9223372036854775807.0",
    "9223372036854775808.0",
    "-9223372036854775808.0",
    "1e-300",
    "4.9e-324",
    "0.1",
    "0.30000000000000004",
    "1e15",
    "1e16",
    "123456789012345.0",
    "2147483648.0",
    "1.0000000000000002",
    "99.99"
  };
  private static final String[] TEXTS = {
    "",
    "a",
    "A",
    "b",
    "B",
    "ab",
    "aB",
    "a ",
    "a  ",
    " a",
    "abc",
    "ABC",
    "zz",
    "é",
    "É",
    "日本",
    "ß",
    "%",
    "_",
    "a%",
    "it''s",
    "\uD83D\uDE00"
  };
  private static final String[] NUMERIC_TEXTS = {
    "0",
    "1",
    "-1",
    "1.0",
    "01",
    " 1",
    "1 ",
    "+1",
    "1e0",
    "1e2",
    "0x10",
    "2.5",
    ".5",
    "5.",
    "1a",
    "9007199254740993",
    "9223372036854775807",
    "9223372036854775808",
    "1e400",
    "-0",
    "-0.0",
    "inf",
    "nan",
    "-",
    "+",
    ".",
    "e",
    "1e",
    "1e+",
    "12abc",
    "0.1"
  };
  private static final String[] BLOBS = {
    "x''", "x'00'", "x'61'", "x'6100'", "x'ff'", "x'31'", "x'0061'", "x'4142'", "x'c3a9'"
  };
  private static final int LONGEST = 9000;

  private final Seeded seeded;

  ValueMaker(Seeded seeded) {
    this.seeded = seeded;
  }

  /** Any literal. */
  String any() {
    int kind = seeded.below(100);
    if (kind < 12) {
      return "NULL";
    } else if (kind < 45) {
      return integer();
    } else if (kind < 62) {
      return real();
    } else if (kind < 88) {
      return text();
    } else {
      return blob();
    }
  }

  String integer() {
    return seeded.percent(75)
        ? Integer.toString(seeded.between(-3, 12))
        : seeded.pick(INTEGER_EDGES);
  }

  String real() {
    return seeded.percent(40) ? (seeded.between(-8, 16) / 4.0) + "" : seeded.pick(REAL_EDGES);
  }

  String text() {
    int kind = seeded.below(20);
    if (kind == 0) {
      return "printf('%."
          + seeded.between(1, LONGEST)
          + "c', '"
          + seeded.pick("x", "y", "7")
          + "')";
    } else if (kind < 7) {
      return "'" + seeded.pick(NUMERIC_TEXTS) + "'";
    } else {
      return "'" + seeded.pick(TEXTS) + "'";
    }
  }

  String blob() {
    if (seeded.percent(5)) {
      return "zeroblob(" + seeded.between(1, LONGEST) + ")";
    }
    if (seeded.percent(20)) {
      byte[] bytes = new byte[seeded.between(1, 12)];
      for (int i = 0; i < bytes.length; i++) {
        bytes[i] = (byte) seeded.below(256);
      }
      return "x'" + HexFormat.of().formatHex(bytes) + "'";
    }
    return seeded.pick(BLOBS);
  }

  /** A literal that suits a declared type, mostly. */
  String of(String type) {
    if (seeded.percent(15)) {
      return any();
    }
    return fitting(type);
  }

  /** A literal that a STRICT column of the type takes. */
  String fitting(String type) {
    return switch (type) {
      case "INTEGER", "INT", "BIGINT", "BOOLEAN" -> integer();
      case "REAL", "DOUBLE", "FLOAT" -> seeded.percent(70) ? real() : integer();
      case "TEXT", "VARCHAR(10)" -> text();
      case "BLOB" -> blob();
      default -> any();
    };
  }
}
