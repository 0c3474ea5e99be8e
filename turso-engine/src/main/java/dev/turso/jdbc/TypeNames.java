package dev.turso.jdbc;

import dev.turso.value.Tag;
import java.sql.Types;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Declared types as JDBC types: by the name where it is a well-known one, else by affinity. */
final class TypeNames {

  /** What a column is said to hold where nothing was declared; SQLite's own word for it. */
  private static final String UNDECLARED = "ANY";

  private TypeNames() {}

  /** The name of a declared type, without its numbers; never empty, because tools take it apart. */
  static String name(@Nullable String declared) {
    String base = declared == null ? "" : base(declared);
    return base.isEmpty() ? UNDECLARED : base;
  }

  /** SQLite's name of a value's storage class. */
  static String ofStorageClass(int tag) {
    return switch (tag) {
      case Tag.INTEGER -> "INTEGER";
      case Tag.REAL -> "REAL";
      case Tag.TEXT -> "TEXT";
      case Tag.BLOB -> "BLOB";
      default -> UNDECLARED;
    };
  }

  /** The part of a declared type before its parenthesis, in upper case. */
  static String base(String declared) {
    int paren = declared.indexOf('(');
    return (paren < 0 ? declared : declared.substring(0, paren)).trim().toUpperCase(Locale.ROOT);
  }

  static int jdbcType(@Nullable String declared) {
    if (declared == null || declared.isBlank()) {
      return Types.OTHER;
    }
    return switch (base(declared)) {
      case "BOOLEAN", "BOOL" -> Types.BOOLEAN;
      case "TINYINT" -> Types.TINYINT;
      case "SMALLINT", "INT2" -> Types.SMALLINT;
      case "BIGINT", "INT8", "UNSIGNED BIG INT" -> Types.BIGINT;
      case "INT", "INTEGER", "MEDIUMINT" -> Types.INTEGER;
      case "DATE" -> Types.DATE;
      case "TIME" -> Types.TIME;
      case "DATETIME", "TIMESTAMP" -> Types.TIMESTAMP;
      case "DECIMAL" -> Types.DECIMAL;
      case "NUMERIC" -> Types.NUMERIC;
      case "DOUBLE", "DOUBLE PRECISION" -> Types.DOUBLE;
      case "FLOAT" -> Types.FLOAT;
      case "REAL" -> Types.REAL;
      case "CHAR", "CHARACTER", "NCHAR" -> Types.CHAR;
      case "CLOB" -> Types.CLOB;
      case "BLOB" -> Types.BLOB;
      case "BINARY" -> Types.BINARY;
      case "VARBINARY" -> Types.VARBINARY;
      default -> byAffinity(base(declared));
    };
  }

  private static int byAffinity(String base) {
    if (base.contains("INT")) {
      return Types.INTEGER;
    }
    if (base.contains("CHAR") || base.contains("CLOB") || base.contains("TEXT")) {
      return Types.VARCHAR;
    }
    if (base.contains("BLOB")) {
      return Types.BLOB;
    }
    if (base.contains("REAL") || base.contains("FLOA") || base.contains("DOUB")) {
      return Types.REAL;
    }
    return Types.NUMERIC;
  }

  static String javaClass(int jdbcType) {
    return switch (jdbcType) {
      case Types.TINYINT, Types.SMALLINT, Types.INTEGER -> "java.lang.Integer";
      case Types.BIGINT -> "java.lang.Long";
      case Types.BOOLEAN -> "java.lang.Boolean";
      case Types.REAL, Types.FLOAT, Types.DOUBLE -> "java.lang.Double";
      case Types.DECIMAL, Types.NUMERIC -> "java.math.BigDecimal";
      case Types.DATE -> "java.sql.Date";
      case Types.TIME -> "java.sql.Time";
      case Types.TIMESTAMP -> "java.sql.Timestamp";
      case Types.BLOB, Types.BINARY, Types.VARBINARY -> "[B";
      case Types.CHAR, Types.VARCHAR, Types.CLOB -> "java.lang.String";
      default -> "java.lang.Object";
    };
  }

  /** The number at {@code position} in a declared type's parentheses, or 0. */
  static int size(@Nullable String declared, int position) {
    if (declared == null) {
      return 0;
    }
    int open = declared.indexOf('(');
    int close = declared.indexOf(')', open + 1);
    if (open < 0 || close < 0) {
      return 0;
    }
    String[] numbers = declared.substring(open + 1, close).split(",");
    if (position >= numbers.length) {
      return 0;
    }
    try {
      return Integer.parseInt(numbers[position].trim());
    } catch (NumberFormatException e) {
      return 0;
    }
  }
}
