package dev.turso.cli.command;

import dev.turso.cli.shell.Outcome;
import dev.turso.cli.shell.Shell;
import java.util.List;

/** Commands of sqlite3 that mean nothing here: each says why. */
final class Unavailable {

  private Unavailable() {}

  static void addTo(CommandTable table) {
    no(table, "auth", 1, "there is no authorizer callback to show");
    no(table, "archive", 2, "SQL archives need the sqlar functions, which this engine has not");
    no(table, "filectrl", 1, "there is no file-control interface below this engine");
    no(table, "imposter", 3, "index trees cannot be opened as tables");
    no(table, "load", 1, "native extension libraries cannot be loaded into a JVM database");
    table.add(
        "scanstats",
        2,
        "on|off",
        "Accepted; EXPLAIN ANALYZE gives rows and time of each operator",
        Unavailable::scanStatistics);
    no(table, "session", 3, "use the change log: .feed, and PRAGMA turso_capture");
    no(table, "testctrl", 5, "there are no test controls");
    no(table, "vfsinfo", 4, "files are the JVM's; see .vfslist");
    table.add("nonce", 3, "STRING", "Lift -safe for the next input", Unavailable::nonce);
    no(table, "opcodes", 3, "statements run as operator trees, not as byte code; see .plan");
    no(table, "dbtotxt", 3, "use .dump for text, or od for the file's bytes");
  }

  private static void no(CommandTable table, String name, int shortest, String reason) {
    table.add(
        name, shortest, "", "Not available: " + reason, (shell, words) -> say(shell, name, reason));
  }

  private static Outcome nonce(Shell shell, List<String> words) {
    if (words.size() != 2) {
      return Arguments.usage(shell, ".nonce NONCE");
    }
    String given = words.get(1);
    boolean lifted = shell.safeMode().lift(given);
    shell.refuse(lifted ? null : "incorrect nonce: \"" + given + "\"");
    return Outcome.DONE;
  }

  private static Outcome scanStatistics(Shell shell, List<String> words) {
    if (words.size() != 2) {
      return Arguments.usage(shell, ".scanstats on|off");
    }
    shell.complain("Warning: .scanstats not available in this build.");
    return Outcome.DONE;
  }

  private static Outcome say(Shell shell, String name, String reason) {
    shell.complain("." + name + " is not available: " + reason);
    return Outcome.FAILED;
  }

  static Outcome sayFor(Shell shell, List<String> words, String reason) {
    return say(shell, words.getFirst(), reason);
  }
}
