package dev.turso.function.time;

import dev.turso.value.Register;
import dev.turso.value.TextBuilder;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/** Moments as text. */
final class TimeText {

  private TimeText() {}

  /** {@code 2011-11-18T15:56:35[.666777888]Z}, or with an offset for the Z. */
  static void iso(LocalDateTime t, int offsetSeconds, Register result) {
    TextBuilder out = new TextBuilder();
    date(t, out);
    time(t, out.append('T'));
    if (t.getNano() != 0) {
      out.append('.').appendPadded(t.getNano(), 9);
    }
    if (offsetSeconds == 0) {
      out.append('Z');
    } else {
      int minutes = Math.abs(offsetSeconds) / 60;
      out.append(offsetSeconds < 0 ? '-' : '+').appendPadded(minutes / 60, 2);
      out.append(':').appendPadded(minutes % 60, 2);
    }
    out.moveTo(result);
  }

  static void dateTime(LocalDateTime t, Register result) {
    TextBuilder out = new TextBuilder();
    date(t, out);
    time(t, out.append(' '));
    out.moveTo(result);
  }

  static void date(LocalDateTime t, Register result) {
    TextBuilder out = new TextBuilder();
    date(t, out);
    out.moveTo(result);
  }

  static void time(LocalDateTime t, Register result) {
    TextBuilder out = new TextBuilder();
    time(t, out);
    out.moveTo(result);
  }

  private static void date(LocalDateTime t, TextBuilder out) {
    out.appendPadded(t.getYear(), 4).append('-').appendPadded(t.getMonthValue(), 2);
    out.append('-').appendPadded(t.getDayOfMonth(), 2);
  }

  private static void time(LocalDateTime t, TextBuilder out) {
    out.appendPadded(t.getHour(), 2).append(':').appendPadded(t.getMinute(), 2);
    out.append(':').appendPadded(t.getSecond(), 2);
  }

  /** An ISO moment with zone, {@code date time}, a date, or a time of the first day of year 1. */
  static @Nullable LocalDateTime parse(String text) {
    try {
      if (text.indexOf('T') > 0) {
        return OffsetDateTime.parse(text).withOffsetSameInstant(ZoneOffset.UTC).toLocalDateTime();
      }
      if (text.indexOf(' ') > 0) {
        return LocalDateTime.parse(text.replace(' ', 'T'));
      }
      if (text.indexOf(':') > 0) {
        return LocalDate.of(1, 1, 1).atTime(LocalTime.parse(text));
      }
      return LocalDate.parse(text).atStartOfDay();
    } catch (DateTimeException e) {
      return null;
    }
  }
}
