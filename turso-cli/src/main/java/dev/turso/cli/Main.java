package dev.turso.cli;

import dev.turso.cli.command.CommandTable;
import dev.turso.cli.shell.ExitRequest;
import dev.turso.cli.shell.InputReader;
import dev.turso.cli.shell.LineSource;
import dev.turso.cli.shell.Outcome;
import dev.turso.cli.shell.Shell;
import dev.turso.cli.shell.SqlFailure;
import dev.turso.cli.shell.StatementRunner;
import dev.turso.cli.terminal.InteractiveShell;
import dev.turso.error.DatabaseException;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** The program. Arguments are sqlite3's and the reference's; {@code --help} lists them. */
public final class Main {

  private final ProgramOptions options;
  private final Shell shell;
  private final CommandTable commands;
  private final InputStream in;
  private boolean terminalIsReal;

  private Main(ProgramOptions options, InputStream in, OutputStream out, OutputStream err) {
    this.options = options;
    this.in = in;
    shell = new Shell(out, err);
    commands = new CommandTable(shell);
  }

  public static void main(String[] arguments) {
    int status =
        run(
            arguments,
            new FileInputStream(FileDescriptor.in),
            new FileOutputStream(FileDescriptor.out),
            new FileOutputStream(FileDescriptor.err),
            System.console() != null && System.console().isTerminal());
    System.exit(status);
  }

  /** Runs the program on the streams given; returns its exit status. */
  public static int run(
      String[] arguments, InputStream in, OutputStream out, OutputStream err, boolean terminal) {
    ProgramOptions options = ProgramOptions.parse(arguments, out, err);
    if (options.ended()) {
      return options.status();
    }
    if (options.mcp() || options.mcpPort() >= 0) {
      return Servers.run(options, in, out, err);
    }
    Main main = new Main(options, in, out, err);
    try {
      return main.run(terminal);
    } catch (ExitRequest e) {
      return e.status();
    } finally {
      main.close();
    }
  }

  private void close() {
    try {
      shell.close();
    } catch (IOException | DatabaseException e) {
      shell.complain("Error: " + e.getMessage());
    }
  }

  private int run(boolean terminal) {
    terminalIsReal = terminal;
    shell.path(options.database());
    shell.readOnly(options.readOnly());
    shell.safeMode().on(options.safe());
    if (options.nonce() != null) {
      shell.safeMode().nonce(options.nonce());
    }
    shell.interactive(options.interactive(terminal));
    if (!openIfPresent()) {
      return 1;
    }
    if (!readInitFile()) {
      return 1;
    }
    for (ProgramOptions.Setting each : options.settings()) {
      int status = apply(each);
      if (status >= 0) {
        return status;
      }
    }
    return options.commands().isEmpty() ? readInput() : runCommands();
  }

  /** A database that is there is opened at once, so that one that cannot be is told first. */
  private boolean openIfPresent() {
    String path = options.database();
    boolean memory = path.startsWith(":") || path.isEmpty();
    if (memory || Files.exists(Path.of(path)) || options.readOnly() || path.indexOf('/') >= 0) {
      return memory || open();
    }
    return true;
  }

  private boolean open() {
    try {
      shell.session();
      return true;
    } catch (DatabaseException e) {
      shell.complain(
          "Error: unable to open database \""
              + options.database()
              + "\": "
              + SqlFailure.opening(e));
      return false;
    }
  }

  private boolean readInitFile() {
    String named = options.initFile();
    Path file = named != null ? Path.of(named) : usualInitFile();
    if (!Files.isReadable(file) || Files.isDirectory(file)) {
      if (named != null) {
        shell.complain("cannot open: \"" + named + "\"");
        return !shell.flags().bail();
      }
      return true;
    }
    if (shell.interactive()) {
      shell.complain("-- Loading resources from " + file);
    }
    boolean interactive = shell.interactive();
    shell.interactive(false);
    try (InputStream lines = Files.newInputStream(file)) {
      InputReader.Ending ending = new InputReader(shell, commands).read(new LineSource(lines));
      return ending.errors() == 0 || !shell.flags().bail();
    } catch (IOException e) {
      shell.complain("cannot open: \"" + file + "\"");
      return true;
    } finally {
      shell.interactive(interactive);
    }
  }

  private static Path usualInitFile() {
    Path home = Path.of(System.getProperty("user.home"));
    Path ours = home.resolve(".tursorc");
    return Files.exists(ours) ? ours : home.resolve(".sqliterc");
  }

  /** Carries out one option in its turn. Returns an exit status, or -1 to go on. */
  private int apply(ProgramOptions.Setting setting) {
    if (setting.action() != null) {
      setting.action().accept(shell);
      return -1;
    }
    String command = setting.command();
    if (command.startsWith(".")) {
      Outcome outcome = commands.run(command);
      if (outcome == Outcome.QUIT) {
        return 0;
      }
      return outcome == Outcome.FAILED && shell.flags().bail() ? 1 : -1;
    }
    SqlFailure failure = runSql(command);
    return failure != null && shell.flags().bail() ? failure.code() : -1;
  }

  private int runCommands() {
    for (String each : options.commands()) {
      if (each.startsWith(".")) {
        Outcome outcome = commands.run(each);
        if (outcome != Outcome.DONE) {
          return outcome == Outcome.QUIT ? 0 : 1;
        }
        continue;
      }
      SqlFailure failure = runSql(each);
      if (failure != null) {
        return failure.code() == 0 ? 1 : failure.code();
      }
    }
    return 0;
  }

  private @Nullable SqlFailure runSql(String sql) {
    SqlFailure failure;
    try {
      failure = new StatementRunner(shell).run(sql);
    } catch (DatabaseException e) {
      shell.complain(
          "Error: unable to open database \"" + shell.path() + "\": " + SqlFailure.opening(e));
      throw ExitRequest.of(1);
    }
    if (failure != null) {
      shell.complain(failure.inArgument());
    }
    shell.statementDone();
    return failure;
  }

  private int readInput() {
    if (shell.interactive() && terminalIsReal) {
      return InteractiveShell.run(shell, commands, !options.quiet());
    }
    InputReader.Ending ending = new InputReader(shell, commands).read(new LineSource(in));
    return ending.errors() > 0 ? 1 : 0;
  }
}
