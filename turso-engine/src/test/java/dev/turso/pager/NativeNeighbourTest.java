package dev.turso.pager;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.turso.error.BusyException;
import dev.turso.vfs.DiskFileSystem;
import dev.turso.wal.CheckpointMode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The native shell works on a file that we have open. Our side changes rows without a B-tree: it
 * replaces a word of eight letters in whatever page holds it.
 */
class NativeNeighbourTest {

  @TempDir Path directory;

  @BeforeEach
  void needsTheShell() {
    boolean present;
    try {
      present = new ProcessBuilder("sqlite3", "-version").start().waitFor() == 0;
    } catch (IOException | InterruptedException e) {
      present = false;
    }
    assumeTrue(present, "the sqlite3 shell is not installed");
  }

  private Pager open() {
    return Pager.open(DiskFileSystem.instance(), file(), PagerOptions.DEFAULT);
  }

  private String file() {
    return directory.resolve("db").toString();
  }

  private String sql(String statements) throws Exception {
    Process process =
        new ProcessBuilder("sqlite3", "-batch", file(), statements)
            .redirectErrorStream(true)
            .start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
    return output.strip();
  }

  private static boolean replace(Pager pager, String word, String by) {
    pager.beginWrite();
    byte[] wanted = word.getBytes(StandardCharsets.UTF_8);
    boolean found = false;
    for (int page = 2; page <= pager.pageCount() && !found; page++) {
      int at = indexOf(pager.read(page), wanted);
      if (at >= 0) {
        System.arraycopy(by.getBytes(StandardCharsets.UTF_8), 0, pager.write(page), at, 8);
        found = true;
      }
    }
    pager.commit();
    return found;
  }

  private static boolean sees(Pager pager, String word) {
    pager.beginRead();
    try {
      byte[] wanted = word.getBytes(StandardCharsets.UTF_8);
      for (int page = 2; page <= pager.pageCount(); page++) {
        if (indexOf(pager.read(page), wanted) >= 0) {
          return true;
        }
      }
      return false;
    } finally {
      pager.endRead();
    }
  }

  private static int indexOf(byte[] page, byte[] wanted) {
    for (int i = 0; i + wanted.length <= page.length; i++) {
      int k = 0;
      while (k < wanted.length && page[i + k] == wanted[k]) {
        k++;
      }
      if (k == wanted.length) {
        return i;
      }
    }
    return -1;
  }

  private void create(String mode) throws Exception {
    sql(
        "pragma journal_mode="
            + mode
            + "; create table t(id integer primary key, word text);"
            + "insert into t values(1, 'word0000');");
  }

  @Test
  void writesAlternateInWalMode() throws Exception {
    create("wal");
    alternate(30);
    assertThat(directory.toFile().list()).containsExactly("db");
  }

  @Test
  void writesAlternateInDeleteMode() throws Exception {
    create("delete");
    alternate(12);
  }

  private void alternate(int rounds) throws Exception {
    try (Pager pager = open()) {
      pager.setBusyTimeout(5_000);
      for (int i = 0; i < rounds; i++) {
        String ours = String.format("ours%04d", i);
        String before = i == 0 ? "word0000" : String.format("them%04d", i - 1);
        assertThat(replace(pager, before, ours)).as(before).isTrue();
        assertThat(sql("select word from t where id=1")).isEqualTo(ours);
        String theirs = String.format("them%04d", i);
        sql(
            "update t set word='"
                + theirs
                + "' where id=1;"
                + "insert into t(word) values(hex(randomblob(2000)))");
        assertThat(sees(pager, theirs)).isTrue();
        if (i % 7 == 3) {
          pager.checkpoint(CheckpointMode.PASSIVE);
        } else if (i % 7 == 5) {
          sql("pragma wal_checkpoint(truncate)");
        }
        assertThat(sql("pragma integrity_check")).isEqualTo("ok");
      }
    }
    assertThat(sql("pragma integrity_check; select count(*) from t;"))
        .isEqualTo("ok\n" + (rounds + 1));
  }

  @Test
  void aDatabaseThatWeMadeIsOneForTheShell() throws Exception {
    try (Pager pager = open()) {
      pager.beginWrite();
      pager.commit();
      assertThat(
              sql(
                  "pragma journal_mode; pragma integrity_check; create table t(word text);"
                      + "insert into t values('word0000');"))
          .isEqualTo("wal\nok");
      assertThat(replace(pager, "word0000", "ours0000")).isTrue();
      assertThat(sql("select word from t")).isEqualTo("ours0000");
    }
    assertThat(sql("select word from t; pragma integrity_check")).isEqualTo("ours0000\nok");
  }

  @Test
  void aLogThatAKilledShellLeftIsRecovered() throws Exception {
    create("wal");
    Process shell = killedAfter("insert into t values(2, 'killed00'); select 'ready';");
    assertThat(directory.resolve("db-wal")).isNotEmptyFile();
    assertThat(shell.isAlive()).isFalse();
    try (Pager pager = open()) {
      assertThat(sees(pager, "killed00")).isTrue();
      assertThat(replace(pager, "killed00", "mended00")).isTrue();
      assertThat(sql("select word from t where id=2")).isEqualTo("mended00");
    }
    assertThat(sql("pragma integrity_check")).isEqualTo("ok");
  }

  /** The shell spills half a transaction to the database, and dies. */
  @Test
  void aHotJournalThatAKilledShellLeftIsRolledBack() throws Exception {
    create("delete");
    sql("insert into t(word) select hex(randomblob(1500)) from generate_series(1,400)");
    killedAfter(
        "pragma cache_size=10; pragma cache_spill=10; begin immediate;"
            + "update t set word='brokenxx' || hex(randomblob(1000)); select 'ready';");
    assertThat(directory.resolve("db-journal")).isNotEmptyFile();
    try (Pager pager = open()) {
      assertThat(sees(pager, "brokenxx")).isFalse();
      assertThat(sees(pager, "word0000")).isTrue();
      assertThat(directory.resolve("db-journal")).doesNotExist();
    }
    assertThat(sql("pragma integrity_check; select count(*) from t where word like 'broken%'"))
        .isEqualTo("ok\n0");
  }

  @Test
  void theShellWaitsForOurWriterAndWeForTheirs() throws Exception {
    for (String mode : new String[] {"wal", "delete"}) {
      Files.deleteIfExists(directory.resolve("db"));
      create(mode);
      try (Pager pager = open()) {
        pager.beginWrite();
        pager.write(2);
        assertThat(sql("update t set word='them0000'")).contains("database is locked");
        pager.rollback();
        Process shell = running("begin immediate; select 'ready';");
        assertThatThrownBy(pager::beginWrite).isInstanceOf(BusyException.class);
        shell.destroyForcibly().waitFor();
        pager.beginWrite();
        pager.rollback();
      }
    }
  }

  /** Spring interrupts the threads that it cancels. */
  @Test
  void anInterruptedThreadCommitsAndTheLocksOfTheProcessHold() throws Exception {
    create("wal");
    try (Pager pager = open();
        Pager other = open()) {
      for (Synchronous synchronous : Synchronous.values()) {
        pager.commitSettings().setSynchronous(synchronous);
        Thread.currentThread().interrupt();
        boolean kept;
        pager.beginWrite();
        pager.write(2)[4000]++;
        kept = Thread.interrupted();
        assertThat(kept).isTrue();
        assertThat(sql("update t set word='them0000'")).contains("database is locked");
        Thread.currentThread().interrupt();
        pager.commit();
        pager.checkpoint(CheckpointMode.TRUNCATE);
        kept = Thread.interrupted();
        assertThat(kept).isTrue();
      }
      other.beginWrite();
      assertThat(sql("update t set word='them0000'")).contains("database is locked");
      other.rollback();
    }
    assertThat(sql("pragma integrity_check")).isEqualTo("ok");
  }

  /** Two shells and two of our connections add up to one counter. */
  @Test
  void noIncrementIsLostBetweenProcessesThatWriteAtOnce() throws Exception {
    for (String mode : new String[] {"wal", "delete"}) {
      Files.deleteIfExists(directory.resolve("db"));
      sql(
          "pragma journal_mode="
              + mode
              + "; create table t(word text);"
              + "insert into t values('n=000000');");
      StringBuilder script = new StringBuilder(".timeout 30000\n");
      int each = mode.equals("wal") ? 150 : 40;
      for (int i = 0; i < each; i++) {
        script.append("update t set word=printf('n=%06d', substr(word,3)+1);\n");
      }
      script.append("select 'ready';\n");
      try (Pager one = open();
          Pager two = open()) {
        java.util.List<Thread> threads = new java.util.ArrayList<>();
        java.util.List<Throwable> failures =
            java.util.Collections.synchronizedList(new java.util.ArrayList<>());
        for (Pager pager : new Pager[] {one, two}) {
          threads.add(start(failures, () -> increment(pager, each)));
        }
        for (int i = 0; i < 2; i++) {
          threads.add(
              start(failures, () -> running(script.toString()).destroyForcibly().waitFor()));
        }
        for (Thread thread : threads) {
          thread.join();
        }
        assertThat(failures).isEmpty();
        assertThat(sees(one, String.format("n=%06d", each * 4))).isTrue();
      }
      assertThat(sql("select word from t; pragma integrity_check"))
          .isEqualTo(String.format("n=%06d\nok", each * 4));
    }
  }

  private interface Body {
    void run() throws Exception;
  }

  private static Thread start(java.util.List<Throwable> failures, Body body) {
    return Thread.ofPlatform()
        .start(() -> {
          try {
            body.run();
          } catch (Throwable e) {
            failures.add(e);
          }
        });
  }

  private static void increment(Pager pager, int times) {
    pager.setBusyTimeout(30_000);
    pager.database().setAutoCheckpoint(100);
    for (int i = 0; i < times; ) {
      pager.beginWrite();
      byte[] page = pager.write(2);
      int at = indexOf(page, "n=".getBytes(StandardCharsets.UTF_8));
      int value = Integer.parseInt(new String(page, at + 2, 6, StandardCharsets.UTF_8)) + 1;
      byte[] next = String.format("n=%06d", value).getBytes(StandardCharsets.UTF_8);
      System.arraycopy(next, 0, page, at, 8);
      try {
        pager.commit();
        i++;
      } catch (BusyException e) {
        pager.rollback();
      }
    }
  }

  private Process killedAfter(String statements) throws Exception {
    Process shell = running(statements);
    shell.destroyForcibly().waitFor();
    return shell;
  }

  /** Starts a shell that has run the statements, the last of which says ready, and stays. */
  private Process running(String statements) throws Exception {
    Process shell =
        new ProcessBuilder("sqlite3", "-batch", file()).redirectErrorStream(true).start();
    PrintStream input = new PrintStream(shell.getOutputStream(), true, StandardCharsets.UTF_8);
    input.println(statements);
    BufferedReader output = shell.inputReader(StandardCharsets.UTF_8);
    String line = output.readLine();
    while (line != null && !line.equals("ready")) {
      line = output.readLine();
    }
    assertThat(line).isEqualTo("ready");
    return shell;
  }
}
