package dev.turso.cli;

import dev.turso.cli.output.OutputMode;
import dev.turso.cli.shell.Shell;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The program's arguments.
 *
 * <p>As with sqlite3 an option may begin with one dash or two, and those that set something are carried
 * out in the order in which they stand, {@code -cmd} among them. The arguments are read by a loop here and
 * the help is picocli's: its classes are of a format that the archive of loaded classes cannot hold, and
 * reading arguments with it took a quarter of the time to the first prompt.
 */
final class ProgramOptions {

  /**
   * Something to do before input is read: a change of the shell, or a command.
   *
   * @param action what to change, or null
   * @param command what to run, if there is no action
   */
  record Setting(@Nullable Consumer<Shell> action, String command) {}

  private static final List<String> NO_EFFECT =
      List.of(
          "memtrace",
          "experimental-views",
          "experimental-custom-types",
          "experimental-encryption",
          "experimental-index-method",
          "experimental-autovacuum",
          "experimental-vacuum",
          "experimental-attach",
          "experimental-generated-columns",
          "experimental-without-rowid",
          "experimental-multiprocess-wal",
          "experimental-mvcc-passive-checkpoint",
          "unsafe-testing");

  private static final List<String> REFUSED =
      List.of("append", "zip", "deserialize", "A", "sync-server");

  private static final List<String> FILE_SYSTEMS =
      List.of(
          "unix",
          "unix-excl",
          "unix-dotfile",
          "unix-none",
          "memdb",
          "syscall",
          "io_uring",
          "memory");

  private final List<Setting> settings = new ArrayList<>();
  private final List<String> commands = new ArrayList<>();
  private String database = ":memory:";
  private @Nullable String initFile;
  private boolean readOnly;
  private boolean batch;
  private boolean forcedInteractive;
  private boolean quiet;
  private boolean mcp;
  private int mcpPort = -1;
  private @Nullable String tokenFile;
  private final List<String> allowed = new ArrayList<>();
  private final List<ProgramOption> known = new ArrayList<>();
  private boolean refuseLinks;
  private boolean safe;
  private @Nullable String nonce;
  private boolean help;
  private boolean version;
  private int status = -1;
  private @Nullable String refusal;
  private @Nullable String missingFileSystem;

  private ProgramOptions() {}

  static ProgramOptions parse(String[] arguments, OutputStream out, OutputStream err) {
    ProgramOptions options = new ProgramOptions();
    options.describe();
    PrintStream errors = new PrintStream(err, true, StandardCharsets.UTF_8);
    options.read(List.of(arguments), errors);
    if (options.status < 0 && options.help) {
      OptionHelp.print(options.known, errors);
      options.status = 1;
    } else if (options.status < 0 && options.version) {
      new PrintStream(out, true, StandardCharsets.UTF_8).println(Versions.line());
      options.status = 0;
    } else if (options.status < 0 && options.missingFileSystem != null) {
      errors.println("no such VFS: \"" + options.missingFileSystem + "\"");
      options.status = 1;
    } else if (options.status < 0 && options.refusal != null) {
      errors.println("turso: Error: " + options.refusal + " is not available");
      options.status = 1;
    }
    return options;
  }

  private void read(List<String> arguments, PrintStream errors) {
    List<String> words = new ArrayList<>();
    for (int i = 0; i < arguments.size(); i++) {
      String each = arguments.get(i);
      if (!each.startsWith("-")) {
        words.add(each);
        continue;
      }
      ProgramOption option = find(each);
      if (option == null) {
        errors.println("turso: Error: unknown option: " + each);
        errors.println("Use -help for a list of options.");
        status = 1;
        return;
      }
      if (i + option.values() >= arguments.size()) {
        errors.println("turso: Error: missing argument to " + each);
        status = 1;
        return;
      }
      option.action().accept(option.values() == 0 ? "" : arguments.get(i + 1));
      i += option.values();
    }
    positional(words);
  }

  private @Nullable ProgramOption find(String word) {
    String name = word.startsWith("--") ? word.substring(1) : word;
    for (ProgramOption each : known) {
      if (each.names().contains(name)) {
        return each;
      }
    }
    return null;
  }

  // ---- the options

  private void describe() {
    modes();
    behaviour();
    files();
    server();
    for (String each : NO_EFFECT) {
      hidden(0, v -> {}, each);
    }
    for (String each : REFUSED) {
      hidden(0, v -> refusal = "-" + each, each);
    }
    for (String each : List.of("mmap", "heap", "maxsize")) {
      hidden(1, v -> {}, each);
    }
    hidden(0, v -> safe = true, "safe");
    hidden(1, v -> nonce = v, "nonce");
    hidden(1, this::fileSystem, "vfs");
    for (String each : List.of("lookaside", "pagecache")) {
      hidden(2, v -> {}, each);
    }
  }

  private void modes() {
    for (OutputMode each : OutputMode.values()) {
      if (each != OutputMode.COUNT
          && each != OutputMode.OFF
          && each != OutputMode.INSERT
          && each != OutputMode.TCL) {
        String label = each.label();
        flag(v -> setting(s -> mode(s, each)), label, "set output mode to " + label);
      }
    }
    value(v -> command(".mode " + v), "output-mode", "MODE", "set the output mode", "-m");
  }

  /** What a mode's option sets: unlike {@code .mode} it leaves most separators. */
  private static void mode(Shell shell, OutputMode mode) {
    shell.settings().mode(mode);
    switch (mode) {
      case CSV -> shell.settings().columnSeparator(",");
      case TABS -> shell.settings().columnSeparator("\t");
      case ASCII -> {
        shell.settings().columnSeparator("\u001f");
        shell.settings().rowSeparator("\u001e");
      }
      case QUOTE -> {
        shell.settings().columnSeparator(",");
        shell.settings().rowSeparator("\n");
      }
      default -> {
        // the others have no separators
      }
    }
  }

  private void behaviour() {
    flag(v -> setting(s -> s.flags().bail(true)), "bail", "stop after hitting an error");
    flag(v -> batch = true, "batch", "force batch input and output");
    flag(v -> forcedInteractive = true, "interactive", "force an interactive shell");
    flag(v -> quiet = true, "quiet", "no greeting", "-q");
    flag(v -> setting(s -> s.flags().echo(true)), "echo", "show inputs before they run", "-e");
    flag(v -> setting(s -> s.settings().header(true)), "header", "show column names");
    flag(v -> setting(s -> s.settings().header(false)), "noheader", "do not");
    flag(v -> setting(s -> s.flags().stats(true)), "stats", "show figures after each statement");
    value(v -> setting(s -> s.settings().nullValue(v)), "nullvalue", "TEXT", "show NULL as TEXT");
    value(
        v -> setting(s -> s.settings().columnSeparator(v)),
        "separator",
        "SEP",
        "set the column separator");
    value(
        v -> setting(s -> s.settings().rowSeparator(v)), "newline", "SEP", "set the row separator");
    value(this::command, "cmd", "COMMAND", "run COMMAND before reading input");
    value(v -> command(".output " + quoted(v)), "output", "FILE", "send output to FILE", "-o");
    value(
        v -> command(".trace " + quoted(v)),
        "tracing-output",
        "FILE",
        "write statements to FILE",
        "-t");
    flag(v -> help = true, "help", "show this");
    flag(v -> version = true, "version", "show versions");
  }

  private void files() {
    value(v -> initFile = v, "init", "FILENAME", "read FILENAME first, not ~/.tursorc");
    flag(v -> readOnly = true, "readonly", "open the database read-only", "-read-only");
    flag(v -> refuseLinks = true, "nofollow", "refuse to open symbolic links");
  }

  /** Names of file systems that programs ask for; files are the JVM's whichever it is. */
  private void fileSystem(String name) {
    if (!FILE_SYSTEMS.contains(name)) {
      missingFileSystem = name;
    }
  }

  private void server() {
    flag(v -> mcp = true, "mcp", "serve the Model Context Protocol on standard streams");
    value(
        v -> mcpPort = Integer.parseInt(v),
        "mcp-http",
        "PORT",
        "serve it on http://127.0.0.1:PORT/mcp; 0 chooses a port");
    value(v -> tokenFile = v, "mcp-token-file", "FILE", "where --mcp-http writes its token");
    value(
        allowed::add,
        "allow-dir",
        "DIR",
        "let MCP clients open databases below DIR; may be given again");
  }

  private void setting(Consumer<Shell> action) {
    settings.add(new Setting(action, ""));
  }

  private void command(String text) {
    settings.add(new Setting(null, text));
  }

  private static String quoted(String word) {
    return "'" + word + "'";
  }

  private void flag(Consumer<String> action, String name, String help, String... more) {
    known.add(new ProgramOption(names(name, more), 0, "", help, action));
  }

  private void value(
      Consumer<String> action, String name, String label, String help, String... more) {
    known.add(new ProgramOption(names(name, more), 1, label, help, action));
  }

  private void hidden(int values, Consumer<String> action, String name) {
    known.add(new ProgramOption(names(name), values, "", "", action));
  }

  private static List<String> names(String name, String... more) {
    List<String> names = new ArrayList<>(List.of("-" + name));
    names.addAll(List.of(more));
    return names;
  }

  private void positional(List<String> words) {
    if (!words.isEmpty()) {
      database = words.getFirst();
      commands.addAll(words.subList(1, words.size()));
    }
    if (refuseLinks && Files.isSymbolicLink(Path.of(database))) {
      refusal = "\"" + database + "\", a symbolic link,";
    }
  }

  // ---- what was asked for

  /** Whether the program has nothing more to do. */
  boolean ended() {
    return status >= 0;
  }

  int status() {
    return status;
  }

  List<Setting> settings() {
    return settings;
  }

  List<String> commands() {
    return commands;
  }

  String database() {
    return database;
  }

  @Nullable String initFile() {
    return initFile;
  }

  boolean readOnly() {
    return readOnly;
  }

  boolean quiet() {
    return quiet;
  }

  /** Whether a person types. */
  boolean interactive(boolean terminal) {
    return forcedInteractive || terminal && !batch && commands.isEmpty();
  }

  /** Whether nothing may reach beyond the database. */
  boolean safe() {
    return safe;
  }

  /** The secret that lifts that. */
  @Nullable String nonce() {
    return nonce;
  }

  boolean mcp() {
    return mcp;
  }

  /** The port of the HTTP server, 0 for any, -1 for none. */
  int mcpPort() {
    return mcpPort;
  }

  @Nullable String tokenFile() {
    return tokenFile;
  }

  /** Folders below which MCP clients may open databases. */
  List<String> allowed() {
    return allowed;
  }
}
