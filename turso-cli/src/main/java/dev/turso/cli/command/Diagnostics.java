package dev.turso.cli.command;

import dev.turso.Session;
import dev.turso.cli.shell.Outcome;
import dev.turso.cli.shell.Shell;
import dev.turso.value.Value;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryUsage;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Commands that tell facts of the database, the engine and the JVM. */
final class Diagnostics {

  private static final int LIMIT_COLUMN = 20;
  private static final int SWITCH_COLUMN = 19;
  private static final Map<String, String> SWITCHES = new LinkedHashMap<>();
  private static final Map<String, Long> LIMITS = new LinkedHashMap<>();

  static {
    SWITCHES.put("enable_fkey", "foreign_keys");
    SWITCHES.put("legacy_alter_table", "legacy_alter_table");
    SWITCHES.put("trusted_schema", "trusted_schema");
    SWITCHES.put("writable_schema", "writable_schema");
    LIMITS.put("length", 1_000_000_000L);
    LIMITS.put("sql_length", 1_000_000_000L);
    LIMITS.put("column", 2000L);
    LIMITS.put("expr_depth", 1000L);
    LIMITS.put("compound_select", 500L);
    LIMITS.put("vdbe_op", 250_000_000L);
    LIMITS.put("function_arg", 127L);
    LIMITS.put("attached", 10L);
    LIMITS.put("like_pattern_length", 50_000L);
    LIMITS.put("variable_number", 250_000L);
    LIMITS.put("trigger_depth", 1000L);
    LIMITS.put("worker_threads", 0L);
  }

  private Diagnostics() {}

  static Outcome stats(Shell shell, List<String> words) {
    if (words.size() > 2) {
      return Arguments.usage(shell, ".stats ?on|off|stmt|vmstep?");
    }
    if (words.size() == 2) {
      boolean on = words.get(1).equals("stmt") || Arguments.truth(shell, words.get(1));
      shell.flags().stats(on);
      return Outcome.DONE;
    }
    print(shell);
    return Outcome.DONE;
  }

  /** Figures of the file and the JVM. */
  static void print(Shell shell) {
    Session session = shell.session();
    MemoryUsage heap = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage();
    line(shell, "Heap used", heap.getUsed() + " (limit " + heap.getMax() + ") bytes");
    for (String each :
        List.of("page_count", "page_size", "freelist_count", "cache_size", "journal_mode")) {
      line(shell, "PRAGMA " + each, first(session, each));
    }
    line(shell, "Rows changed", session.totalChanges() + "");
    line(shell, "Newest commit", shell.database().position().toString());
  }

  private static String first(Session session, String pragma) {
    List<List<Value>> rows = Query.rows(session, "PRAGMA " + pragma);
    return rows.isEmpty() ? "" : Query.text(rows.getFirst().getFirst());
  }

  private static void line(Shell shell, String name, String value) {
    shell.out().line(name + ":" + " ".repeat(Math.max(1, 36 - name.length())) + value);
  }

  static Outcome dbconfig(Shell shell, List<String> words) {
    String wanted = words.size() > 1 ? words.get(1) : null;
    if (wanted != null && !SWITCHES.containsKey(wanted)) {
      shell.complain("Error: unknown dbconfig \"" + wanted + "\"");
      shell.complain("Enter \".dbconfig\" with no arguments for a list");
      return Outcome.DONE;
    }
    Session session = shell.session();
    if (wanted != null && words.size() > 2) {
      boolean on = Arguments.truth(shell, words.get(2));
      session.execute("PRAGMA " + SWITCHES.get(wanted) + " = " + (on ? 1 : 0));
    }
    SWITCHES.forEach((name, pragma) -> {
      if (wanted == null || wanted.equals(name)) {
        boolean on = first(session, pragma).equals("1");
        shell.out().line(" ".repeat(SWITCH_COLUMN - name.length()) + name + (on ? " on" : " off"));
      }
    });
    return Outcome.DONE;
  }

  static Outcome limit(Shell shell, List<String> words) {
    if (words.size() > 3) {
      return Arguments.usage(shell, ".limit NAME ?NEW-VALUE?");
    }
    List<String> names = new ArrayList<>();
    for (String each : LIMITS.keySet()) {
      if (words.size() == 1 || each.startsWith(words.get(1))) {
        names.add(each);
      }
    }
    if (words.size() > 1 && names.size() > 1 && !names.contains(words.get(1))) {
      shell.complain("ambiguous limit: \"" + words.get(1) + "\"");
      return Outcome.FAILED;
    }
    if (names.isEmpty()) {
      shell.complain("unknown limit: \"" + words.get(1) + "\"");
      shell.complain("enter \".limits\" with no arguments for a list.");
      return Outcome.FAILED;
    }
    if (words.size() == 3) {
      shell.complain("limits are fixed in this engine");
      return Outcome.FAILED;
    }
    for (String each : names) {
      if (words.size() == 1 || each.startsWith(words.get(1))) {
        shell.out().line(" ".repeat(LIMIT_COLUMN - each.length()) + each + " " + LIMITS.get(each));
      }
    }
    return Outcome.DONE;
  }

  static Outcome vfsList(Shell shell, List<String> words) {
    shell
        .out()
        .line("disk    files of this machine, SQLite's locks")
        .line("memory  :memory: and mem:NAME");
    return Outcome.DONE;
  }

  static Outcome vfsName(Shell shell, List<String> words) {
    boolean memory =
        first(shell.session(), "database_list").isEmpty() || shell.path().startsWith(":");
    shell.out().line(memory ? "memory" : "disk");
    return Outcome.DONE;
  }

  static Outcome version(Shell shell, List<String> words) {
    Session session = shell.session();
    shell.out().line("Turso for the JVM " + version());
    shell.out().line("SQLite level " + Query.texts(session, "SELECT sqlite_version()").getFirst());
    shell.out().line("Java " + Runtime.version());
    return Outcome.DONE;
  }

  /** The program's own version. */
  static String version() {
    String version = Diagnostics.class.getPackage().getImplementationVersion();
    return version == null ? "0.1.0-SNAPSHOT" : version;
  }

  static Outcome lint(Shell shell, List<String> words) {
    if (words.size() < 2 || !"fkey-indexes".startsWith(words.get(1))) {
      shell.complain(
          "Usage lint sub-command ?switches...?\nWhere sub-commands are:\n    fkey-indexes");
      return Outcome.DONE;
    }
    return ForeignKeyLint.run(shell, words);
  }

  static Outcome expert(Shell shell, List<String> words) {
    Shell.Advice advice = Shell.Advice.INDEXES;
    for (String word : words.subList(1, words.size())) {
      String option = word.startsWith("--") ? word.substring(1) : word;
      if (option.length() >= 2 && "-verbose".startsWith(option)) {
        advice = Shell.Advice.INDEXES_AND_CANDIDATES;
      } else if (option.length() >= 2 && "-sample".startsWith(option)) {
        shell.complain("-sample is not supported: statistics are those of the last ANALYZE");
        return Outcome.DONE;
      } else {
        shell.complain("unknown option: " + option);
        return Outcome.DONE;
      }
    }
    shell.adviseNext(advice);
    return Outcome.DONE;
  }
}
