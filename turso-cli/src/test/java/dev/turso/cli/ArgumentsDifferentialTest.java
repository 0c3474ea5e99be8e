package dev.turso.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The program's arguments beside native sqlite3's: output, complaints and exit status. */
@NullUnmarked
class ArgumentsDifferentialTest {

  private static final List<List<String>> CALLS =
      List.of(
          List.of(":memory:", "select 1"),
          List.of(":memory:", "select 1;select 2", "select 3"),
          List.of(":memory:", "select nosuch"),
          List.of(":memory:", "select 1; selec 2"),
          List.of(
              ":memory:",
              "create table t(a unique);insert into t values(1);insert into t values(1)"),
          List.of(":memory:", ".nosuch", "select 1"),
          List.of(":memory:", ".mode csv", "select 1,2"),
          List.of(":memory:", ".exit 5", "select 1"),
          List.of(":memory:", ".quit", "select 1"),
          List.of("-cmd", "select bad", ":memory:", "select 3"),
          List.of("-cmd", ".headers on", "-cmd", "select 1 as a", ":memory:", "select 2 as b"),
          List.of("-bail", "-cmd", "select bad", ":memory:", "select 3"),
          List.of("-bail", ":memory:", "select 1", "sel", "select 2"),
          List.of("-csv", "-header", ":memory:", "select 1 a, 'x y' b"),
          List.of("-header", "-noheader", ":memory:", "select 1 a"),
          List.of("--json", ":memory:", "select 1 a, null b"),
          List.of("-line", ":memory:", "select 1 a, null b"),
          List.of("-box", ":memory:", "select 1 a, null b"),
          List.of("-table", ":memory:", "select 1 a, null b"),
          List.of("-markdown", ":memory:", "select 1 a, null b"),
          List.of("-column", ":memory:", "select 1 a, null b"),
          List.of("-quote", ":memory:", "select 1 a, null b"),
          List.of("-tabs", ":memory:", "select 1 a, null b"),
          List.of("-ascii", ":memory:", "select 1 a, null b"),
          List.of("-html", ":memory:", "select 1 a, null b"),
          List.of("-list", "-separator", ";", ":memory:", "select 1 a, null b"),
          List.of("-separator", "\\t", "-newline", "#", ":memory:", "select 1, 2"),
          List.of("-nullvalue", "NIL", ":memory:", "select null"),
          List.of("-echo", ":memory:", "select 1"),
          List.of("-init", "init.sql", ":memory:", "select 1, 2"),
          List.of("-init", "nosuch.sql", ":memory:", "select 1"),
          List.of("-readonly", "there.db", "select count(*) from t"),
          List.of("-readonly", "there.db", "insert into t values(1)"),
          List.of("-readonly", "nosuch.db", "select 1"),
          List.of("nosuchfolder/x.db", "select 1"),
          List.of("notadatabase.txt", "select * from t"),
          List.of("-nosuch"),
          List.of("-separator"),
          List.of("-batch", ":memory:", "select 1"),
          List.of("-safe", ":memory:", "select 1", ".system true", "select 2"),
          List.of("-safe", ":memory:", "attach 'x' as y"),
          List.of("-safe", ":memory:", "vacuum into 'x'"),
          List.of("-safe", ":memory:", "select readfile('x')"),
          List.of("-safe", ":memory:", ".open there.db"),
          List.of("-safe", "-nonce", "n", ":memory:", ".nonce n", ".system printf 7", ".cd x"),
          List.of("-safe", "-nonce", "n", ":memory:", ".nonce m"),
          List.of("-vfs", "nosuch", ":memory:", "select 1"),
          List.of("-stats", "-nosuch", ":memory:"));

  @TempDir Path folder;

  @Test
  void argumentsMeanWhatTheyMeanToSqlite3() throws Exception {
    String version = Programs.nativeVersion();
    assumeTrue(version.startsWith("3.40"), "no sqlite3 3.40 on the path, but: " + version);
    Files.writeString(folder.resolve("init.sql"), ".mode csv\n.headers on\n");
    Files.writeString(folder.resolve("notadatabase.txt"), "no database, but a text. ".repeat(100));
    Programs.runNative(folder, "", "there.db", "create table t(a); insert into t values(7)");
    List<String> wrong = new ArrayList<>();
    for (List<String> call : CALLS) {
      Programs.Result expected = Programs.runNative(folder, "", call.toArray(new String[0]));
      Programs.Result given = Programs.runOurs("", inFolder(call));
      String there = folder + "/";
      boolean same =
          expected.out().equals(given.out())
              && expected
                  .err()
                  .replace("sqlite3: ", "")
                  .equals(given.err().replace("turso: ", "").replace(there, ""))
              && expected.status() == given.status();
      if (!same) {
        wrong.add(call + "\nnative " + expected + "\nours   " + given);
      }
    }
    System.out.println(
        "arguments against sqlite3 "
            + version
            + ": equal "
            + (CALLS.size() - wrong.size())
            + " of "
            + CALLS.size());
    assertThat(String.join("\n\n", wrong)).isEmpty();
  }

  /** Our program runs in this process, whose folder is another one. */
  private String[] inFolder(List<String> call) {
    return call.stream()
        .map(each ->
            each.matches("\\w+(/\\w+)?\\.(db|sql|txt)") ? folder.resolve(each).toString() : each)
        .toArray(String[]::new);
  }
}
