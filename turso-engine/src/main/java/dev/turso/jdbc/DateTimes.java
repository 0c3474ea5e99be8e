package dev.turso.jdbc;

import java.sql.SQLDataException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoField;
import org.jspecify.annotations.Nullable;

/**
 * Dates and times as texts and numbers in the forms that SQLite's date functions read.
 *
 * <p>Texts are {@code YYYY-MM-DD}, {@code YYYY-MM-DD HH:MM[:SS[.fff]]} with a blank or {@code T}
 * between, {@code HH:MM[:SS[.fff]]}, each with an optional {@code Z} or {@code ±HH:MM}. An INTEGER is
 * milliseconds since 1970 (what sqlite-jdbc writes by default), a REAL is a Julian day.
 *
 * @see <a href="https://www.sqlite.org/lang_datefunc.html#time_values">Date And Time Functions, 2</a>
 */
final class DateTimes {

  private static final double UNIX_EPOCH_JULIAN_DAY = 2440587.5;
  private static final double MILLIS_PER_DAY = 86_400_000.0;

  private static final DateTimeFormatter TIME =
      new DateTimeFormatterBuilder()
          .appendPattern("HH:mm")
          .optionalStart()
          .appendPattern(":ss")
          .optionalStart()
          .appendFraction(ChronoField.NANO_OF_SECOND, 1, 9, true)
          .toFormatter();

  /** How the driver writes a timestamp: to the millisecond, or finer if the value is finer. */
  private static final DateTimeFormatter WRITTEN =
      new DateTimeFormatterBuilder()
          .appendPattern("yyyy-MM-dd HH:mm:ss")
          .appendFraction(ChronoField.NANO_OF_SECOND, 3, 9, true)
          .toFormatter();

  private DateTimes() {}

  static String write(LocalDateTime dateTime) {
    return WRITTEN.format(dateTime);
  }

  /** Reads a text; one without an offset is in {@code zone}. */
  static LocalDateTime readDateTime(String text, ZoneId zone) throws SQLDataException {
    try {
      String trimmed = text.trim();
      ZoneOffset offset = offsetOf(trimmed);
      String local = offset == null ? trimmed : withoutOffset(trimmed);
      LocalDateTime dateTime = readLocal(local);
      return offset == null
          ? dateTime
          : OffsetDateTime.of(dateTime, offset).atZoneSameInstant(zone).toLocalDateTime();
    } catch (DateTimeParseException | StringIndexOutOfBoundsException e) {
      throw new SQLDataException("not a date or time: '" + text + "'", "22007", e);
    }
  }

  /** Reads a text as an offset date-time; one without an offset is in {@code zone}. */
  static OffsetDateTime readOffsetDateTime(String text, ZoneId zone) throws SQLDataException {
    try {
      String trimmed = text.trim();
      ZoneOffset offset = offsetOf(trimmed);
      if (offset != null) {
        return OffsetDateTime.of(readLocal(withoutOffset(trimmed)), offset);
      }
      return readLocal(trimmed).atZone(zone).toOffsetDateTime();
    } catch (DateTimeParseException | StringIndexOutOfBoundsException e) {
      throw new SQLDataException("not a date or time: '" + text + "'", "22007", e);
    }
  }

  static Instant ofMillis(long millis) {
    return Instant.ofEpochMilli(millis);
  }

  static Instant ofJulianDay(double day) {
    return Instant.ofEpochMilli(Math.round((day - UNIX_EPOCH_JULIAN_DAY) * MILLIS_PER_DAY));
  }

  private static LocalDateTime readLocal(String text) {
    if (text.length() >= 10 && text.charAt(4) == '-') {
      LocalDate date = LocalDate.parse(text.substring(0, 10));
      if (text.length() == 10) {
        return date.atStartOfDay();
      }
      return date.atTime(LocalTime.parse(text.substring(11).trim(), TIME));
    }
    return LocalDate.of(2000, 1, 1).atTime(LocalTime.parse(text, TIME));
  }

  private static @Nullable ZoneOffset offsetOf(String text) {
    if (text.endsWith("Z") || text.endsWith("z")) {
      return ZoneOffset.UTC;
    }
    int sign = offsetSign(text);
    return sign < 0 ? null : ZoneOffset.of(text.substring(sign));
  }

  private static String withoutOffset(String text) {
    int sign = offsetSign(text);
    int end = sign < 0 ? text.length() - 1 : sign;
    return text.substring(0, end).trim();
  }

  /** Where {@code +HH:MM} or {@code -HH:MM} starts at the text's end, after a time of day; else -1. */
  private static int offsetSign(String text) {
    int at = text.length() - 6;
    if (at < 5 || text.charAt(at + 3) != ':' || text.indexOf(':') >= at) {
      return -1;
    }
    char sign = text.charAt(at);
    return sign == '+' || sign == '-' ? at : -1;
  }
}
