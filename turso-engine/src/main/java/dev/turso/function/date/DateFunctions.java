package dev.turso.function.date;

import dev.turso.function.CallContext;
import dev.turso.function.FunctionDefinition;
import dev.turso.function.FunctionTrait;
import dev.turso.function.ScalarDefinition;
import dev.turso.function.ScalarFunction;
import dev.turso.function.Signature;
import dev.turso.function.SpecialForm;
import dev.turso.value.Register;
import dev.turso.value.TextBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * The family of date and time functions.
 *
 * @see <a href="https://www.sqlite.org/lang_datefunc.html">Date and time functions</a>
 */
public final class DateFunctions implements ScalarFunction {

  private static final int DATE = 0;
  private static final int TIME = 1;
  private static final int DATETIME = 2;
  private static final int JULIANDAY = 3;
  private static final int UNIXEPOCH = 4;
  private static final int STRFTIME = 5;
  private static final int TIMEDIFF = 6;

  private static final Set<FunctionTrait> TRAITS =
      Set.of(FunctionTrait.CONSTANT_IN_STATEMENT, FunctionTrait.INNOCUOUS);

  private final String name;
  private final int which;

  private DateFunctions(String name, int which) {
    this.name = name;
    this.which = which;
  }

  /** All functions of this family. */
  public static List<FunctionDefinition> definitions() {
    List<FunctionDefinition> all = new ArrayList<>();
    all.add(define("date", 0, Signature.ANY, DATE));
    all.add(define("time", 0, Signature.ANY, TIME));
    all.add(define("datetime", 0, Signature.ANY, DATETIME));
    all.add(define("julianday", 0, Signature.ANY, JULIANDAY));
    all.add(define("unixepoch", 0, Signature.ANY, UNIXEPOCH));
    all.add(define("strftime", 0, Signature.ANY, STRFTIME));
    all.add(define("timediff", 2, 2, TIMEDIFF));
    all.add(define("current_date", 0, 0, DATE));
    all.add(define("current_time", 0, 0, TIME));
    all.add(define("current_timestamp", 0, 0, DATETIME));
    return all;
  }

  private static FunctionDefinition define(String name, int fewest, int most, int which) {
    return new ScalarDefinition(
        new Signature(name, fewest, most, TRAITS),
        SpecialForm.NONE,
        new DateFunctions(name, which));
  }

  @Override
  public void call(CallContext context, Register[] arguments, int count, Register result) {
    result.setNull();
    DateTimeArguments reader = new DateTimeArguments(context, name);
    if (which == STRFTIME) {
      format(reader, arguments, count, result);
    } else if (which == TIMEDIFF) {
      difference(reader, arguments, result);
    } else {
      DateTime moment = new DateTime();
      if (reader.read(arguments, 0, count, moment)) {
        show(moment, result);
      }
    }
  }

  private void show(DateTime moment, Register result) {
    if (which == JULIANDAY) {
      result.setReal(moment.julianDay / (double) DateTime.DAY);
      return;
    }
    if (which == UNIXEPOCH) {
      if (moment.subsecond) {
        result.setReal((moment.julianDay - DateTime.EPOCH) / 1000.0);
      } else {
        result.setInteger(moment.julianDay / 1000 - DateTime.EPOCH / 1000);
      }
      return;
    }
    moment.computeParts();
    TextBuilder text = new TextBuilder();
    if (which != TIME) {
      showDate(moment, text);
    }
    if (which == DATETIME) {
      text.append(' ');
    }
    if (which != DATE) {
      if (moment.subsecond) {
        TimeFormat.timeWithMillis(moment, text);
      } else {
        TimeFormat.time(moment, text);
      }
    }
    text.moveTo(result);
  }

  /** As {@link TimeFormat#date}, but a year before 0 has four digits after its sign. */
  private static void showDate(DateTime moment, TextBuilder text) {
    text.appendPadded(moment.year, 4);
    text.append('-').appendPadded(moment.month, 2).append('-').appendPadded(moment.day, 2);
  }

  private static void format(
      DateTimeArguments reader, Register[] arguments, int count, Register result) {
    if (count == 0 || arguments[0].isNull()) {
      return;
    }
    arguments[0].textify();
    DateTime moment = new DateTime();
    if (!reader.read(arguments, 1, count, moment)) {
      return;
    }
    moment.computeParts();
    byte[] format = arguments[0].asBytes();
    TextBuilder text = new TextBuilder();
    for (int i = 0; i < format.length && format[i] != 0; i++) {
      if (format[i] != '%') {
        text.append(format[i]);
      } else if (++i == format.length || !TimeFormat.append(format[i], moment, text)) {
        return;
      }
    }
    text.moveTo(result);
  }

  private static void difference(DateTimeArguments reader, Register[] arguments, Register result) {
    DateTime first = new DateTime();
    DateTime second = new DateTime();
    if (reader.read(arguments, 0, 1, first) && reader.read(arguments, 1, 2, second)) {
      TextBuilder text = new TextBuilder();
      TimeDifference.append(first, second, text);
      text.moveTo(result);
    }
  }
}
