package dev.turso.function.date;

import dev.turso.value.Decimal;
import dev.turso.value.TextBuilder;

/** The conversions of strftime. */
final class TimeFormat {

  private TimeFormat() {}

  /** Appends one conversion; false if there is no such one. */
  static boolean append(int letter, DateTime t, TextBuilder out) {
    switch (letter) {
      case 'd' -> out.appendPadded(t.day, 2);
      case 'e' -> spaced(t.day, out);
      case 'f' -> seconds(Math.min(t.second, 59.999), out);
      case 'F' -> date(t, out);
      case 'G' -> signed(isoThursday(t).year, 4, out);
      case 'g' -> signed(isoThursday(t).year % 100, 2, out);
      case 'H' -> out.appendPadded(t.hour, 2);
      case 'k' -> spaced(t.hour, out);
      case 'I' -> out.appendPadded(hour12(t), 2);
      case 'l' -> spaced(hour12(t), out);
      case 'j' -> out.appendPadded(dayOfYear(t) + 1, 3);
      case 'J' -> julianDay(t, out);
      case 'm' -> out.appendPadded(t.month, 2);
      case 'M' -> out.appendPadded(t.minute, 2);
      case 'p' -> out.append(t.hour >= 12 ? "PM" : "AM");
      case 'P' -> out.append(t.hour >= 12 ? "pm" : "am");
      case 'R' -> hoursAndMinutes(t, out);
      case 's' -> unixSeconds(t, out);
      case 'S' -> out.appendPadded((int) t.second, 2);
      case 'T' -> time(t, out);
      case 'u' -> out.append('0' + (weekdayFromSunday(t) + 6) % 7 + 1);
      case 'U' -> out.appendPadded((dayOfYear(t) - weekdayFromSunday(t) + 7) / 7, 2);
      case 'V' -> out.appendPadded(dayOfYear(isoThursday(t)) / 7 + 1, 2);
      case 'w' -> out.append('0' + weekdayFromSunday(t));
      case 'W' -> out.appendPadded((dayOfYear(t) - weekdayFromMonday(t) + 7) / 7, 2);
      case 'Y' -> signed(t.year, 4, out);
      case '%' -> out.append('%');
      default -> {
        return false;
      }
    }
    return true;
  }

  static void date(DateTime t, TextBuilder out) {
    signed(t.year, 4, out);
    out.append('-').appendPadded(t.month, 2).append('-').appendPadded(t.day, 2);
  }

  static void time(DateTime t, TextBuilder out) {
    hoursAndMinutes(t, out);
    out.append(':').appendPadded((int) t.second, 2);
  }

  static void timeWithMillis(DateTime t, TextBuilder out) {
    hoursAndMinutes(t, out);
    int millis = (int) (1000.0 * t.second + 0.5);
    out.append(':').appendPadded(millis / 1000, 2).append('.').appendPadded(millis % 1000, 3);
  }

  /** A number of so many places, of which a sign takes one. */
  private static void signed(int number, int places, TextBuilder out) {
    out.appendPadded(number, number < 0 ? places - 1 : places);
  }

  private static void hoursAndMinutes(DateTime t, TextBuilder out) {
    out.appendPadded(t.hour, 2).append(':').appendPadded(t.minute, 2);
  }

  private static void spaced(int number, TextBuilder out) {
    if (number < 10) {
      out.append(' ');
    }
    out.append((long) number);
  }

  /** Seconds as 06.3f has them: two digits, a point, three digits. */
  static void seconds(double second, TextBuilder out) {
    appendFixed(second, 2, out);
  }

  private static void appendFixed(double value, int wholeDigits, TextBuilder out) {
    Decimal decimal = new Decimal();
    decimal.decode(value, -3, 16);
    if (value < 0) {
      out.append('-');
    }
    for (int i = Math.min(decimal.point() - wholeDigits, 0); i < decimal.point() + 3; i++) {
      if (i == decimal.point()) {
        out.append('.');
      }
      out.append(i < 0 ? '0' : decimal.digit(i));
    }
  }

  private static void unixSeconds(DateTime t, TextBuilder out) {
    if (t.subsecond) {
      appendFixed((t.julianDay - DateTime.EPOCH) / 1000.0, 1, out);
    } else {
      out.append(t.julianDay / 1000 - DateTime.EPOCH / 1000);
    }
  }

  /** The julian day as %.16g has it. */
  private static void julianDay(DateTime t, TextBuilder out) {
    double value = t.julianDay / (double) DateTime.DAY;
    Decimal decimal = new Decimal();
    decimal.decode(value, 16, 16);
    int point = decimal.point();
    int last = Math.max(point, decimal.count());
    for (int i = Math.min(point - 1, 0); i < last; i++) {
      if (i == point) {
        out.append('.');
      }
      out.append(i < 0 ? '0' : decimal.digit(i));
    }
  }

  private static int hour12(DateTime t) {
    int hour = t.hour > 12 ? t.hour - 12 : t.hour;
    return hour == 0 ? 12 : hour;
  }

  /** Days since January 1. */
  private static int dayOfYear(DateTime t) {
    DateTime first = new DateTime();
    first.copyFrom(t);
    first.setDate(t.year, 1, 1);
    first.computeJulianDay();
    return (int) ((t.julianDay - first.julianDay + DateTime.DAY / 2) / DateTime.DAY);
  }

  private static int weekdayFromMonday(DateTime t) {
    return (int) ((t.julianDay + DateTime.DAY / 2) / DateTime.DAY % 7);
  }

  private static int weekdayFromSunday(DateTime t) {
    return (weekdayFromMonday(t) + 1) % 7;
  }

  /** The Thursday of the moment's week, whose year is the ISO year. */
  private static DateTime isoThursday(DateTime t) {
    DateTime thursday = new DateTime();
    thursday.copyFrom(t);
    thursday.julianDay += (3 - weekdayFromMonday(t)) * DateTime.DAY;
    thursday.hasDate = false;
    thursday.computeDate();
    return thursday;
  }
}
