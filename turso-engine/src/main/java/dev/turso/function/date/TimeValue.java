package dev.turso.function.date;

/**
 * Reads a time value.
 *
 * @see <a href="https://www.sqlite.org/lang_datefunc.html#time_values">Time values</a>
 */
final class TimeValue {

  /** Numbers below this, the day after the last, may be julian days. */
  private static final double JULIAN_DAYS = 5373484.5;

  private static final int MAX_ZONE_HOURS = 14;

  private TimeValue() {}

  /** A number: a julian day if it can be one, and perhaps seconds since 1970. */
  static void number(double number, DateTime target) {
    target.second = number;
    target.raw = true;
    if (number >= 0.0 && number < JULIAN_DAYS) {
      target.setJulianDay((long) (number * DateTime.DAY + 0.5));
    }
  }

  /**
   * {@code [-]YYYY-MM-DD}, perhaps with a time after it; false if the text is nothing of that form.
   */
  static boolean date(Cursor text, DateTime target) {
    boolean negative = text.take('-');
    int year = text.digits(4, 0, 14712);
    if (year < 0 || !text.take('-')) {
      return false;
    }
    int month = text.digits(2, 1, 12);
    if (month < 0 || !text.take('-')) {
      return false;
    }
    int day = text.digits(2, 1, 31);
    if (day < 0) {
      return false;
    }
    while (Cursor.isSpace(text.peek()) || text.peek() == 'T') {
      text.at++;
    }
    if (text.atEnd()) {
      target.hasTime = false;
    } else if (!time(text, target)) {
      return false;
    }
    target.setDate(negative ? -year : year, month, day);
    target.computeOverhang();
    if (target.zone != 0 || target.hasTime && target.hour == 24) {
      target.computeJulianDay();
    }
    return true;
  }

  /** {@code HH:MM[:SS[.SSS]][zone]} and nothing after it. */
  static boolean time(Cursor text, DateTime target) {
    int hour = text.digits(2, 0, 24);
    if (hour < 0 || !text.take(':')) {
      return false;
    }
    int minute = text.digits(2, 0, 59);
    if (minute < 0) {
      return false;
    }
    double second = 0;
    if (text.take(':')) {
      int whole = text.digits(2, 0, 59);
      if (whole < 0) {
        return false;
      }
      second = whole + fraction(text);
    }
    if (hour == 24 && (minute > 0 || second > 0)) {
      return false;
    }
    target.setTime(hour, minute, second);
    return zone(text, target);
  }

  private static double fraction(Cursor text) {
    if (text.peek() != '.' || !Cursor.isDigit(text.peek(1))) {
      return 0.0;
    }
    text.at++;
    double digits = 0.0;
    double scale = 1.0;
    while (Cursor.isDigit(text.peek())) {
      digits = digits * 10.0 + text.peek() - '0';
      scale *= 10.0;
      text.at++;
    }
    // cut off, so that rounding to milliseconds does not reach the next second
    return Math.min(digits / scale, 0.999);
  }

  /** Nothing, {@code Z} or {@code ±HH:MM}. */
  private static boolean zone(Cursor text, DateTime target) {
    text.skipSpaces();
    target.zone = 0;
    int c = text.peek();
    if (c == 'Z' || c == 'z') {
      text.at++;
      target.utc = true;
      target.local = false;
    } else if (c == '+' || c == '-') {
      text.at++;
      int hours = text.digits(2, 0, MAX_ZONE_HOURS);
      if (hours < 0 || !text.take(':')) {
        return false;
      }
      int minutes = text.digits(2, 0, 59);
      if (minutes < 0) {
        return false;
      }
      int offset = hours * 60 + minutes;
      target.zone = c == '-' ? -offset : offset;
      if (offset == 0) {
        target.utc = true;
        target.local = false;
      }
    }
    text.skipSpaces();
    return text.atEnd();
  }
}
