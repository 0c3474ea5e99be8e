package dev.turso.cli.terminal;

import dev.turso.cli.Versions;
import dev.turso.cli.command.CommandTable;
import dev.turso.cli.shell.InputReader;
import dev.turso.cli.shell.Shell;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayDeque;
import org.jline.reader.EndOfFileException;
import org.jline.reader.LineReader;
import org.jline.reader.LineReaderBuilder;
import org.jline.reader.UserInterruptException;
import org.jline.terminal.Size;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;
import org.jline.utils.InfoCmp;
import org.jspecify.annotations.Nullable;

/** The shell at a terminal: a line editor in front of the same input reader that a pipe has. */
public final class InteractiveShell implements InputReader.Lines {

  private static final int HISTORY = 5000;

  private final Shell shell;
  private final Terminal terminal;
  private final TerminalScreen screen;
  private final LineReader editor;
  private final ArrayDeque<String> lines = new ArrayDeque<>();

  private InteractiveShell(Shell shell, CommandTable commands, Terminal terminal) {
    this.shell = shell;
    this.terminal = terminal;
    screen = new TerminalScreen(terminal);
    editor =
        LineReaderBuilder.builder()
            .terminal(terminal)
            .appName("turso")
            .parser(new StatementParser())
            .highlighter(new SqlHighlighter())
            .completer(new SqlCompleter(shell, commands))
            .variable(LineReader.HISTORY_FILE, historyFile())
            .variable(LineReader.HISTORY_SIZE, HISTORY)
            .variable(LineReader.INDENTATION, 0)
            .option(LineReader.Option.DISABLE_EVENT_EXPANSION, true)
            .option(LineReader.Option.CASE_INSENSITIVE, true)
            .option(LineReader.Option.HISTORY_IGNORE_DUPS, true)
            .build();
  }

  /** Reads and runs until the person leaves; returns the exit status. */
  public static int run(Shell shell, CommandTable commands, boolean greeting) {
    try (Terminal terminal = terminal()) {
      InteractiveShell interactive = new InteractiveShell(shell, commands, terminal);
      shell.useTerminal(
          new PagedOutput(terminal, interactive.screen, shell),
          interactive.screen,
          interactive.screen);
      terminal.handle(Terminal.Signal.INT, signal -> shell.interrupt());
      if (greeting) {
        interactive.greet();
      }
      new InputReader(shell, commands).read(interactive);
      return 0;
    } catch (IOException e) {
      shell.complain("Error: no terminal: " + e.getMessage());
      return 1;
    }
  }

  /**
   * The terminal, by the line editor's own native library where that can be loaded. Left to choose, the
   * builder asks every provider before it takes one: that over foreign functions links its calls at run
   * time and that over programs starts some, together half of the time to the first prompt.
   */
  private static Terminal terminal() throws IOException {
    knowCapabilities(System.getenv("TERM"));
    try {
      return terminal(builder().provider("jni").dumb(false));
    } catch (IOException | IllegalStateException | LinkageError e) {
      return terminal(builder().providers("ffm,exec"));
    }
  }

  private static Terminal terminal(TerminalBuilder builder) throws IOException {
    Terminal terminal = builder.build();
    if (terminal.getWidth() <= 0 || terminal.getHeight() <= 0) {
      // One that was given no size, as containers and scripts have them.
      terminal.setSize(new Size(80, 24));
    }
    return terminal;
  }

  /** Takes the line editor's own table of a usual terminal, instead of starting a program for it. */
  private static void knowCapabilities(@Nullable String type) {
    String known = type == null ? null : InfoCmp.getDefaultInfoCmp(type);
    if (type != null && known != null) {
      InfoCmp.setLoadedInfoCmp(type, known);
    }
  }

  private static TerminalBuilder builder() {
    return TerminalBuilder.builder()
        .system(true)
        .nativeSignals(true)
        .graphemeCluster(false)
        // whatever the locale: a database's text is UTF-8
        .encoding(StandardCharsets.UTF_8)
        .stdinEncoding(StandardCharsets.UTF_8)
        .stdoutEncoding(StandardCharsets.UTF_8)
        .name("turso");
  }

  private static Path historyFile() {
    String named = System.getenv("TURSO_HISTORY");
    return named != null
        ? Path.of(named)
        : Path.of(System.getProperty("user.home"), ".turso_history");
  }

  private void greet() {
    shell.out().line("Turso for the JVM " + Versions.program() + ", Java " + Runtime.version());
    shell.out().line("Enter \".help\" for usage hints.");
    if (shell.path().equals(":memory:")) {
      shell.out().line("Connected to a transient in-memory database.");
      shell.out().line("Use \".open FILENAME\" to reopen on a persistent database.");
    }
  }

  @Override
  public @Nullable String next(boolean continuation) {
    while (lines.isEmpty()) {
      screen.beginInput();
      try {
        String prompt = continuation ? shell.flags().continuation() : shell.flags().prompt();
        editor.setVariable(LineReader.SECONDARY_PROMPT_PATTERN, shell.flags().continuation());
        String text = editor.readLine(prompt);
        text.lines().forEach(lines::add);
        if (lines.isEmpty()) {
          lines.add("");
        }
      } catch (UserInterruptException e) {
        screen.beginInput(); // the line is given up
      } catch (EndOfFileException e) {
        terminal.writer().println();
        terminal.flush();
        return null;
      }
    }
    screen.beginOutput();
    return lines.poll();
  }
}
