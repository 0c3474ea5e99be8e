package dev.turso.cli.shell;

import dev.turso.error.DatabaseException;
import dev.turso.sql.parse.Completeness;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Reads lines, gathers them into statements, and runs those and the dot-commands between them.
 *
 * <p>A line that begins with a dot is a command where no statement is open; one that begins with # is a
 * comment there.
 */
public final class InputReader {

  private final Shell shell;
  private final DotCommands commands;
  private final StatementRunner runner;

  private final StringBuilder gathered = new StringBuilder();
  private int line;
  private int startLine;
  private int errors;

  public InputReader(Shell shell, DotCommands commands) {
    this.shell = shell;
    this.commands = commands;
    runner = new StatementRunner(shell);
  }

  /** Where lines come from. */
  public interface Lines {

    /** The next line without its end, or null. Continuation says that a statement is open. */
    @Nullable String next(boolean continuation);
  }

  /** How reading ended. */
  public record Ending(boolean quit, int errors) {}

  /** Reads to the end, to .quit, or with {@code .bail on} to the first error. */
  public Ending read(Lines lines) {
    boolean typed = shell.interactive();
    while (errors == 0 || typed || !shell.flags().bail()) {
      shell.out().flush();
      String next = lines.next(!gathered.isEmpty());
      if (next == null) {
        break;
      }
      line++;
      shell.line(line);
      if (take(next)) {
        return new Ending(true, errors);
      }
    }
    if (!gathered.toString().isBlank() && (errors == 0 || typed || !shell.flags().bail())) {
      runGathered();
    }
    shell.out().flush();
    return new Ending(false, errors);
  }

  /** Forgets the lines of a statement that is not complete. */
  public void abandon() {
    gathered.setLength(0);
  }

  /** Takes a line; true if it says to quit. */
  private boolean take(String text) {
    if (gathered.isEmpty()) {
      if (text.isBlank()) {
        echo(text);
        return false;
      }
      if (text.startsWith(".") || text.startsWith("#")) {
        echo(text);
        if (text.startsWith(".")) {
          shell.line(line);
          Outcome outcome = commands.run(text);
          errors += outcome == Outcome.FAILED ? 1 : 0;
          return outcome == Outcome.QUIT;
        }
        return false;
      }
    }
    String added = text;
    if (isTerminator(text) && Completeness.isComplete(gathered + ";")) {
      added = ";";
    }
    if (gathered.isEmpty()) {
      String stripped = added.stripLeading();
      gathered.append(stripped);
      startLine = line;
    } else {
      gathered.append('\n').append(added);
    }
    if (added.indexOf(';') >= 0 && Completeness.isComplete(gathered.toString())) {
      runGathered();
    } else if (gathered.toString().isBlank()) {
      echo(gathered.toString());
      gathered.setLength(0);
    }
    return false;
  }

  private static boolean isTerminator(String text) {
    String word = text.strip().toLowerCase(Locale.ROOT);
    return word.equals("/") || word.equals("go");
  }

  private void echo(String text) {
    if (shell.flags().echo()) {
      shell.out().line(text);
    }
  }

  private void runGathered() {
    String sql = gathered.toString();
    gathered.setLength(0);
    echo(sql);
    StopWatch watch = StopWatch.start();
    SqlFailure failure = run(sql);
    if (shell.flags().timer()) {
      shell.out().line(watch.report());
    }
    if (failure != null) {
      errors++;
      shell.complain(shell.interactive() ? failure.typed() : failure.inInput(startLine));
    }
    shell.safeMode().restore();
    shell.statementDone();
  }

  private @Nullable SqlFailure run(String sql) {
    shell.statementStarted();
    try {
      return runner.run(sql);
    } catch (DatabaseException e) {
      return SqlFailure.of(SqlFailure.Phase.STEP, e, sql);
    } finally {
      shell.statementEnded();
    }
  }
}
