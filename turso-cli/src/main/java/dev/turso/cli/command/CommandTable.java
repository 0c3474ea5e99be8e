package dev.turso.cli.command;

import dev.turso.cli.shell.DotCommands;
import dev.turso.cli.shell.Outcome;
import dev.turso.cli.shell.Shell;
import dev.turso.error.DatabaseException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The dot-commands by name. A name may be shortened; where several begin the same way, the one that
 * stands first wins, in sqlite3's order.
 */
public final class CommandTable implements DotCommands {

  private final Shell shell;
  private final List<DotCommand> commands = new ArrayList<>();

  public CommandTable(Shell shell) {
    this.shell = shell;
    Unavailable.addTo(this);
    FileCommands.addTo(this);
    SettingCommands.addTo(this);
    TestCommands.addTo(this);
    SchemaCommands.addTo(this);
    LiveCommands.addTo(this);
    new HelpCommands(this).add();
  }

  void add(String name, int shortest, String usage, String summary, DotCommand.Body body) {
    commands.add(new DotCommand(name, shortest, usage, summary, false, body));
  }

  void addTakingSql(String name, int shortest, String usage, String summary, DotCommand.Body body) {
    commands.add(new DotCommand(name, shortest, usage, summary, true, body));
  }

  List<DotCommand> all() {
    return List.copyOf(commands);
  }

  /** Names without their dots, for completion. */
  public List<String> names() {
    return commands.stream().map(DotCommand::name).sorted().toList();
  }

  /** Runs a line that begins with a dot. */
  @Override
  public Outcome run(String line) {
    List<String> words = CommandLineWords.of(line, 1);
    if (words.isEmpty()) {
      return Outcome.DONE;
    }
    DotCommand command = find(words.getFirst());
    if (command == null) {
      shell.complain(
          "Error: unknown command or invalid arguments:  \""
              + words.getFirst()
              + "\". Enter \".help\" for help");
      return Outcome.FAILED;
    }
    shell.refuse(shell.safeMode().refusal(command.name(), opensFile(command, words)));
    if (command.takesSql()) {
      words = List.of(words.getFirst(), sql(line));
    }
    try {
      return command.body().run(shell, words);
    } catch (DatabaseException e) {
      shell.complain("Error: " + e.getMessage());
      return Outcome.FAILED;
    } finally {
      if (!keepsRedirection(command)) {
        shell.statementDone();
      }
      if (!command.name().equals("nonce")) {
        shell.safeMode().restore();
      }
    }
  }

  private static String sql(String line) {
    int space = line.indexOf(' ');
    String text = space < 0 ? "" : line.substring(space).strip();
    return text.endsWith(";") ? text.substring(0, text.length() - 1) : text;
  }

  /** Whether a command opens a database that is not in memory. */
  private static boolean opensFile(DotCommand command, List<String> words) {
    return command.name().equals("open")
        && words.size() > 1
        && words.subList(1, words.size()).stream()
            .anyMatch(each -> !each.startsWith("-") && !each.equals(":memory:"));
  }

  private static boolean keepsRedirection(DotCommand command) {
    return switch (command.name()) {
      case "once", "excel", "www", "export" -> true;
      default -> false;
    };
  }

  private @Nullable DotCommand find(String word) {
    for (DotCommand each : commands) {
      if (each.answersTo(word)) {
        return each;
      }
    }
    return null;
  }
}
