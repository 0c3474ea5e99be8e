package dev.turso.jdbc;

import dev.turso.value.Tag;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.sql.Blob;
import java.sql.Clob;
import java.sql.Date;
import java.sql.NClob;
import java.sql.SQLDataException;
import java.sql.SQLException;
import java.sql.Time;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.Calendar;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** From SQLite's five storage classes to the Java types that a caller may ask for. */
final class Conversions {

  private Conversions() {}

  /** Integer if it fits, else Long, as callers of SQLite drivers have come to expect. */
  static Number boxed(long value) {
    if (value == (int) value) {
      return (int) value;
    }
    return value;
  }

  /** A value that a narrower type has no room for is refused, not cut. */
  static long within(long value, long least, long most) throws SQLException {
    if (value < least || value > most) {
      throw new SQLDataException(value + " is not between " + least + " and " + most, "22003");
    }
    return value;
  }

  static boolean toBoolean(@Nullable String text) {
    if (text == null) {
      return false;
    }
    String trimmed = text.trim();
    if (trimmed.equalsIgnoreCase("true")
        || trimmed.equalsIgnoreCase("t")
        || trimmed.equalsIgnoreCase("yes")
        || trimmed.equalsIgnoreCase("y")
        || trimmed.equalsIgnoreCase("on")) {
      return true;
    }
    try {
      return Double.parseDouble(trimmed) != 0;
    } catch (NumberFormatException e) {
      return false;
    }
  }

  static BigDecimal toBigDecimal(RowCursor row, int column, int tag) throws SQLException {
    if (tag == Tag.INTEGER) {
      return BigDecimal.valueOf(row.getLong(column));
    }
    String text = row.getText(column);
    try {
      return tag == Tag.REAL
          ? BigDecimal.valueOf(row.getDouble(column))
          : new BigDecimal(text == null ? "" : text.trim());
    } catch (NumberFormatException e) {
      throw new SQLDataException("not a decimal number: '" + text + "'", "22018", e);
    }
  }

  static Timestamp toTimestamp(RowCursor row, int column, int tag, @Nullable Calendar calendar)
      throws SQLException {
    if (tag == Tag.INTEGER) {
      return new Timestamp(row.getLong(column));
    }
    if (tag == Tag.REAL) {
      return Timestamp.from(DateTimes.ofJulianDay(row.getDouble(column)));
    }
    ZoneId zone = calendar == null ? ZoneId.systemDefault() : calendar.getTimeZone().toZoneId();
    LocalDateTime local = DateTimes.readDateTime(text(row, column), zone);
    return calendar == null
        ? Timestamp.valueOf(local)
        : Timestamp.from(local.atZone(zone).toInstant());
  }

  static <T> T toObject(RowCursor row, int column, int tag, Class<T> type) throws SQLException {
    Object value = convert(row, column, tag, type);
    if (value == null) {
      throw new SQLDataException("no conversion of a column value to " + type.getName(), "22018");
    }
    @SuppressWarnings("unchecked") // primitive classes cannot cast their boxes
    T cast = type.isPrimitive() ? (T) value : type.cast(value);
    return cast;
  }

  private static @Nullable Object convert(RowCursor row, int column, int tag, Class<?> type)
      throws SQLException {
    if (type == String.class) {
      return row.getText(column);
    }
    if (type == Long.class || type == long.class) {
      return row.getLong(column);
    }
    if (type == Integer.class || type == int.class) {
      return (int) within(row.getLong(column), Integer.MIN_VALUE, Integer.MAX_VALUE);
    }
    if (type == Double.class || type == double.class) {
      return row.getDouble(column);
    }
    if (type == byte[].class) {
      return row.getBlob(column);
    }
    Object number = convertNumber(row, column, tag, type);
    return number != null ? number : convertOther(row, column, tag, type);
  }

  private static @Nullable Object convertNumber(RowCursor row, int column, int tag, Class<?> type)
      throws SQLException {
    if (type == Boolean.class || type == boolean.class) {
      return tag == Tag.TEXT ? toBoolean(row.getText(column)) : row.getDouble(column) != 0;
    }
    if (type == BigDecimal.class || type == Number.class && tag == Tag.REAL) {
      return toBigDecimal(row, column, tag);
    }
    if (type == BigInteger.class) {
      return toBigDecimal(row, column, tag).toBigInteger();
    }
    if (type == Short.class || type == short.class) {
      return (short) within(row.getLong(column), Short.MIN_VALUE, Short.MAX_VALUE);
    }
    if (type == Byte.class || type == byte.class) {
      return (byte) within(row.getLong(column), Byte.MIN_VALUE, Byte.MAX_VALUE);
    }
    if (type == Float.class || type == float.class) {
      return (float) row.getDouble(column);
    }
    return type == Number.class ? (Object) boxed(row.getLong(column)) : null;
  }

  private static @Nullable Object convertOther(RowCursor row, int column, int tag, Class<?> type)
      throws SQLException {
    if (type == LocalDate.class) {
      return localDateTime(row, column, tag).toLocalDate();
    }
    if (type == LocalTime.class) {
      return localDateTime(row, column, tag).toLocalTime();
    }
    if (type == LocalDateTime.class) {
      return localDateTime(row, column, tag);
    }
    if (type == OffsetDateTime.class) {
      return offsetDateTime(row, column, tag);
    }
    if (type == ZonedDateTime.class) {
      return offsetDateTime(row, column, tag).toZonedDateTime();
    }
    if (type == Instant.class) {
      return offsetDateTime(row, column, tag).toInstant();
    }
    if (type == UUID.class) {
      return uuid(row, column, tag);
    }
    if (type == Timestamp.class || type == java.util.Date.class) {
      return toTimestamp(row, column, tag, null);
    }
    if (type == Date.class) {
      return new Date(toTimestamp(row, column, tag, null).getTime());
    }
    if (type == Time.class) {
      return new Time(toTimestamp(row, column, tag, null).getTime());
    }
    if (type == Blob.class) {
      return new JdbcBlob(Objects.requireNonNull(row.getBlob(column)));
    }
    if (type == Clob.class || type == NClob.class) {
      return new JdbcClob(Objects.requireNonNull(row.getText(column)));
    }
    return type == Object.class ? natural(row, column, tag) : null;
  }

  /** The text of a value that is not NULL. */
  private static String text(RowCursor row, int column) {
    return Objects.requireNonNull(row.getText(column));
  }

  private static @Nullable Object natural(RowCursor row, int column, int tag) {
    return switch (tag) {
      case Tag.INTEGER -> row.integer(column);
      case Tag.REAL -> row.getDouble(column);
      case Tag.TEXT -> row.getText(column);
      default -> row.getBlob(column);
    };
  }

  private static LocalDateTime localDateTime(RowCursor row, int column, int tag)
      throws SQLException {
    return switch (tag) {
      case Tag.INTEGER ->
          LocalDateTime.ofInstant(DateTimes.ofMillis(row.getLong(column)), ZoneId.systemDefault());
      case Tag.REAL ->
          LocalDateTime.ofInstant(
              DateTimes.ofJulianDay(row.getDouble(column)), ZoneId.systemDefault());
      default -> DateTimes.readDateTime(text(row, column), ZoneId.systemDefault());
    };
  }

  private static OffsetDateTime offsetDateTime(RowCursor row, int column, int tag)
      throws SQLException {
    return switch (tag) {
      case Tag.INTEGER ->
          DateTimes.ofMillis(row.getLong(column)).atZone(ZoneId.systemDefault()).toOffsetDateTime();
      case Tag.REAL ->
          DateTimes.ofJulianDay(row.getDouble(column))
              .atZone(ZoneId.systemDefault())
              .toOffsetDateTime();
      default -> DateTimes.readOffsetDateTime(text(row, column), ZoneId.systemDefault());
    };
  }

  private static UUID uuid(RowCursor row, int column, int tag) throws SQLException {
    if (tag == Tag.BLOB) {
      byte[] bytes = row.getBlob(column);
      if (bytes != null && bytes.length == 16) {
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        return new UUID(buffer.getLong(), buffer.getLong());
      }
    }
    String text = row.getText(column);
    try {
      return UUID.fromString(text == null ? "" : text);
    } catch (IllegalArgumentException e) {
      throw new SQLDataException("not a UUID: '" + text + "'", "22018", e);
    }
  }
}
