package dev.turso.function.date;

import java.time.ZoneId;

/**
 * Applies one modifier.
 *
 * @see <a href="https://www.sqlite.org/lang_datefunc.html#modifiers">Modifiers</a>
 */
final class Modifier {

  private static final String[] UNITS = {"second", "minute", "hour", "day", "month", "year"};
  private static final int MONTH = 4;
  private static final int YEAR = 5;

  /** Seconds in a unit; a fraction of a month or a year counts 30 and 365 days for the whole. */
  private static final double[] UNIT_SECONDS = {1, 60, 3600, 86400, 2592000, 31536000};

  /** More of a unit than this is out of range, whatever it is added to. */
  private static final float[] UNIT_LIMITS = {
    4.6427e+14f, 7.7379e+12f, 1.2897e+11f, 5373485.0f, 176546.0f, 14713.0f
  };

  /** Seconds since 1970 of -4713-11-24 12:00 and 9999-12-31 23:59:59. */
  private static final long FIRST_SECOND = -210_866_760_000L;

  private static final long LAST_SECOND = 253_402_300_799L;

  private Modifier() {}

  /**
   * @param index the number of the modifier, from 1: some must be first
   * @return false if there is no such modifier or it makes no sense here
   */
  static boolean apply(Cursor text, int index, DateTime target, Environment environment) {
    int c = text.peek();
    if (Cursor.isDigit(c) || c == '+' || c == '-') {
      return shift(text, target);
    }
    if (text.restIs("auto")) {
      return index <= 1 && auto(target);
    }
    if (text.restIs("ceiling") || text.restIs("floor")) {
      target.computeJulianDay();
      if (text.restIs("floor")) {
        target.julianDay -= target.overhang * DateTime.DAY;
      } else {
        target.overhang = 0;
      }
      target.clearParts();
      return true;
    }
    if (text.restIs("julianday")) {
      boolean possible = index <= 1 && target.hasJulianDay && target.raw;
      target.raw &= !possible;
      return possible;
    }
    if (text.restIs("unixepoch")) {
      return index <= 1 && target.raw && unixEpoch(target);
    }
    if (text.restIs("localtime")) {
      return toLocal(target, environment.zone());
    }
    if (text.restIs("utc")) {
      return toUtc(target, environment.zone());
    }
    if (text.restIs("subsec") || text.restIs("subsecond")) {
      target.subsecond = true;
      return true;
    }
    if (text.startsWith("weekday ")) {
      text.at += 8;
      return weekday(text, target);
    }
    if (text.startsWith("start of ")) {
      text.at += 9;
      return startOf(text, target);
    }
    return false;
  }

  /** What modifiers need to know of the outside; asking for it may fail. */
  interface Environment {
    ZoneId zone();
  }

  private static boolean auto(DateTime target) {
    if (!target.raw || target.hasJulianDay) {
      target.raw = false;
    } else if (target.second >= FIRST_SECOND && target.second <= LAST_SECOND) {
      fromSeconds(target);
    }
    return true;
  }

  private static boolean unixEpoch(DateTime target) {
    double millis = target.second * 1000.0 + DateTime.EPOCH;
    if (millis >= 0.0 && millis < 464269060800000.0) {
      fromSeconds(target);
      return true;
    }
    return false;
  }

  private static void fromSeconds(DateTime target) {
    double millis = target.second * 1000.0 + DateTime.EPOCH;
    target.clearParts();
    target.setJulianDay((long) (millis + 0.5));
    target.raw = false;
  }

  private static boolean toLocal(DateTime target, ZoneId zone) {
    if (!target.local) {
      target.toLocal(zone);
    }
    target.utc = false;
    target.local = true;
    return true;
  }

  private static boolean toUtc(DateTime target, ZoneId zone) {
    if (!target.utc) {
      target.toUtc(zone);
    }
    return true;
  }

  private static boolean weekday(Cursor text, DateTime target) {
    int length = text.end - text.at;
    if (!text.isNumber(length)) {
      return false;
    }
    boolean backward = text.startsWith("-");
    double wanted = Math.abs(text.number(length));
    int weekday = (int) wanted;
    if (!(wanted < 7.0) || weekday != wanted) {
      return false;
    }
    target.computeParts();
    target.zone = 0;
    target.hasJulianDay = false;
    target.computeJulianDay();
    long today = (target.julianDay + 129_600_000L) / DateTime.DAY % 7;
    if (backward && today < weekday) {
      today += 7;
    } else if (!backward && today > weekday) {
      today -= 7;
    }
    target.julianDay += (weekday - today) * DateTime.DAY;
    target.clearParts();
    return true;
  }

  private static boolean startOf(Cursor text, DateTime target) {
    if (!target.hasJulianDay && !target.hasDate && !target.hasTime) {
      return false;
    }
    target.computeDate();
    target.setTime(0, 0, 0.0);
    target.zone = 0;
    if (text.restIs("month")) {
      target.day = 1;
      return true;
    }
    if (text.restIs("year")) {
      target.month = 1;
      target.day = 1;
      return true;
    }
    return text.restIs("day");
  }

  /** {@code ±YYYY-MM-DD [HH:MM…]}, {@code [±]HH:MM…} or {@code [±]NNN units}. */
  private static boolean shift(Cursor text, DateTime target) {
    int n = 1;
    while (text.peek(n) != 0 && text.peek(n) != ':' && !Cursor.isSpace(text.peek(n))) {
      if (text.peek(n) == '-' && (n == 5 || n == 6) && isYear(text, n - 1)) {
        break;
      }
      n++;
    }
    if (!text.isNumber(n)) {
      return false;
    }
    double number = text.number(n);
    boolean negative = text.peek() == '-';
    if (text.peek(n) == '-') {
      if (Cursor.isDigit(text.peek()) || !shiftDate(text, n, negative, target)) {
        return false;
      }
      if (text.atEnd()) {
        return true;
      }
      if (!Cursor.isSpace(text.peek())) {
        return false;
      }
      text.at++;
      Cursor ahead = text.copy();
      if (ahead.digits(2, 0, 24) < 0 || !ahead.take(':') || ahead.digits(2, 0, 59) < 0) {
        return false;
      }
      return shiftTime(text, negative, target);
    }
    if (text.peek(n) == ':') {
      if (!Cursor.isDigit(text.peek())) {
        text.at++;
      }
      return shiftTime(text, negative, target);
    }
    text.at += n;
    text.skipSpaces();
    return shiftUnits(text, number, target);
  }

  private static boolean isYear(Cursor text, int digits) {
    Cursor ahead = text.copy();
    ahead.at++;
    return ahead.digits(digits, 0, 14712) >= 0;
  }

  private static boolean shiftDate(Cursor text, int n, boolean negative, DateTime target) {
    text.at++;
    int years = text.digits(n - 1, 0, 14712);
    if (years < 0 || !text.take('-')) {
      return false;
    }
    int months = text.digits(2, 0, 12);
    if (months < 0 || months > 11 || !text.take('-')) {
      return false;
    }
    int days = text.digits(2, 0, 31);
    if (days < 0 || days > 30) {
      return false;
    }
    target.computeParts();
    target.year += negative ? -years : years;
    target.addMonths(negative ? -months : months);
    target.computeOverhang();
    target.computeJulianDay();
    target.hasTime = false;
    target.hasDate = false;
    target.julianDay += (negative ? -days : days) * DateTime.DAY;
    return true;
  }

  private static boolean shiftTime(Cursor text, boolean negative, DateTime target) {
    DateTime time = new DateTime();
    if (!TimeValue.time(text, time)) {
      return false;
    }
    time.computeJulianDay();
    long millis = (time.julianDay - DateTime.DAY / 2) % DateTime.DAY;
    target.computeJulianDay();
    target.clearParts();
    target.julianDay += negative ? -millis : millis;
    return true;
  }

  private static boolean shiftUnits(Cursor text, double number, DateTime target) {
    int length = text.end - text.at;
    if (length > 10 || length < 3) {
      return false;
    }
    if ((text.peek(length - 1) | 0x20) == 's') {
      length--;
    }
    target.computeJulianDay();
    target.overhang = 0;
    boolean done = false;
    for (int i = 0; i < UNITS.length && !done; i++) {
      if (UNITS[i].length() == length
          && text.startsWith(UNITS[i])
          && number > -UNIT_LIMITS[i]
          && number < UNIT_LIMITS[i]) {
        add(number, i, target);
        done = true;
      }
    }
    target.clearParts();
    return done;
  }

  private static void add(double number, int unit, DateTime target) {
    double rest = number;
    if (unit == MONTH || unit == YEAR) {
      int whole = (int) number;
      target.computeParts();
      if (unit == MONTH) {
        target.addMonths(whole);
      } else {
        target.year += whole;
        target.hasJulianDay = false;
      }
      target.computeOverhang();
      rest -= whole;
    }
    target.computeJulianDay();
    double rounding = number < 0 ? -0.5 : 0.5;
    target.julianDay += (long) (rest * 1000.0 * UNIT_SECONDS[unit] + rounding);
  }
}
