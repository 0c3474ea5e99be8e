package dev.turso.function.date;

import dev.turso.error.SqlException;
import dev.turso.function.CallContext;
import dev.turso.function.CallPurpose;
import dev.turso.value.Register;
import dev.turso.value.Tag;
import java.time.ZoneId;

/** Reads a time value and the modifiers after it. */
final class DateTimeArguments implements Modifier.Environment {

  private final CallContext context;
  private final String function;

  /**
   * @param function its name, for the message where time may not pass
   */
  DateTimeArguments(CallContext context, String function) {
    this.context = context;
    this.function = function;
  }

  /** Reads arguments {@code from} to {@code to}; false if they give no moment. */
  boolean read(Register[] arguments, int from, int to, DateTime target) {
    if (from >= to) {
      now(target);
    } else if (!timeValue(arguments[from], target)) {
      return false;
    }
    for (int i = from + 1; i < to; i++) {
      arguments[i].textify();
      if (arguments[i].isNull() || !Modifier.apply(cursor(arguments[i]), i - from, target, this)) {
        return false;
      }
    }
    target.computeJulianDay();
    if (target.error || !DateTime.isValid(target.julianDay)) {
      return false;
    }
    if (to - from == 1 && target.hasDate && target.day > 28) {
      // so that 2023-02-31 shows as 2023-03-03
      target.hasDate = false;
    }
    return true;
  }

  private boolean timeValue(Register argument, DateTime target) {
    if (argument.tag == Tag.INTEGER || argument.tag == Tag.REAL) {
      TimeValue.number(argument.asDouble(), target);
      return true;
    }
    if (argument.isNull()) {
      return false;
    }
    Cursor text = cursor(argument);
    if (TimeValue.date(text.copy(), target) || TimeValue.time(text.copy(), target)) {
      return true;
    }
    if (text.restIs("now")) {
      now(target);
      return true;
    }
    if (text.isNumber(text.end - text.at)) {
      TimeValue.number(text.number(text.end - text.at), target);
      return true;
    }
    if (text.restIs("subsec") || text.restIs("subsecond")) {
      target.subsecond = true;
      now(target);
      return true;
    }
    return false;
  }

  private static Cursor cursor(Register text) {
    int end = text.offset();
    int limit = end + text.length();
    while (end < limit && text.ref[end] != 0) {
      end++;
    }
    return new Cursor(text.ref, text.offset(), end);
  }

  private void now(DateTime target) {
    requirePassingTime();
    target.setUnixMillis(context.environment().currentTimeMillis());
  }

  @Override
  public ZoneId zone() {
    requirePassingTime();
    return context.environment().zone();
  }

  private void requirePassingTime() {
    if (context.purpose() != CallPurpose.QUERY) {
      throw new SqlException(
          "non-deterministic use of " + function + "() in " + context.purpose().words());
    }
  }
}
