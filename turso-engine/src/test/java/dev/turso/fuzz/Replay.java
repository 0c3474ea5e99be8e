package dev.turso.fuzz;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * {@code Replay FILE [all]}: runs statements that end with a semicolon at the end of a line on both
 * engines and tells where they differ, or all.
 */
final class Replay {

  private Replay() {}

  public static void main(String[] args) throws Exception {
    boolean all = args.length > 1;
    String text =
        args[0].equals("-")
            ? new String(System.in.readAllBytes(), StandardCharsets.UTF_8)
            : Files.readString(Path.of(args[0]));
    try (Engine theirs = new NativeEngine();
        Engine ours = new TursoEngine()) {
      for (String each : text.split(";\\s*\n")) {
        String sql = each.strip();
        if (sql.isEmpty()) {
          continue;
        }
        Outcome expected = theirs.run(sql);
        Outcome actual = ours.run(sql);
        if (all || expected.code() != actual.code() || !expected.rows().equals(actual.rows())) {
          System.out.println("== " + sql);
          System.out.println("  theirs: " + expected.shown());
          System.out.println("  ours:   " + actual.shown());
        }
      }
    }
  }
}
