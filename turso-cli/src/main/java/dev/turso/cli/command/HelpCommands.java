package dev.turso.cli.command;

import dev.turso.cli.output.ByteSink;
import dev.turso.cli.shell.ExitRequest;
import dev.turso.cli.shell.Outcome;
import dev.turso.cli.shell.Shell;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.List;

/** Help, manual pages and the way out. */
final class HelpCommands {

  private static final int SUMMARY_COLUMN = 25;
  private static final List<String> PAGES =
      List.of("index", "modes", "import", "views", "feed", "mcp", "differences");

  private final CommandTable table;

  HelpCommands(CommandTable table) {
    this.table = table;
  }

  void add() {
    table.add("help", 3, "?PATTERN?", "Show commands, or those that match PATTERN", this::help);
    table.add("exit", 2, "?CODE?", "Leave, with status CODE", HelpCommands::exit);
    table.add("quit", 1, "", "Leave", (shell, words) -> Outcome.QUIT);
    table.add("print", 3, "STRING...", "Print STRING", HelpCommands::print);
    table.add("manual", 3, "?PAGE?", "Read a manual page", HelpCommands::manual);
  }

  private Outcome help(Shell shell, List<String> words) {
    ByteSink out = shell.out();
    String pattern = words.size() > 1 ? words.getLast() : "";
    boolean all = pattern.isEmpty() || Arguments.option(pattern).equals("all");
    int shown = 0;
    List<DotCommand> sorted =
        table.all().stream().sorted(Comparator.comparing(DotCommand::name)).toList();
    for (DotCommand each : sorted) {
      if (all || each.name().startsWith(pattern.replaceFirst("^\\.", ""))) {
        out.line(line(each));
        shown++;
      }
    }
    if (shown == 0) {
      for (DotCommand each : sorted) {
        if (line(each).toLowerCase(java.util.Locale.ROOT).contains(pattern)) {
          out.line(line(each));
          shown++;
        }
      }
    }
    if (shown == 0) {
      out.line("Nothing matches '" + pattern + "'");
    }
    return Outcome.DONE;
  }

  /** A command's line of help. */
  static String line(DotCommand command) {
    String head = "." + command.name() + (command.usage().isEmpty() ? "" : " " + command.usage());
    return head + " ".repeat(Math.max(1, SUMMARY_COLUMN - head.length())) + command.summary();
  }

  private static Outcome exit(Shell shell, List<String> words) {
    long code = words.size() > 1 ? Arguments.number(words.get(1)) : 0;
    if (code != 0) {
      throw ExitRequest.of((int) code);
    }
    return Outcome.QUIT;
  }

  private static Outcome print(Shell shell, List<String> words) {
    shell.out().line(String.join(" ", words.subList(1, words.size())));
    return Outcome.DONE;
  }

  private static Outcome manual(Shell shell, List<String> words) {
    String page = words.size() > 1 ? words.get(1) : "index";
    if (!PAGES.contains(page)) {
      shell.complain("no manual page \"" + page + "\"; there are: " + String.join(" ", PAGES));
      return Outcome.FAILED;
    }
    try (InputStream in = HelpCommands.class.getResourceAsStream("manual/" + page + ".txt")) {
      if (in == null) {
        throw new IllegalStateException("the jar lacks manual page " + page);
      }
      shell.out().print(new String(in.readAllBytes(), StandardCharsets.UTF_8));
      return Outcome.DONE;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
