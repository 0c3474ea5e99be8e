package dev.turso.function.date;

import dev.turso.value.TextBuilder;

/**
 * {@code timediff(A, B)}: what to add to B to get A, as {@code ±YYYY-MM-DD HH:MM:SS.SSS}: years and
 * months by the calendar, the rest in days.
 */
final class TimeDifference {

  /** A moment at the start of a day that is a month's first, from which the rest is counted. */
  private static final long ORIGIN = 148_699_540_800_000L;

  private TimeDifference() {}

  static void append(DateTime later, DateTime earlier, TextBuilder out) {
    later.computeParts();
    earlier.computeParts();
    int sign = later.julianDay >= earlier.julianDay ? 1 : -1;
    int years = sign * (later.year - earlier.year);
    if (years != 0) {
      earlier.year = later.year;
      recompute(earlier);
    }
    int months = sign * (later.month - earlier.month);
    if (months < 0) {
      years--;
      months += 12;
    }
    if (months != 0) {
      earlier.month = later.month;
      recompute(earlier);
    }
    while (sign * Long.compare(later.julianDay, earlier.julianDay) < 0) {
      months--;
      if (months < 0) {
        months = 11;
        years--;
      }
      earlier.addMonths(-sign);
      recompute(earlier);
    }
    DateTime rest = new DateTime();
    rest.setJulianDay(Math.abs(later.julianDay - earlier.julianDay) + ORIGIN);
    rest.computeParts();
    out.append(sign > 0 ? '+' : '-').appendPadded(years, 4).append('-').appendPadded(months, 2);
    out.append('-').appendPadded(rest.day - 1, 2).append(' ').appendPadded(rest.hour, 2);
    out.append(':').appendPadded(rest.minute, 2).append(':');
    TimeFormat.seconds(rest.second, out);
  }

  private static void recompute(DateTime moment) {
    moment.hasJulianDay = false;
    moment.computeJulianDay();
  }
}
