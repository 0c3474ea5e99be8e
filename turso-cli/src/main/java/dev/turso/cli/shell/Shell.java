package dev.turso.cli.shell;

import dev.turso.Database;
import dev.turso.Options;
import dev.turso.Session;
import dev.turso.cli.function.ShellFunctions;
import dev.turso.cli.output.ByteSink;
import dev.turso.cli.output.OutputMode;
import dev.turso.cli.output.OutputSettings;
import dev.turso.error.DatabaseException;
import dev.turso.value.Value;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The state of one shell: its database, where output goes and how it looks.
 *
 * <p>Of one thread, but for {@link #interrupt}.
 */
public final class Shell {

  private ByteSink standardOut;
  private final ByteSink err;
  private OutputSettings settings = new OutputSettings();
  private final Map<String, Value> parameters = new LinkedHashMap<>();
  private final Flags flags = new Flags();

  private ByteSink out;
  private String outName = "stdout";
  private boolean outForOneStatement;
  private boolean closesOut;
  private @Nullable OutputSettings restoredAfterOnce;
  private @Nullable ByteSink log;
  private @Nullable ByteSink trace;

  private String path = ":memory:";
  private boolean readOnly;
  private @Nullable Database database;
  private volatile @Nullable Session session;
  private volatile @Nullable Runnable interruption;
  private boolean interactive;
  private Advice advice = Advice.NONE;
  private boolean paging = true;
  private @Nullable Screen screen;
  private @Nullable StatementWatch watch;
  private Path folder = Path.of("").toAbsolutePath();
  private final Connections others = new Connections();
  private final SafeMode safeMode = new SafeMode();
  private int line;

  public Shell(OutputStream out, OutputStream err) {
    standardOut = new ByteSink(out);
    this.out = standardOut;
    this.err = new ByteSink(err);
  }

  // ---- the database

  /** Which database the first statement opens. */
  public void path(String value) {
    path = value;
  }

  public String path() {
    return path;
  }

  public void readOnly(boolean value) {
    readOnly = value;
  }

  public boolean readOnly() {
    return readOnly;
  }

  public boolean isOpen() {
    return session != null;
  }

  /** The open session; opens the database if none is. */
  public Session session() {
    Session open = session;
    return open != null ? open : open(path);
  }

  public Database database() {
    session();
    Database open = database;
    if (open == null) {
      throw new IllegalStateException("a session without a database");
    }
    return open;
  }

  /** Closes what is open and opens another. */
  public Session open(String newPath) {
    closeDatabase();
    Options options =
        Options.DEFAULT.withMode(
            readOnly ? Options.Mode.READ_ONLY : Options.Mode.READ_WRITE_CREATE);
    Database opened = Database.open(resolved(newPath), options);
    try {
      Session connected = opened.connect();
      ShellFunctions.addTo(connected, this::file);
      database = opened;
      session = connected;
      path = newPath;
      return connected;
    } catch (DatabaseException e) {
      opened.close();
      throw e;
    }
  }

  public void closeDatabase() {
    Session open = session;
    session = null;
    if (open != null) {
      open.close();
    }
    if (database != null) {
      database.close();
      database = null;
    }
  }

  /** The connections beside the open one. */
  public Connections others() {
    return others;
  }

  /** Puts the open connection aside and goes on with another, which is in memory if it is new. */
  public void switchTo(int number) {
    Connections.Slot next = others.exchange(number, new Connections.Slot(path, database, session));
    path = next.path();
    database = next.database();
    session = next.session();
  }

  /** Stops what runs, from another thread. */
  public void interrupt() {
    Runnable other = interruption;
    Session open = session;
    if (other != null) {
      other.run();
    } else if (open != null) {
      open.interrupt();
    }
  }

  /** What an interrupt does while a command runs that is no statement; null for the usual. */
  public void whenInterrupted(@Nullable Runnable action) {
    interruption = action;
  }

  // ---- files

  /** A name of a file, against the folder that {@code .cd} chose. */
  public String resolved(String name) {
    if (name.isEmpty()
        || name.startsWith(":")
        || name.startsWith("file:")
        || name.startsWith("mem:")) {
      return name;
    }
    return folder.resolve(name).toString();
  }

  public Path file(String name) {
    return folder.resolve(name);
  }

  /** Changes the folder; false if there is no such one. */
  public boolean changeFolder(String name) {
    Path next = folder.resolve(name).normalize();
    if (!Files.isDirectory(next)) {
      return false;
    }
    folder = next;
    return true;
  }

  // ---- output

  public OutputSettings settings() {
    return settings;
  }

  public ByteSink out() {
    return out;
  }

  /** Where output goes that is not sent elsewhere. */
  public ByteSink standardOut() {
    return standardOut;
  }

  public ByteSink err() {
    return err;
  }

  /** A line for a person who made a mistake. What was put out before comes first. */
  public void complain(String line) {
    standardOut.flush();
    err.line(line).flush();
  }

  public String outName() {
    return outName;
  }

  /**
   * Sends output elsewhere.
   *
   * @param target where; null for standard output
   * @param once for the next statement only
   */
  public void redirect(@Nullable ByteSink target, String name, boolean once) {
    if (out != standardOut && closesOut) {
      out.close();
    } else {
      out.flush();
    }
    if (restoredAfterOnce != null) {
      settings = restoredAfterOnce;
      restoredAfterOnce = null;
    }
    out = target == null ? standardOut : target;
    outName = target == null ? "stdout" : name;
    closesOut = target != null;
    outForOneStatement = once && target != null;
  }

  /** Sends the next statement's output to a file in the settings given. */
  public void redirectOnce(ByteSink target, String name, OutputSettings with) {
    redirect(target, name, with);
    outForOneStatement = true;
  }

  /** Sends output to a file in the settings given, until it is sent elsewhere. */
  public void redirect(ByteSink target, String name, OutputSettings with) {
    redirect(target, name, false);
    restoredAfterOnce = settings;
    settings = with;
  }

  /** After a statement or command: what {@code .once} sent elsewhere comes back. */
  public void statementDone() {
    if (outForOneStatement) {
      redirect(null, "stdout", false);
    }
  }

  /** Where errors of statements are written too; null for nowhere. */
  public void log(@Nullable ByteSink target) {
    log = target;
  }

  /** Where each statement is shown as it runs; null for nowhere. */
  public void trace(@Nullable ByteSink target) {
    trace = target;
  }

  void logLine(String line) {
    if (log != null) {
      log.line(line).flush();
    }
  }

  void traceLine(String line) {
    if (trace != null) {
      trace.line(line).flush();
    }
  }

  /** Settings for a mode, otherwise plain. */
  public static OutputSettings plain(OutputMode mode) {
    OutputSettings plain = new OutputSettings();
    plain.chooseMode(mode);
    return plain;
  }

  public boolean interactive() {
    return interactive;
  }

  public void interactive(boolean value) {
    interactive = value;
  }

  /** The terminal, or null where input comes from a pipe or a file. */
  public @Nullable Screen screen() {
    return screen;
  }

  /** From now on output goes to a terminal, where a person can be waited for. */
  public void useTerminal(OutputStream terminal, Screen value, StatementWatch statements) {
    boolean usual = out == standardOut;
    standardOut.flush();
    standardOut = new ByteSink(terminal);
    out = usual ? standardOut : out;
    screen = value;
    watch = statements;
  }

  /** Whether output to the terminal stops at each page. */
  public boolean paging() {
    return paging;
  }

  public void paging(boolean value) {
    paging = value;
  }

  void statementStarted() {
    if (watch != null && interactive) {
      watch.started();
    }
  }

  void statementEnded() {
    if (watch != null && interactive) {
      watch.ended();
    }
  }

  // ---- the rest

  /** What .expert asked for. */
  public enum Advice {
    NONE,
    INDEXES,
    INDEXES_AND_CANDIDATES
  }

  /** Asks for advice on indexes instead of running the next input. */
  public void adviseNext(Advice wanted) {
    advice = wanted;
  }

  Advice takeAdvice() {
    Advice wanted = advice;
    advice = Advice.NONE;
    return wanted;
  }

  public SafeMode safeMode() {
    return safeMode;
  }

  /** The line of input that is carried out, from 1; 0 for the program's arguments. */
  public int line() {
    return line;
  }

  void line(int number) {
    line = number;
  }

  /** Ends the program if there is a reason not to go on. */
  public void refuse(@Nullable String reason) {
    if (reason != null) {
      complain("line " + line + ": " + reason);
      throw ExitRequest.of(1);
    }
  }

  public Flags flags() {
    return flags;
  }

  public Map<String, Value> parameters() {
    return parameters;
  }

  /** Flushes everything and closes the database. */
  public void close() throws IOException {
    redirect(null, "stdout", false);
    standardOut.flush();
    err.flush();
    closeDatabase();
    others.close();
  }
}
