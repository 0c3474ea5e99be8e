package dev.turso.cli.command;

import dev.turso.Rows;
import dev.turso.Statement;
import dev.turso.cli.output.InsertPrinter;
import dev.turso.cli.output.Texts;
import dev.turso.cli.shell.Outcome;
import dev.turso.cli.shell.Shell;
import dev.turso.error.DatabaseException;
import dev.turso.value.Value;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** {@code .parameter}: values by the parameter's name with its first character, {@code ?1} for a number. */
final class ParameterCommand {

  Outcome run(Shell shell, List<String> words) {
    String what = words.size() > 1 ? words.get(1) : "";
    Map<String, Value> values = shell.parameters();
    if (what.equals("clear") && words.size() == 2) {
      values.clear();
    } else if (what.equals("clear") && words.size() == 3
        || what.equals("unset") && words.size() == 3) {
      values.remove(words.get(2));
    } else if (what.equals("init") && words.size() == 2) {
      return Outcome.DONE; // values need no table here
    } else if (what.equals("list") && words.size() == 2) {
      list(shell, values);
    } else if (what.equals("set") && words.size() == 4) {
      values.put(words.get(2), value(shell, words.get(3)));
    } else {
      help(shell);
    }
    return Outcome.DONE;
  }

  /** A SQL expression, or if it is none the text itself. */
  private static Value value(Shell shell, String text) {
    try (Statement statement = shell.session().prepare("SELECT " + text);
        Rows rows = statement.query()) {
      boolean all = text.length() + "SELECT ".length() <= statement.tail() && rows.next();
      return all ? rows.get(0) : Value.text(text);
    } catch (DatabaseException e) {
      return Value.text(text);
    }
  }

  private static void list(Shell shell, Map<String, Value> values) {
    int width = 0;
    for (String each : values.keySet()) {
      width = Math.max(width, each.length());
    }
    for (Map.Entry<String, Value> each : new TreeMap<>(values).entrySet()) {
      shell.out().print(each.getKey() + " ".repeat(width - each.getKey().length() + 1));
      shell.out().print(InsertPrinter.literal(each.getValue(), true)).print(Texts.bytes("\n"));
    }
  }

  private static void help(Shell shell) {
    shell
        .out()
        .print(
            """
            .parameter CMD ...       Values for the parameters of statements
               clear ?NAME?            Forget all values, or one
               init                    Accepted; values need no table here
               list                    Show all values
               set NAME VALUE          Give parameter NAME, such as :a or ?1, a value
               unset NAME              Forget one value
            """);
  }
}
