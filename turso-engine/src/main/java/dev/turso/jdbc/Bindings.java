package dev.turso.jdbc;

import dev.turso.value.Value;
import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.sql.Blob;
import java.sql.Clob;
import java.sql.Date;
import java.sql.SQLDataException;
import java.sql.SQLException;
import java.sql.SQLType;
import java.sql.Time;
import java.sql.Types;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.Calendar;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * From the Java types that a caller may bind to SQLite's storage classes.
 *
 * <p>Dates and times become the texts that SQLite's date functions read (in local time where the type
 * has no zone), or milliseconds since 1970 with {@code date_format=millis}. A decimal becomes text, so
 * that no digit is lost; numeric affinity converts it where a column has one.
 */
final class Bindings {

  private Bindings() {}

  /** The number of a type, which one of JDBC's own has. */
  static int number(@Nullable SQLType type) throws SQLException {
    Integer number = type == null ? null : type.getVendorTypeNumber();
    if (number == null) {
      throw SqlErrors.misuse("no type of a parameter: " + type);
    }
    return number;
  }

  static Value of(@Nullable Object value, int sqlType, boolean millis) throws SQLException {
    if (value instanceof Number number) {
      switch (sqlType) {
        case Types.INTEGER,
            Types.BIGINT,
            Types.SMALLINT,
            Types.TINYINT,
            Types.BIT,
            Types.BOOLEAN -> {
          return Value.integer(number.longValue());
        }
        case Types.REAL, Types.FLOAT, Types.DOUBLE -> {
          return Value.real(number.doubleValue());
        }
        default -> {
          return of(value, null, millis);
        }
      }
    }
    if (value instanceof String text && sqlType == Types.BIGINT) {
      return integer(text.trim());
    }
    return of(value, null, millis);
  }

  private static Value integer(String text) throws SQLException {
    try {
      return Value.integer(Long.parseLong(text));
    } catch (NumberFormatException e) {
      throw new SQLDataException("not an integer: '" + text + "'", "22018", e);
    }
  }

  static Value of(@Nullable Object value, @Nullable Calendar calendar, boolean millis)
      throws SQLException {
    if (value == null) {
      return Value.NULL;
    }
    if (value instanceof String text) {
      return Value.text(text);
    }
    if (value instanceof Number number) {
      return number(number);
    }
    if (value instanceof byte[] bytes) {
      return Value.blob(bytes);
    }
    if (value instanceof Boolean flag) {
      return Value.integer(flag ? 1 : 0);
    }
    if (value instanceof java.util.Date date) {
      return date(date, calendar, millis);
    }
    if (value instanceof Blob blob) {
      return Value.blob(blob.getBytes(1, (int) blob.length()));
    }
    if (value instanceof Clob clob) {
      return Value.text(clob.getSubString(1, (int) clob.length()));
    }
    String text = asText(value);
    if (text == null) {
      throw new SQLDataException(
          "no conversion of " + value.getClass().getName() + " to a column value", "22018");
    }
    return Value.text(text);
  }

  private static Value number(Number number) {
    if (number instanceof Double || number instanceof Float) {
      return Value.real(number.doubleValue());
    }
    if (number instanceof BigDecimal decimal) {
      return Value.text(decimal.toPlainString());
    }
    if (number instanceof BigInteger big && big.bitLength() > 63) {
      return Value.text(big.toString());
    }
    return Value.integer(number.longValue());
  }

  private static Value date(java.util.Date date, @Nullable Calendar calendar, boolean millis) {
    if (millis) {
      return Value.integer(date.getTime());
    }
    ZoneId zone = calendar == null ? ZoneId.systemDefault() : calendar.getTimeZone().toZoneId();
    Instant instant =
        date instanceof java.sql.Timestamp timestamp
            ? timestamp.toInstant()
            : Instant.ofEpochMilli(date.getTime());
    LocalDateTime local = LocalDateTime.ofInstant(instant, zone);
    if (date instanceof Date) {
      return Value.text(local.toLocalDate().toString());
    }
    if (date instanceof Time) {
      return Value.text(time(local.toLocalTime()));
    }
    return Value.text(DateTimes.write(local));
  }

  private static @Nullable String asText(Object value) {
    if (value instanceof LocalDateTime dateTime) {
      return DateTimes.write(dateTime);
    }
    if (value instanceof LocalTime time) {
      return time(time);
    }
    if (value instanceof Instant instant) {
      return DateTimes.write(LocalDateTime.ofInstant(instant, ZoneOffset.UTC)) + "Z";
    }
    if (value instanceof OffsetDateTime dateTime) {
      return DateTimes.write(dateTime.toLocalDateTime()) + dateTime.getOffset();
    }
    if (value instanceof ZonedDateTime dateTime) {
      return DateTimes.write(dateTime.toLocalDateTime()) + dateTime.getOffset();
    }
    boolean plain =
        value instanceof LocalDate
            || value instanceof UUID
            || value instanceof CharSequence
            || value instanceof Character
            || value instanceof Enum<?>;
    return plain ? value.toString() : null;
  }

  /** The time of day on no day in particular, as {@link DateTimes} writes it behind a date. */
  private static String time(LocalTime time) {
    return DateTimes.write(time.atDate(LocalDate.EPOCH)).substring(11);
  }

  static Value bytes(@Nullable InputStream stream, long limit) throws SQLException {
    if (stream == null) {
      return Value.NULL;
    }
    try {
      return Value.blob(stream.readNBytes((int) Math.min(limit, Integer.MAX_VALUE - 8)));
    } catch (IOException e) {
      throw new SQLDataException("the stream of a parameter cannot be read", "22018", e);
    }
  }

  static Value ascii(@Nullable InputStream stream, long limit) throws SQLException {
    if (stream == null) {
      return Value.NULL;
    }
    try {
      byte[] bytes = stream.readNBytes((int) Math.min(limit, Integer.MAX_VALUE - 8));
      return Value.text(new String(bytes, StandardCharsets.US_ASCII));
    } catch (IOException e) {
      throw new SQLDataException("the stream of a parameter cannot be read", "22018", e);
    }
  }

  static Value text(@Nullable Reader reader, long limit) throws SQLException {
    if (reader == null) {
      return Value.NULL;
    }
    StringBuilder text = new StringBuilder();
    char[] buffer = new char[4096];
    try {
      while (text.length() < limit) {
        int n = reader.read(buffer, 0, (int) Math.min(buffer.length, limit - text.length()));
        if (n < 0) {
          break;
        }
        text.append(buffer, 0, n);
      }
    } catch (IOException e) {
      throw new SQLDataException("the reader of a parameter cannot be read", "22018", e);
    }
    return Value.text(text.toString());
  }
}
