package dev.turso.cli.command;

import dev.turso.Session;
import dev.turso.cli.output.OutputMode;
import dev.turso.cli.output.OutputSettings;
import dev.turso.cli.output.TclPrinter;
import dev.turso.cli.shell.Flags;
import dev.turso.cli.shell.Outcome;
import dev.turso.cli.shell.Shell;
import java.util.List;
import java.util.Locale;
import java.util.function.BiConsumer;

/** Commands that change how the shell behaves. */
final class SettingCommands {

  private SettingCommands() {}

  static void addTo(CommandTable table) {
    toggle(table, "bail", 3, "Stop after hitting an error", (s, v) -> s.flags().bail(v));
    toggle(table, "binary", 3, "Accepted; output is always bytes as they are", (s, v) -> {});
    toggle(
        table, "changes", 3, "Show number of rows changed by SQL", (s, v) -> s.flags().changes(v));
    toggle(table, "echo", 1, "Show each input before it runs", (s, v) -> s.flags().echo(v));
    toggle(table, "headers", 1, "Show column names", (s, v) -> s.settings().header(v));
    toggle(table, "timer", 5, "Show the time that each input took", (s, v) -> s.flags().timer(v));
    toggle(table, "pager", 3, "Stop at each page of output", (s, v) -> s.paging(v));
    table.add("eqp", 2, "off|on|full", "Show the plan before each statement", SettingCommands::eqp);
    table.add("explain", 3, "?on|off|auto?", "How EXPLAIN is shown", SettingCommands::explain);
    table.add("stats", 2, "?on|off?", "Figures of the database and the JVM", Diagnostics::stats);
    table.add(
        "mode",
        1,
        "MODE ?OPTIONS?",
        "Set the output mode; without MODE, tell it",
        ModeCommand::run);
    table.add("nullvalue", 1, "STRING", "Show STRING in place of NULL", SettingCommands::nullValue);
    table.add(
        "separator", 2, "COL ?ROW?", "Set column and row separators", SettingCommands::separator);
    table.add(
        "width",
        1,
        "NUM1 NUM2 ...",
        "Least widths of columns; negative to justify right",
        SettingCommands::width);
    table.add("prompt", 1, "MAIN CONTINUE", "Replace the prompts", SettingCommands::prompt);
    table.add("timeout", 5, "MS", "Wait so long for locks", SettingCommands::timeout);
    table.add(
        "progress", 4, "on|off", "Show that a long statement runs", SettingCommands::progress);
    table.add("show", 3, "", "Show the settings", SettingCommands::show);
    table.add(
        "parameter",
        3,
        "CMD ...",
        "Values for the parameters of statements",
        new ParameterCommand()::run);
  }

  private static void toggle(
      CommandTable table,
      String name,
      int shortest,
      String summary,
      BiConsumer<Shell, Boolean> set) {
    table.add(
        name,
        shortest,
        "on|off",
        summary,
        (shell, words) -> {
          if (words.size() != 2) {
            return Arguments.usage(shell, "." + name + " on|off");
          }
          set.accept(shell, Arguments.truth(shell, words.get(1)));
          return Outcome.DONE;
        });
  }

  private static Outcome eqp(Shell shell, List<String> words) {
    if (words.size() != 2) {
      return Arguments.usage(shell, ".eqp off|on|trace|trigger|full");
    }
    Flags.PlanDisplay plans =
        switch (words.get(1)) {
          case "full", "trace" -> Flags.PlanDisplay.FULL;
          case "trigger" -> Flags.PlanDisplay.TRIGGER;
          default ->
              Arguments.truth(shell, words.get(1)) ? Flags.PlanDisplay.ON : Flags.PlanDisplay.OFF;
        };
    shell.flags().plans(plans);
    return Outcome.DONE;
  }

  private static Outcome explain(Shell shell, List<String> words) {
    if (words.size() < 2) {
      shell.flags().explain(true, false);
    } else if (words.get(1).equals("auto")) {
      shell.flags().explain(true, true);
    } else {
      shell.flags().explain(Arguments.truth(shell, words.get(1)), false);
    }
    return Outcome.DONE;
  }

  private static Outcome nullValue(Shell shell, List<String> words) {
    if (words.size() != 2) {
      return Arguments.usage(shell, ".nullvalue STRING");
    }
    shell.settings().nullValue(words.get(1));
    return Outcome.DONE;
  }

  private static Outcome separator(Shell shell, List<String> words) {
    if (words.size() >= 2 && words.size() <= 3) {
      shell.settings().columnSeparator(words.get(1));
      if (words.size() == 3) {
        shell.settings().rowSeparator(words.get(2));
      }
      return Outcome.DONE;
    }
    if (words.size() > 3) {
      shell.settings().columnSeparator(words.get(1));
      shell.settings().rowSeparator(words.get(2));
    }
    return Arguments.usage(shell, ".separator COL ?ROW?");
  }

  private static Outcome width(Shell shell, List<String> words) {
    int[] widths = new int[words.size() - 1];
    for (int i = 0; i < widths.length; i++) {
      widths[i] = (int) Arguments.number(words.get(i + 1));
    }
    shell.settings().widths(widths);
    return Outcome.DONE;
  }

  private static Outcome prompt(Shell shell, List<String> words) {
    String first = words.size() > 1 ? words.get(1) : shell.flags().prompt();
    String next = words.size() > 2 ? words.get(2) : shell.flags().continuation();
    shell.flags().prompts(first, next);
    return Outcome.DONE;
  }

  private static Outcome timeout(Shell shell, List<String> words) {
    Session session = shell.session();
    session.busyTimeout(words.size() > 1 ? (int) Arguments.number(words.get(1)) : 0);
    return Outcome.DONE;
  }

  private static Outcome progress(Shell shell, List<String> words) {
    for (String each : words.subList(1, words.size())) {
      if (!Arguments.option(each).isEmpty()) {
        shell.complain("statements are not counted in opcodes here: " + each + " has no effect");
        return Outcome.FAILED;
      }
      shell.flags().progress(Arguments.truth(shell, each));
    }
    return Outcome.DONE;
  }

  private static Outcome show(Shell shell, List<String> words) {
    if (words.size() != 1) {
      return Arguments.usage(shell, ".show");
    }
    Flags flags = shell.flags();
    OutputSettings settings = shell.settings();
    OutputMode mode = settings.mode();
    line(shell, "echo", onOff(flags.echo()));
    line(shell, "eqp", flags.plans().name().toLowerCase(Locale.ROOT));
    line(shell, "explain", flags.explainAutomatic() ? "auto" : onOff(flags.explainFormatted()));
    line(shell, "headers", onOff(settings.header()));
    line(shell, "mode", ModeCommand.describe(settings, mode));
    line(shell, "nullvalue", TclPrinter.literal(settings.nullValue()));
    line(shell, "output", shell.outName());
    line(shell, "colseparator", TclPrinter.literal(settings.columnSeparator()));
    line(shell, "rowseparator", TclPrinter.literal(settings.rowSeparator()));
    line(shell, "stats", onOff(flags.stats()));
    StringBuilder widths = new StringBuilder();
    for (int each : settings.widths()) {
      widths.append(each).append(' ');
    }
    line(shell, "width", widths.toString());
    line(shell, "filename", shell.path());
    return Outcome.DONE;
  }

  private static String onOff(boolean value) {
    return value ? "on" : "off";
  }

  private static void line(Shell shell, String name, String value) {
    shell.out().line(" ".repeat(12 - name.length()) + name + ": " + value);
  }
}
