package dev.turso.function.date;

import java.time.Instant;
import java.time.ZoneId;

/**
 * A moment while it is parsed and modified: a julian day number, or its parts, or both.
 *
 * <p>Whoever changes the parts marks the number as not known, and the other way round; {@link
 * #computeJulianDay} and {@link #computeParts} fill in what is missing. A mutable calculator for
 * one call of one function.
 *
 * <p>The conversions are those of Jean Meeus, Astronomical Algorithms (1991), chapter 7.
 */
final class DateTime {

  static final long DAY = 86_400_000L;
  private static final long HALF_DAY = DAY / 2;

  /** 1970-01-01 00:00 in julian milliseconds. */
  static final long EPOCH = 210_866_760_000_000L;

  /** 9999-12-31 23:59:59.999. */
  private static final long LAST = 464_269_060_799_999L;

  /** Where the platform's zone rules are asked: 1970-01-01 to 2038-01-18. */
  private static final long ZONE_RULES_END = 213_014_145_600_000L;

  long julianDay;
  boolean hasJulianDay;

  int year;
  int month;
  int day;
  boolean hasDate;

  int hour;
  int minute;

  /** Seconds with fraction; or the raw number. */
  double second;

  boolean hasTime;

  /** Minutes east of Greenwich that the parts are ahead, 0 when that has been accounted for. */
  int zone;

  /** {@link #second} holds a number that is a julian day or seconds since 1970. */
  boolean raw;

  /** Days by which a day that its month does not have is beyond the month's last. */
  int overhang;

  boolean utc;
  boolean local;

  /** An overflow has happened: there is no moment. */
  boolean error;

  /** Results show milliseconds. */
  boolean subsecond;

  static boolean isValid(long julianDay) {
    return julianDay >= 0 && julianDay <= LAST;
  }

  void setJulianDay(long milliseconds) {
    julianDay = milliseconds;
    hasJulianDay = true;
  }

  void setUnixMillis(long milliseconds) {
    setJulianDay(milliseconds + EPOCH);
    utc = true;
    local = false;
    clearParts();
  }

  void setDate(int year, int month, int day) {
    this.year = year;
    this.month = month;
    this.day = day;
    hasDate = true;
    hasJulianDay = false;
  }

  void setTime(int hour, int minute, double second) {
    this.hour = hour;
    this.minute = minute;
    this.second = second;
    hasTime = true;
    raw = false;
    hasJulianDay = false;
  }

  void clearParts() {
    hasDate = false;
    hasTime = false;
    zone = 0;
  }

  private void fail() {
    copyFrom(new DateTime());
    error = true;
  }

  void computeJulianDay() {
    if (hasJulianDay) {
      return;
    }
    int y = hasDate ? year : 2000;
    int m = hasDate ? month : 1;
    int d = hasDate ? day : 1;
    if (y < -4713 || y > 9999 || raw) {
      fail();
      return;
    }
    if (m <= 2) {
      y--;
      m += 12;
    }
    int century = (y + 4800) / 100;
    int correction = 38 - century + century / 4;
    int yearDays = 36525 * (y + 4716) / 100;
    int monthDays = 306001 * (m + 1) / 10000;
    setJulianDay((long) ((yearDays + monthDays + d + correction - 1524.5) * DAY));
    if (hasTime) {
      // 24:00 is the next day's 00:00, whatever day that is
      overhang = hour == 24 ? 0 : overhang;
      julianDay += hour * 3_600_000L + minute * 60_000L + (long) (second * 1000 + 0.5);
      if (zone != 0) {
        julianDay -= zone * 60_000L;
        clearParts();
        utc = true;
        local = false;
      } else if (hour == 24) {
        clearParts();
      }
    }
  }

  void computeDate() {
    if (hasDate) {
      return;
    }
    if (!hasJulianDay) {
      year = 2000;
      month = 1;
      day = 1;
    } else if (!isValid(julianDay)) {
      fail();
      return;
    } else {
      int z = (int) ((julianDay + HALF_DAY) / DAY);
      int alpha = (int) ((z + 32044.75) / 36524.25) - 52;
      int a = z + 1 + alpha - (alpha + 100) / 4 + 25;
      int b = a + 1524;
      int c = (int) ((b - 122.1) / 365.25);
      int d = 36525 * (c & 32767) / 100;
      int e = (int) ((b - d) / 30.6001);
      day = b - d - (int) (30.6001 * e);
      month = e < 14 ? e - 1 : e - 13;
      year = month > 2 ? c - 4716 : c - 4715;
    }
    hasDate = true;
  }

  void computeTime() {
    if (hasTime) {
      return;
    }
    computeJulianDay();
    int dayMillis = (int) ((julianDay + HALF_DAY) % DAY);
    second = dayMillis % 60_000 / 1000.0;
    int dayMinutes = dayMillis / 60_000;
    minute = dayMinutes % 60;
    hour = dayMinutes / 60;
    raw = false;
    hasTime = true;
  }

  void computeParts() {
    computeDate();
    computeTime();
  }

  /** Notes by how much the day is beyond the end of its month, for the modifier 'floor'. */
  void computeOverhang() {
    if (day <= 28 || (1 << month & 0x15aa) != 0) {
      overhang = 0;
    } else if (month != 2) {
      overhang = day == 31 ? 1 : 0;
    } else {
      boolean leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
      overhang = day - (leap ? 29 : 28);
    }
  }

  /** Adds months to the date's parts, carrying into years. */
  void addMonths(int months) {
    month += months;
    int years = month > 0 ? (month - 1) / 12 : (month - 12) / 12;
    year += years;
    month -= years * 12;
    hasJulianDay = false;
  }

  /** Of a moment in UTC makes the parts local. */
  void toLocal(ZoneId zoneId) {
    computeJulianDay();
    long asked = julianDay;
    int yearShift = 0;
    if (julianDay < EPOCH || julianDay > ZONE_RULES_END) {
      // outside those years the rules of a year alike in leap days are taken
      DateTime alike = new DateTime();
      alike.copyFrom(this);
      alike.computeParts();
      yearShift = 2000 + alike.year % 4 - alike.year;
      alike.year += yearShift;
      alike.hasJulianDay = false;
      alike.computeJulianDay();
      asked = alike.julianDay;
    }
    long seconds = asked / 1000 - EPOCH / 1000;
    int offset = zoneId.getRules().getOffset(Instant.ofEpochSecond(seconds)).getTotalSeconds();
    DateTime shifted = new DateTime();
    shifted.setJulianDay((seconds + offset) * 1000 + EPOCH);
    shifted.computeParts();
    year = shifted.year - yearShift;
    month = shifted.month;
    day = shifted.day;
    hour = shifted.hour;
    minute = shifted.minute;
    second = (int) shifted.second + julianDay % 1000 * 0.001;
    hasDate = true;
    hasTime = true;
    hasJulianDay = false;
    raw = false;
    zone = 0;
    error = false;
  }

  /** Takes a moment for local time and makes it UTC. */
  void toUtc(ZoneId zoneId) {
    computeJulianDay();
    long wanted = julianDay;
    long guess = wanted;
    long wrongBy = 0;
    int rounds = 0;
    do {
      guess -= wrongBy;
      DateTime tried = new DateTime();
      tried.setJulianDay(guess);
      tried.toLocal(zoneId);
      tried.computeJulianDay();
      wrongBy = tried.julianDay - wanted;
    } while (wrongBy != 0 && rounds++ < 3);
    copyFrom(new DateTime());
    setJulianDay(guess);
    utc = true;
  }

  void copyFrom(DateTime other) {
    julianDay = other.julianDay;
    hasJulianDay = other.hasJulianDay;
    year = other.year;
    month = other.month;
    day = other.day;
    hasDate = other.hasDate;
    hour = other.hour;
    minute = other.minute;
    second = other.second;
    hasTime = other.hasTime;
    zone = other.zone;
    raw = other.raw;
    overhang = other.overhang;
    utc = other.utc;
    local = other.local;
    error = other.error;
    subsecond = other.subsecond;
  }
}
