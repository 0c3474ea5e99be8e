package dev.turso.function.time;

import dev.turso.function.CallContext;
import dev.turso.function.FunctionDefinition;
import dev.turso.function.FunctionTrait;
import dev.turso.function.ScalarDefinition;
import dev.turso.function.ScalarFunction;
import dev.turso.function.Signature;
import dev.turso.function.SpecialForm;
import dev.turso.value.Register;
import dev.turso.value.Tag;
import java.math.BigInteger;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The functions of the sqlean time extension. */
public final class TimeFunctions implements ScalarFunction {
  private static final Set<FunctionTrait> NOW =
      Set.of(FunctionTrait.CONSTANT_IN_STATEMENT, FunctionTrait.INNOCUOUS);

  private static final long NANOS = 1_000_000_000L;
  private static final int ANY = 9;

  /** Name, fewest and most arguments: the index is what an instance keeps. */
  private static final Object[][] TABLE = {
    {"time_now", 0, 0},
    {"time_date", 3, 8},
    {"time_unix", 1, 2},
    {"time_milli", 1, 1},
    {"time_micro", 1, 1},
    {"time_nano", 1, 1},
    {"time_to_unix", 1, 1},
    {"time_to_milli", 1, 1},
    {"time_to_micro", 1, 1},
    {"time_to_nano", 1, 1},
    {"time_get_year", 1, 1},
    {"time_get_month", 1, 1},
    {"time_get_day", 1, 1},
    {"time_get_hour", 1, 1},
    {"time_get_minute", 1, 1},
    {"time_get_second", 1, 1},
    {"time_get_nano", 1, 1},
    {"time_get_weekday", 1, 1},
    {"time_get_yearday", 1, 1},
    {"time_get_isoyear", 1, 1},
    {"time_get_isoweek", 1, 1},
    {"time_get", 2, 2},
    {"time_add", 2, 2},
    {"time_add_date", 2, 4},
    {"time_sub", 2, 2},
    {"time_since", 1, 1},
    {"time_until", 1, 1},
    {"time_trunc", 2, 2},
    {"time_round", 2, 2},
    {"time_after", 2, 2},
    {"time_before", 2, 2},
    {"time_compare", 2, 2},
    {"time_equal", 2, 2},
    {"time_fmt_iso", 1, 2},
    {"time_fmt_datetime", 1, 2},
    {"time_fmt_date", 1, 2},
    {"time_fmt_time", 1, 2},
    {"time_parse", 1, 1},
    {"dur_ns", 0, 0},
    {"dur_us", 0, 0},
    {"dur_ms", 0, 0},
    {"dur_s", 0, 0},
    {"dur_m", 0, 0},
    {"dur_h", 0, 0},
    {"make_date", 3, 3},
    {"make_timestamp", 6, 6},
    {"to_timestamp", 1, 1}
  };

  private final String name;

  private TimeFunctions(String name) {
    this.name = name;
  }

  public static List<FunctionDefinition> definitions() {
    List<FunctionDefinition> all = new ArrayList<>();
    for (Object[] row : TABLE) {
      String name = (String) row[0];
      boolean now = name.equals("time_now") || name.endsWith("since") || name.endsWith("until");
      Signature signature =
          new Signature(name, (Integer) row[1], (Integer) row[2], now ? NOW : Signature.PURE);
      all.add(new ScalarDefinition(signature, SpecialForm.NONE, new TimeFunctions(name)));
    }
    return all;
  }

  @Override
  public void call(CallContext context, Register[] arguments, int count, Register result) {
    result.setNull();
    for (int i = 0; i < count; i++) {
      if (arguments[i].isNull()) {
        return;
      }
    }
    try {
      compute(context, arguments, count, result);
    } catch (DateTimeException | ArithmeticException e) {
      // out of range
      result.setNull();
    }
  }

  private void compute(CallContext context, Register[] arguments, int count, Register result) {
    switch (name) {
      case "time_now" -> TimeBlob.write(now(context), result);
      case "time_date", "make_date", "make_timestamp" ->
          TimeBlob.write(fromParts(arguments, count), result);
      case "time_unix", "to_timestamp" -> {
        long nanos = count == 2 ? arguments[1].asLong() : 0;
        TimeBlob.write(fromEpoch(arguments[0].asLong(), nanos), result);
      }
      case "time_milli" -> fromUnit(arguments[0].asLong(), 1000, result);
      case "time_micro" -> fromUnit(arguments[0].asLong(), 1_000_000, result);
      case "time_nano" -> fromUnit(arguments[0].asLong(), NANOS, result);
      case "time_parse" -> write(TimeText.parse(arguments[0].asString()), result);
      case "dur_ns" -> result.setInteger(1);
      case "dur_us" -> result.setInteger(1000);
      case "dur_ms" -> result.setInteger(1_000_000);
      case "dur_s" -> result.setInteger(NANOS);
      case "dur_m" -> result.setInteger(60 * NANOS);
      case "dur_h" -> result.setInteger(3600 * NANOS);
      default -> {
        LocalDateTime t = TimeBlob.read(arguments[0]);
        if (t != null) {
          onTime(context, t, arguments, count, result);
        }
      }
    }
  }

  private void onTime(
      CallContext context, LocalDateTime t, Register[] arguments, int count, Register result) {
    switch (name) {
      case "time_to_unix" -> result.setInteger(t.toEpochSecond(ZoneOffset.UTC));
      case "time_to_milli" -> result.setInteger(inUnit(t, 1000));
      case "time_to_micro" -> result.setInteger(inUnit(t, 1_000_000));
      case "time_to_nano" -> result.setInteger(inUnit(t, NANOS));
      case "time_get_isoyear" -> result.setInteger(TimeFields.isoYear(t));
      case "time_get_isoweek" -> result.setInteger(TimeFields.isoWeek(t));
      case "time_get_second" -> result.setInteger(t.getSecond());
      case "time_get" ->
          TimeFields.get(t, arguments[1].asString().toLowerCase(Locale.ROOT), result);
      case "time_add" -> TimeBlob.write(t.plusNanos(arguments[1].asLong()), result);
      case "time_add_date" -> TimeBlob.write(addDate(t, arguments, count), result);
      case "time_since" -> result.setInteger(between(t, now(context)));
      case "time_until" -> result.setInteger(between(now(context), t));
      case "time_trunc" -> write(truncate(t, arguments[1]), result);
      case "time_round" -> TimeBlob.write(round(t, arguments[1].asLong()), result);
      case "time_fmt_iso" -> {
        int offset = offset(arguments, count);
        TimeText.iso(t.plusSeconds(offset), offset, result);
      }
      case "time_fmt_datetime" ->
          TimeText.dateTime(t.plusSeconds(offset(arguments, count)), result);
      case "time_fmt_date" -> TimeText.date(t.plusSeconds(offset(arguments, count)), result);
      case "time_fmt_time" -> TimeText.time(t.plusSeconds(offset(arguments, count)), result);
      case "time_sub", "time_after", "time_before", "time_compare", "time_equal" -> {
        LocalDateTime other = TimeBlob.read(arguments[1]);
        if (other != null) {
          compare(t, other, result);
        }
      }
      default -> TimeFields.get(t, name.substring("time_get_".length()), result);
    }
  }

  private void compare(LocalDateTime t, LocalDateTime other, Register result) {
    int order = Integer.signum(t.compareTo(other));
    switch (name) {
      case "time_sub" -> result.setInteger(between(other, t));
      case "time_after" -> result.setBoolean(order > 0);
      case "time_before" -> result.setBoolean(order < 0);
      case "time_equal" -> result.setBoolean(order == 0);
      default -> result.setInteger(order);
    }
  }

  private static void write(@Nullable LocalDateTime t, Register result) {
    if (t != null) {
      TimeBlob.write(t, result);
    }
  }

  private static LocalDateTime now(CallContext context) {
    return fromEpoch(0, 0).plus(Duration.ofMillis(context.environment().currentTimeMillis()));
  }

  /**
   * Year, month, day, hour, minute, second, nanosecond, offset; what overflows a part is carried.
   */
  private static LocalDateTime fromParts(Register[] arguments, int count) {
    long[] parts = new long[ANY];
    for (int i = 0; i < count; i++) {
      parts[i] = arguments[i].asLong();
    }
    return LocalDate.of(Math.toIntExact(parts[0]), 1, 1)
        .atStartOfDay()
        .plusMonths(parts[1] - 1)
        .plusDays(parts[2] - 1)
        .plusHours(parts[3])
        .plusMinutes(parts[4])
        .plusSeconds(parts[5] - parts[7])
        .plusNanos(parts[6]);
  }

  private static LocalDateTime fromEpoch(long seconds, long nanos) {
    return LocalDateTime.ofEpochSecond(seconds, 0, ZoneOffset.UTC).plusNanos(nanos);
  }

  private static void fromUnit(long value, long perSecond, Register result) {
    long seconds = Math.floorDiv(value, perSecond);
    long rest = Math.floorMod(value, perSecond);
    TimeBlob.write(fromEpoch(seconds, rest * (NANOS / perSecond)), result);
  }

  private static long inUnit(LocalDateTime t, long perSecond) {
    long whole = Math.multiplyExact(t.toEpochSecond(ZoneOffset.UTC), perSecond);
    return Math.addExact(whole, t.getNano() / (NANOS / perSecond));
  }

  private static long between(LocalDateTime from, LocalDateTime to) {
    return Duration.between(from, to).toNanos();
  }

  private static LocalDateTime addDate(LocalDateTime t, Register[] arguments, int count) {
    LocalDateTime sum = t.plusYears(arguments[1].asLong());
    if (count > 2) {
      sum = sum.plusMonths(arguments[2].asLong());
    }
    return count > 3 ? sum.plusDays(arguments[3].asLong()) : sum;
  }

  private static int offset(Register[] arguments, int count) {
    return count > 1 ? Math.toIntExact(arguments[1].asLong()) : 0;
  }

  private static @Nullable LocalDateTime truncate(LocalDateTime t, Register unit) {
    if (unit.tag == Tag.TEXT) {
      return TimeFields.truncate(t, unit.asString().toLowerCase(Locale.ROOT));
    }
    return t.minusNanos(beyond(t, unit.asLong()));
  }

  private static LocalDateTime round(LocalDateTime t, long unit) {
    long beyond = beyond(t, unit);
    return beyond < unit - beyond ? t.minusNanos(beyond) : t.plusNanos(unit - beyond);
  }

  /** Nanoseconds since the last whole multiple of a duration, counted from year 1. */
  private static long beyond(LocalDateTime t, long unit) {
    if (unit <= 0) {
      return 0;
    }
    long seconds = t.toEpochSecond(ZoneOffset.UTC) + 62_135_596_800L;
    // (seconds * 10^9 + nanos) mod unit, in 128 bits
    BigInteger nanos =
        BigInteger.valueOf(seconds)
            .multiply(BigInteger.valueOf(NANOS))
            .add(BigInteger.valueOf(t.getNano()));
    return nanos.mod(BigInteger.valueOf(unit)).longValue();
  }
}
