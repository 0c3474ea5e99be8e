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
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/**
 * The program's arguments.
 *
 * <p>As with sqlite3 an option may begin with one dash or two, and those that set something are carried
 * out in the order in which they stand, {@code -cmd} among them. The options are described to picocli
 * without annotations, for reading annotations costs more time than sqlite3 takes to start.
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
      List.of("append", "zip", "deserialize", "safe", "A", "sync-server");

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
  private int status = -1;
  private @Nullable String refusal;

  private ProgramOptions() {}

  static ProgramOptions parse(String[] arguments, OutputStream out, OutputStream err) {
    ProgramOptions options = new ProgramOptions();
    CommandLine parser = new CommandLine(options.spec());
    parser
        .setOverwrittenOptionsAllowed(true)
        .setExpandAtFiles(false)
        .setPosixClusteredShortOptionsAllowed(false);
    PrintStream errors = new PrintStream(err, true, StandardCharsets.UTF_8);
    try {
      CommandLine.ParseResult result = parser.parseArgs(arguments);
      options.positional(result.matchedPositionalValue(0, List.of()));
      if (result.hasMatchedOption("-help")) {
        parser.usage(new PrintStream(err, true, StandardCharsets.UTF_8));
        options.status = 1;
      } else if (result.hasMatchedOption("-version")) {
        PrintStream text = new PrintStream(out, true, StandardCharsets.UTF_8);
        text.println(Versions.line());
        options.status = 0;
      } else if (options.refusal != null) {
        errors.println("turso: Error: " + options.refusal + " is not available");
        options.status = 1;
      }
    } catch (CommandLine.UnmatchedArgumentException e) {
      errors.println("turso: Error: unknown option: " + e.getUnmatched().getFirst());
      errors.println("Use -help for a list of options.");
      options.status = 1;
    } catch (CommandLine.MissingParameterException e) {
      String name = ((OptionSpec) e.getMissing().getFirst()).names()[0];
      errors.println("turso: Error: missing argument to " + name);
      options.status = 1;
    } catch (CommandLine.ParameterException e) {
      errors.println("turso: Error: " + e.getMessage());
      options.status = 1;
    }
    return options;
  }

  // ---- the options

  private CommandSpec spec() {
    CommandSpec spec = CommandSpec.create().name("turso");
    spec.usageMessage()
        .customSynopsis("turso [OPTIONS] [FILENAME [SQL]]")
        .description(
            "FILENAME is an SQLite database, made if it is not there. Without SQL, input is read.");
    modes(spec);
    settings(spec);
    files(spec);
    server(spec);
    for (String each : NO_EFFECT) {
      spec.addOption(flag(v -> {}, each, "accepted, without effect").hidden(true).build());
    }
    for (String each : REFUSED) {
      spec.addOption(flag(v -> refusal = "-" + each, each, "not available").hidden(true).build());
    }
    for (String each : List.of("mmap", "heap", "maxsize", "nonce", "vfs")) {
      spec.addOption(value(v -> {}, each, "N", "accepted, without effect").hidden(true).build());
    }
    for (String each : List.of("lookaside", "pagecache")) {
      spec.addOption(
          OptionSpec.builder("-" + each, "--" + each)
              .arity("2").type(List.class).auxiliaryTypes(String.class)
              .paramLabel("N").hidden(true).build());
    }
    spec.addPositional(
        PositionalParamSpec.builder()
            .index("0..*").arity("0..*").type(List.class).auxiliaryTypes(String.class)
            .paramLabel("FILENAME SQL").hidden(true).build());
    return spec;
  }

  private void modes(CommandSpec spec) {
    for (OutputMode each : OutputMode.values()) {
      if (each != OutputMode.COUNT && each != OutputMode.OFF && each != OutputMode.INSERT
          && each != OutputMode.TCL) {
        String label = each.label();
        spec.addOption(flag(v -> setting(s -> mode(s, each)), label, "set output mode to " + label).build());
      }
    }
    spec.addOption(
        value(v -> command(".mode " + v), "output-mode", "MODE", "set the output mode", "-m").build());
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

  private void settings(CommandSpec spec) {
    spec.addOption(flag(v -> setting(s -> s.flags().bail(true)), "bail", "stop after hitting an error").build());
    spec.addOption(flag(v -> batch = true, "batch", "force batch input and output").build());
    spec.addOption(flag(v -> forcedInteractive = true, "interactive", "force an interactive shell").build());
    spec.addOption(flag(v -> quiet = true, "quiet", "no greeting", "-q").build());
    spec.addOption(flag(v -> setting(s -> s.flags().echo(true)), "echo", "show inputs before they run", "-e").build());
    spec.addOption(flag(v -> setting(s -> s.settings().header(true)), "header", "show column names").build());
    spec.addOption(flag(v -> setting(s -> s.settings().header(false)), "noheader", "do not").build());
    spec.addOption(flag(v -> setting(s -> s.flags().stats(true)), "stats", "show figures after each statement").build());
    spec.addOption(value(v -> setting(s -> s.settings().nullValue(v)), "nullvalue", "TEXT", "show NULL as TEXT").build());
    spec.addOption(value(v -> setting(s -> s.settings().columnSeparator(v)), "separator", "SEP", "set the column separator").build());
    spec.addOption(value(v -> setting(s -> s.settings().rowSeparator(v)), "newline", "SEP", "set the row separator").build());
    spec.addOption(value(this::command, "cmd", "COMMAND", "run COMMAND before reading input").build());
    spec.addOption(value(v -> command(".output " + quoted(v)), "output", "FILE", "send output to FILE", "-o").build());
    spec.addOption(value(v -> command(".trace " + quoted(v)), "tracing-output", "FILE", "write statements to FILE", "-t").build());
    spec.addOption(flag(v -> {}, "help", "show this").build());
    spec.addOption(flag(v -> {}, "version", "show versions").build());
  }

  private void files(CommandSpec spec) {
    spec.addOption(value(v -> initFile = v, "init", "FILENAME", "read FILENAME first, not ~/.tursorc").build());
    spec.addOption(flag(v -> readOnly = true, "readonly", "open the database read-only", "--read-only").build());
    spec.addOption(flag(v -> refuseLinks = true, "nofollow", "refuse to open symbolic links").build());
  }

  private boolean refuseLinks;

  private void server(CommandSpec spec) {
    spec.addOption(flag(v -> mcp = true, "mcp", "serve the Model Context Protocol on standard streams").build());
    spec.addOption(
        value(v -> mcpPort = Integer.parseInt(v), "mcp-http", "PORT", "serve it on http://127.0.0.1:PORT/mcp; 0 chooses a port").build());
    spec.addOption(value(v -> tokenFile = v, "mcp-token-file", "FILE", "where --mcp-http writes its token").build());
    spec.addOption(value(allowed::add, "allow-dir", "DIR", "let MCP clients open databases below DIR; may be given again").build());
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

  private static OptionSpec.Builder flag(
      Consumer<Boolean> set, String name, String help, String... more) {
    return named(name, more)
        .arity("0")
        .type(Boolean.class)
        .description(help)
        .setter(setter(v -> {
          if (Boolean.TRUE.equals(v)) {
            set.accept(true);
          }
          return v;
        }));
  }

  private static OptionSpec.Builder value(
      Consumer<String> set, String name, String label, String help, String... more) {
    return named(name, more)
        .arity("1")
        .type(String.class)
        .paramLabel(label)
        .description(help)
        .setter(setter(v -> {
          if (v != null) {
            set.accept((String) v);
          }
          return v;
        }));
  }

  private static OptionSpec.Builder named(String name, String... more) {
    List<String> names = new ArrayList<>(List.of("-" + name, "--" + name));
    names.addAll(List.of(more));
    return OptionSpec.builder(names.toArray(new String[0]));
  }

  private static CommandLine.Model.ISetter setter(UnaryOperator<@Nullable Object> set) {
    return new CommandLine.Model.ISetter() {
      @Override
      @SuppressWarnings("unchecked")
      public <T> T set(T value) {
        return (T) set.apply(value);
      }
    };
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
