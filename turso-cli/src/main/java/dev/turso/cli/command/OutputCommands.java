package dev.turso.cli.command;

import dev.turso.cli.output.ByteSink;
import dev.turso.cli.output.OutputMode;
import dev.turso.cli.output.OutputSettings;
import dev.turso.cli.shell.Outcome;
import dev.turso.cli.shell.Shell;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Commands that say where output goes. */
final class OutputCommands {

  private static final byte[] BYTE_ORDER_MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};

  private OutputCommands() {}

  static void addTo(CommandTable table) {
    table.add(
        "output",
        1,
        "?FILE?",
        "Send output to FILE, or to a command after |",
        OutputCommands::output);
    table.add(
        "export",
        3,
        "FILE",
        "The next result into FILE, in the mode of its ending",
        OutputCommands::export);
    table.add(
        "once",
        2,
        "?OPTIONS? ?FILE?",
        "The same for the next statement only",
        OutputCommands::output);
    table.add(
        "excel", 3, "", "Show the next result in the spreadsheet program", DesktopFile::command);
    table.add("www", 3, "", "Show the next result in the browser", DesktopFile::command);
    table.add(
        "log", 3, "FILE|off", "Write errors of statements into FILE too", OutputCommands::log);
    table.add("trace", 2, "?OPTIONS?", "Show each statement as it runs", OutputCommands::trace);
  }

  private static Outcome output(Shell shell, List<String> words) {
    boolean once = words.getFirst().startsWith("on");
    String command = once ? ".once" : ".output";
    boolean mark = false;
    String target = null;
    for (String each : words.subList(1, words.size())) {
      String option = each.startsWith("|") ? "" : Arguments.option(each);
      if (option.equals("bom")) {
        mark = true;
      } else if (option.equals("e") || option.equals("x")) {
        DesktopFile.Use use =
            option.equals("e") ? DesktopFile.Use.EDITOR : DesktopFile.Use.SPREADSHEET;
        return DesktopFile.redirect(shell, use, once);
      } else if (!option.isEmpty()) {
        shell.complain("ERROR: unknown option: \"" + each + "\".  Usage:");
        return usage(shell, command);
      } else if (target == null) {
        target = each;
      } else if (target.startsWith("|")) {
        target = target + " " + each;
      } else {
        shell.complain("ERROR: extra parameter: \"" + each + "\".  Usage:");
        return usage(shell, command);
      }
    }
    return redirect(shell, target == null ? "stdout" : target, once, mark);
  }

  private static Outcome usage(Shell shell, String command) {
    shell.out().line(command + " ?OPTIONS? ?FILE?");
    shell.out().line("   FILE may be a command after |, or stdout, or off");
    shell.out().line("   --bom  Put a UTF-8 byte-order mark first");
    shell.out().line("   -e     Into a temporary file, then show that in the text editor");
    shell.out().line("   -x     As CSV into a temporary file, then show that in the spreadsheet");
    return Outcome.FAILED;
  }

  private static Outcome redirect(Shell shell, String target, boolean once, boolean mark) {
    if (target.equals("stdout")) {
      shell.redirect(null, "stdout", false);
      return Outcome.DONE;
    }
    ByteSink sink = open(shell, target);
    if (sink == null) {
      shell.complain("Error: cannot open \"" + target + "\"");
      shell.complain("Error: cannot write to \"" + target + "\"");
      shell.redirect(null, "stdout", false);
      return Outcome.FAILED;
    }
    if (mark) {
      sink.print(BYTE_ORDER_MARK);
    }
    shell.redirect(sink, target, once);
    return Outcome.DONE;
  }

  private static @Nullable ByteSink open(Shell shell, String target) {
    try {
      if (target.equals("off")) {
        return new ByteSink(OutputStream.nullOutputStream());
      }
      if (target.startsWith("|")) {
        shell.out().flush();
        return new ByteSink(SystemCommand.input(shell, target.substring(1)));
      }
      return new ByteSink(Files.newOutputStream(shell.file(target)));
    } catch (IOException e) {
      return null;
    }
  }

  private static Outcome export(Shell shell, List<String> words) {
    if (words.size() != 2) {
      return Arguments.usage(shell, ".export FILE");
    }
    String name = words.get(1);
    OutputMode mode = modeOfEnding(name);
    Path file = shell.file(name);
    if (mode == null) {
      shell.complain(
          "Error: the ending of \"" + name + "\" names no mode: csv json html md txt sql tsv");
      return Outcome.FAILED;
    }
    try {
      OutputSettings settings = Shell.plain(mode);
      settings.header(true);
      shell.redirectOnce(new ByteSink(Files.newOutputStream(file)), name, settings);
      return Outcome.DONE;
    } catch (IOException e) {
      shell.complain("Error: cannot write to \"" + name + "\"");
      return Outcome.FAILED;
    }
  }

  private static @Nullable OutputMode modeOfEnding(String name) {
    return switch (name.substring(name.lastIndexOf('.') + 1)) {
      case "csv" -> OutputMode.CSV;
      case "tsv" -> OutputMode.TABS;
      case "json" -> OutputMode.JSON;
      case "html" -> OutputMode.HTML;
      case "md" -> OutputMode.MARKDOWN;
      case "sql" -> OutputMode.INSERT;
      case "txt" -> OutputMode.COLUMN;
      default -> null;
    };
  }

  private static Outcome log(Shell shell, List<String> words) {
    if (words.size() != 2) {
      return Arguments.usage(shell, ".log FILENAME");
    }
    String target = words.get(1);
    switch (target) {
      case "off" -> shell.log(null);
      case "stderr" -> shell.log(shell.err());
      case "stdout" -> shell.log(shell.out());
      default -> {
        ByteSink sink = open(shell, target);
        if (sink == null) {
          shell.complain("Error: cannot open \"" + target + "\"");
          return Outcome.FAILED;
        }
        shell.log(sink);
      }
    }
    return Outcome.DONE;
  }

  private static Outcome trace(Shell shell, List<String> words) {
    ByteSink target = shell.out();
    for (String each : words.subList(1, words.size())) {
      switch (each) {
        case "off" -> {
          shell.trace(null);
          return Outcome.DONE;
        }
        case "stdout" -> target = shell.out();
        case "stderr" -> target = shell.err();
        default -> {
          if (!Arguments.option(each).isEmpty()) {
            continue; // statements are all there is to trace
          }
          ByteSink file = open(shell, each);
          if (file == null) {
            shell.complain("Error: cannot open \"" + each + "\"");
            return Outcome.FAILED;
          }
          target = file;
        }
      }
    }
    shell.trace(target);
    return Outcome.DONE;
  }
}
