package dev.turso.cli.command;

import dev.turso.Database;
import dev.turso.Options;
import dev.turso.Session;
import dev.turso.cli.shell.InputReader;
import dev.turso.cli.shell.LineSource;
import dev.turso.cli.shell.Outcome;
import dev.turso.cli.shell.Shell;
import dev.turso.cli.shell.SqlFailure;
import dev.turso.error.DatabaseException;
import dev.turso.value.Value;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;

/** Commands that open, copy, read and write files. */
final class FileCommands {

  private static final int DEEPEST = 25;

  private final CommandTable table;
  private int depth;

  private FileCommands(CommandTable table) {
    this.table = table;
  }

  static void addTo(CommandTable table) {
    FileCommands files = new FileCommands(table);
    table.add("backup", 3, "?DB? FILE", "Copy DB (default main) into FILE", FileCommands::backup);
    table.add("save", 3, "?DB? FILE", "The same as .backup", FileCommands::backup);
    table.add("cd", 2, "DIRECTORY", "Change the working directory", FileCommands::cd);
    table.add("clone", 1, "NEWDB", "Copy the content into a new database", CloneCommand::run);
    table.add(
        "connection",
        2,
        "[close] [#]",
        "Show the connections, change to one or close one",
        FileCommands::connection);
    table.add("import", 1, "FILE TABLE", "Import FILE's rows into TABLE", ImportCommand::run);
    table.add(
        "open", 2, "?OPTIONS? ?FILE?", "Close the database and open FILE", FileCommands::open);
    OutputCommands.addTo(table);
    table.add("read", 3, "FILE", "Read input from FILE, or from a command after |", files::read);
    table.add(
        "recover", 1, "", "What can be read of a damaged database, as SQL", RecoverCommand::run);
    table.add(
        "restore",
        3,
        "?DB? FILE",
        "Replace DB (default main) by FILE's content",
        FileCommands::restore);
    table.add("shell", 2, "CMD ARGS...", "Run CMD in a system shell", SystemCommand::run);
    table.add("system", 2, "CMD ARGS...", "Run CMD in a system shell", SystemCommand::run);
  }

  private static Outcome cd(Shell shell, List<String> words) {
    if (words.size() != 2) {
      return Arguments.usage(shell, ".cd DIRECTORY");
    }
    if (!shell.changeFolder(words.get(1))) {
      shell.complain("Cannot change to directory \"" + words.get(1) + "\"");
      return Outcome.FAILED;
    }
    return Outcome.DONE;
  }

  private static Outcome connection(Shell shell, List<String> words) {
    String last = words.getLast();
    boolean number = last.length() == 1 && last.charAt(0) >= '0' && last.charAt(0) < '0' + 5;
    int slot = number ? last.charAt(0) - '0' : -1;
    if (words.size() == 1) {
      shell.others().lines(shell.path()).forEach(each -> shell.out().line(each));
    } else if (words.size() == 2 && number) {
      if (slot != shell.others().active()) {
        shell.switchTo(slot);
      }
    } else if (words.size() == 3 && number && words.get(1).equals("close")) {
      if (slot == shell.others().active()) {
        shell.complain("cannot close the active database connection");
        return Outcome.FAILED;
      }
      shell.others().close(slot);
    } else {
      return Arguments.usage(shell, ".connection [close] [CONNECTION-NUMBER]");
    }
    return Outcome.DONE;
  }

  private static Outcome open(Shell shell, List<String> words) {
    boolean fresh = false;
    boolean readOnly = false;
    String file = null;
    for (String each : words.subList(1, words.size())) {
      switch (Arguments.option(each)) {
        case "new" -> fresh = true;
        case "readonly" -> readOnly = true;
        case "nofollow" -> {
          if (file == null
              && words.size() > 2
              && Files.isSymbolicLink(shell.file(words.getLast()))) {
            shell.complain(
                "Error: unable to open database \"" + words.getLast() + "\": it is a link");
            return Outcome.FAILED;
          }
        }
        case "" -> {
          if (file != null) {
            shell.complain("extra argument: \"" + each + "\"");
            return Outcome.FAILED;
          }
          file = each;
        }
        default -> {
          shell.complain("unknown option: " + each);
          return Outcome.FAILED;
        }
      }
    }
    return open(shell, file == null ? ":memory:" : file, fresh, readOnly);
  }

  private static Outcome open(Shell shell, String file, boolean fresh, boolean readOnly) {
    shell.closeDatabase();
    shell.readOnly(readOnly);
    if (fresh && !file.startsWith(":")) {
      for (String suffix : List.of("", "-wal", "-shm", "-journal")) {
        try {
          Files.deleteIfExists(shell.file(file + suffix));
        } catch (IOException e) {
          shell.complain("Error: cannot delete \"" + file + suffix + "\"");
          return Outcome.FAILED;
        }
      }
    }
    try {
      shell.open(file);
      return Outcome.DONE;
    } catch (DatabaseException e) {
      shell.complain("Error: unable to open database \"" + file + "\": " + SqlFailure.opening(e));
      shell.readOnly(false);
      shell.open(":memory:");
      return shell.interactive() ? Outcome.DONE : Outcome.FAILED;
    }
  }

  private static Outcome backup(Shell shell, List<String> words) {
    String database = null;
    String file = null;
    for (String each : words.subList(1, words.size())) {
      String option = Arguments.option(each);
      if (option.equals("append")) {
        return Unavailable.sayFor(shell, words, "there is no append format here");
      } else if (!option.isEmpty() && !option.equals("async")) {
        shell.complain("unknown option: " + each);
        return Outcome.FAILED;
      } else if (option.isEmpty() && file == null) {
        file = each;
      } else if (option.isEmpty() && database == null) {
        database = file;
        file = each;
      } else if (option.isEmpty()) {
        return Arguments.usage(shell, ".backup ?DB? ?OPTIONS? FILENAME");
      }
    }
    if (file == null) {
      shell.complain("missing FILENAME argument on .backup");
      return Outcome.FAILED;
    }
    return backup(shell, database == null ? "main" : database, file);
  }

  /** Copies into a file beside the target and moves that over it, so that no reader sees half of it. */
  private static Outcome backup(Shell shell, String database, String file) {
    Path target = shell.file(file);
    Path parent = target.toAbsolutePath().getParent();
    if (parent == null || !Files.isDirectory(parent)) {
      shell.complain("Error: cannot open \"" + file + "\"");
      return Outcome.FAILED;
    }
    Path beside = target.resolveSibling(target.getFileName() + ".part");
    try {
      Files.deleteIfExists(beside);
      Query.rows(
          shell.session(),
          "VACUUM \"" + database.replace("\"", "\"\"") + "\" INTO ?1",
          Value.text(beside.toString()));
      Files.move(beside, target, StandardCopyOption.REPLACE_EXISTING);
      return Outcome.DONE;
    } catch (IOException e) {
      shell.complain("Error: cannot open \"" + file + "\"");
      return Outcome.FAILED;
    }
  }

  private static Outcome restore(Shell shell, List<String> words) {
    if (words.size() < 2 || words.size() > 3) {
      return Arguments.usage(shell, ".restore ?DB? FILE");
    }
    String file = words.getLast();
    String name = words.size() == 3 ? words.get(1) : "main";
    if (!Files.isReadable(shell.file(file))) {
      shell.complain("Error: cannot open \"" + file + "\"");
      return Outcome.FAILED;
    }
    Options readOnly = Options.DEFAULT.withMode(Options.Mode.READ_ONLY);
    try (Database source = Database.open(shell.resolved(file), readOnly);
        Session from = source.connect()) {
      shell.session().restore(name, from);
      return Outcome.DONE;
    }
  }

  private Outcome read(Shell shell, List<String> words) {
    if (words.size() != 2) {
      return Arguments.usage(shell, ".read FILE");
    }
    String name = words.get(1);
    if (depth >= DEEPEST) {
      shell.complain("Input nesting limit (" + DEEPEST + ") reached. Check recursion.");
      return Outcome.FAILED;
    }
    boolean interactive = shell.interactive();
    depth++;
    try (InputStream in =
        name.startsWith("|")
            ? SystemCommand.output(shell, name.substring(1))
            : Files.newInputStream(shell.file(name))) {
      shell.interactive(false);
      InputReader.Ending ending = new InputReader(shell, table).read(new LineSource(in));
      return ending.errors() > 0 ? Outcome.FAILED : Outcome.DONE;
    } catch (IOException e) {
      shell.complain("Error: cannot open \"" + name + "\"");
      return Outcome.FAILED;
    } finally {
      shell.interactive(interactive);
      depth--;
    }
  }
}
