package dev.turso.function.time;

import dev.turso.value.Register;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.time.temporal.IsoFields;
import org.jspecify.annotations.Nullable;

/** The named parts of a moment: taken out of it, and cut off below. */
final class TimeFields {

  private static final double NANOS = 1e9;

  private TimeFields() {}

  /** Days since the last Sunday. */
  static int weekday(LocalDateTime t) {
    return t.getDayOfWeek().getValue() % 7;
  }

  static int isoYear(LocalDateTime t) {
    return t.get(IsoFields.WEEK_BASED_YEAR);
  }

  static int isoWeek(LocalDateTime t) {
    return t.get(IsoFields.WEEK_OF_WEEK_BASED_YEAR);
  }

  static void get(LocalDateTime t, String field, Register result) {
    switch (field) {
      case "second" -> result.setReal(t.getSecond() + t.getNano() / NANOS);
      case "epoch" -> result.setReal(t.toEpochSecond(ZoneOffset.UTC) + t.getNano() / NANOS);
      default -> {
        int value = wholeField(t, field);
        if (value == Integer.MIN_VALUE) {
          result.setNull();
        } else {
          result.setInteger(value);
        }
      }
    }
  }

  private static int wholeField(LocalDateTime t, String field) {
    return switch (field) {
      case "millennium" -> t.getYear() / 1000;
      case "century" -> t.getYear() / 100;
      case "decade" -> t.getYear() / 10;
      case "year" -> t.getYear();
      case "quarter" -> (t.getMonthValue() + 2) / 3;
      case "month" -> t.getMonthValue();
      case "day" -> t.getDayOfMonth();
      case "hour" -> t.getHour();
      case "minute" -> t.getMinute();
      case "milli", "millisecond" -> t.getNano() / 1_000_000;
      case "micro", "microsecond" -> t.getNano() / 1000;
      case "nano", "nanosecond" -> t.getNano();
      case "isoyear" -> isoYear(t);
      case "isoweek" -> isoWeek(t);
      case "isodow" -> t.getDayOfWeek().getValue();
      case "yearday" -> t.getDayOfYear();
      case "weekday" -> weekday(t);
      default -> Integer.MIN_VALUE;
    };
  }

  /**
   * The start of the unit the moment is in; weeks start on Saturday. Null if there is no such unit.
   */
  static @Nullable LocalDateTime truncate(LocalDateTime t, String field) {
    LocalDateTime day = t.truncatedTo(ChronoUnit.DAYS);
    return switch (field) {
      case "millennium" -> year(day, 1000);
      case "century" -> year(day, 100);
      case "decade" -> year(day, 10);
      case "year" -> year(day, 1);
      case "quarter" -> day.withDayOfMonth(1).withMonth((day.getMonthValue() - 1) / 3 * 3 + 1);
      case "month" -> day.withDayOfMonth(1);
      case "week" -> day.minusDays((weekday(day) + 1) % 7);
      case "day" -> day;
      case "hour" -> t.truncatedTo(ChronoUnit.HOURS);
      case "minute" -> t.truncatedTo(ChronoUnit.MINUTES);
      case "second" -> t.truncatedTo(ChronoUnit.SECONDS);
      case "milli", "millisecond" -> t.truncatedTo(ChronoUnit.MILLIS);
      case "micro", "microsecond" -> t.truncatedTo(ChronoUnit.MICROS);
      default -> null;
    };
  }

  private static LocalDateTime year(LocalDateTime day, int multiple) {
    return day.withDayOfYear(1).withYear(day.getYear() / multiple * multiple);
  }
}
