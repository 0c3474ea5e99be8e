package dev.turso.function.printf;

import dev.turso.function.CallContext;
import dev.turso.function.FunctionDefinition;
import dev.turso.function.ScalarDefinition;
import dev.turso.function.ScalarFunction;
import dev.turso.function.Signature;
import dev.turso.value.Register;
import dev.turso.value.TextBuilder;
import java.util.List;

/**
 * {@code format(F, …)}: the text F with its %-specifications replaced by the other arguments.
 *
 * <p>Missing arguments count as NULL. At the first specification that is none the result ends.
 *
 * @see <a href="https://www.sqlite.org/printf.html">Built-in printf()</a>
 */
public final class PrintfFunction implements ScalarFunction {

  private PrintfFunction() {}

  public static List<FunctionDefinition> definitions() {
    PrintfFunction function = new PrintfFunction();
    return List.of(
        ScalarDefinition.pure("format", 0, Signature.ANY, function),
        ScalarDefinition.pure("printf", 0, Signature.ANY, function));
  }

  @Override
  public void call(CallContext context, Register[] arguments, int count, Register result) {
    if (count == 0 || arguments[0].isNull()) {
      result.setNull();
      return;
    }
    arguments[0].textify();
    byte[] format = arguments[0].asBytes();
    TextBuilder out = new TextBuilder(format.length + 32);
    Arguments rest = new Arguments(arguments, count);
    int i = 0;
    while (i >= 0 && i < format.length && format[i] != 0) {
      if (format[i] != '%') {
        out.append(format[i++]);
      } else if (i + 1 == format.length || format[i + 1] == 0) {
        out.append('%');
        break;
      } else {
        Conversion conversion = new Conversion();
        i = conversion.parse(format, i + 1, rest);
        if (!conversion.append(rest, out)) {
          break;
        }
      }
    }
    out.moveTo(result);
  }
}
