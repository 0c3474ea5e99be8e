package dev.turso.damage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.turso.Database;
import dev.turso.Session;
import dev.turso.error.DatabaseException;
import dev.turso.format.JournalLayout;
import dev.turso.vfs.FileHandle;
import dev.turso.vfs.MemoryFileSystem;
import dev.turso.vfs.OpenMode;
import dev.turso.vfs.SimulatedFileSystem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * One byte of a file, a log or a journal is another one, in files of each shape: thousands of times, and
 * each answer is rows or a clear error, soon. Now and then native SQLite is asked as well; what happens
 * where it reports damage, and where it does not, is {@link DamagedFilesDifferentialTest}'s.
 *
 * <p>{@code -Dturso.flips=N} for so many, 10,000 if not set.
 */
class FlippedBytesTest {

  private static final int FLIPS = Integer.getInteger("turso.flips", 10_000);
  private static final int NATIVE_EVERY = 199;
  private static final int WRITES_EVERY = 8;
  private static final long SEED = Long.getLong("turso.seed", LocalDate.now().toEpochDay());

  /** Far beyond what an answer takes, also on a machine that is busy. */
  private static final long SLOW_NANOS = 30_000_000_000L;

  private static final List<String> READS =
      List.of(
          "SELECT count(*), sum(id), sum(length(a)), max(a) FROM t NOT INDEXED",
          "SELECT sum(length(b)) FROM t WHERE id > 20");

  @TempDir Path folder;

  private int refused;
  private int natively;
  private long slowest;

  @Test
  void isAnsweredOrRefusedAndNothingElse() throws IOException {
    List<Victim> victims = victims();
    Random random = new Random(SEED);
    try (NativeJudge judge = new NativeJudge()) {
      for (int i = 0; i < FLIPS; i++) {
        Victim victim = victims.get(i % victims.size());
        byte[] damaged = victim.files.get(victim.damaged).clone();
        int at = random.nextInt(damaged.length);
        if (random.nextInt(3) > 0) {
          at = Math.min(damaged.length - 1, at / 512 * 512 + random.nextInt(64));
        }
        damaged[at] ^= (byte) (1 + random.nextInt(255));
        Map<String, byte[]> files = new HashMap<>(victim.files);
        files.put(victim.damaged, damaged);
        String where =
            victim.shape + " " + victim.damaged + ", flip " + i + " at " + at + ", seed " + SEED;
        String[] ours = timed(files, i % WRITES_EVERY == 0, where);
        if (i % NATIVE_EVERY == 0) {
          compare(judge, files, ours, where);
        }
      }
    }
    System.out.printf(
        "%d byte flips in %d files: %d refused, %d seen natively, slowest %.1f ms (seed %d)%n",
        FLIPS, victims.size(), refused, natively, slowest / 1e6, SEED);
  }

  @Test
  void aJournalThatTellsOfAFileBeyondAllBoundsIsAnError() {
    Map<String, byte[]> files = new HashMap<>(leftBehind(Shape.SMALL_PAGES, "DELETE"));
    byte[] journal = files.get(Shape.PATH + "-journal");
    for (int high : new int[] {0x7f, 0x80, 0xff}) {
      byte[] damaged = journal.clone();
      damaged[JournalLayout.PAGE_COUNT] = (byte) high;
      files.put(Shape.PATH + "-journal", damaged);
      assertThat(ours(files, true)).allMatch(answer -> answer.startsWith(NativeJudge.ERROR));
    }
  }

  /** Files as a process leaves them that died, and which of them is damaged. */
  private record Victim(Shape shape, String damaged, Map<String, byte[]> files) {}

  private static List<Victim> victims() {
    List<Victim> victims = new ArrayList<>();
    for (Shape shape : Shape.values()) {
      Map<String, byte[]> logged = leftBehind(shape, "WAL");
      Map<String, byte[]> journaled = leftBehind(shape, "DELETE");
      victims.add(new Victim(shape, Shape.PATH, Map.of(Shape.PATH, logged.get(Shape.PATH))));
      victims.add(new Victim(shape, Shape.PATH, journaled));
      victims.add(new Victim(shape, Shape.PATH + "-wal", logged));
      victims.add(new Victim(shape, Shape.PATH + "-journal", journaled));
    }
    return victims;
  }

  private static Map<String, byte[]> leftBehind(Shape shape, String mode) {
    SimulatedFileSystem disk = new SimulatedFileSystem();
    Map<String, byte[]> files = new HashMap<>();
    try (Database database = Shape.open(disk);
        Session session = database.connect()) {
      shape.make(session, mode, "FULL");
      session.execute(Shape.SCRIPT.get(0));
      session.execute(Shape.SCRIPT.get(1));
      session.execute("PRAGMA wal_checkpoint(TRUNCATE)");
      disk.onPoint(point -> {
        if (disk.names().contains(Shape.PATH + "-journal")) {
          files.putAll(disk.files());
        }
      });
      session.execute(Shape.SCRIPT.get(2));
      session.execute(Shape.SCRIPT.get(3));
      disk.onPoint(point -> {});
      if (files.isEmpty()) {
        files.putAll(disk.files());
      }
    }
    files.remove(Shape.PATH + "-shm");
    return files;
  }

  private String[] timed(Map<String, byte[]> files, boolean writes, String where) {
    long start = System.nanoTime();
    try {
      return ours(files, writes);
    } catch (RuntimeException | StackOverflowError | OutOfMemoryError | AssertionError e) {
      throw new AssertionError(where, e);
    } finally {
      long took = System.nanoTime() - start;
      slowest = Math.max(slowest, took);
      assertThat(took).as(where).isLessThan(SLOW_NANOS);
    }
  }

  private String[] ours(Map<String, byte[]> files, boolean writes) {
    MemoryFileSystem disk = new MemoryFileSystem();
    files.forEach((name, bytes) -> {
      try (FileHandle file = disk.open(name, OpenMode.CREATE)) {
        file.write(0, bytes, 0, bytes.length);
      }
    });
    String[] answers = new String[READS.size()];
    try (Database database = Shape.open(disk);
        Session session = database.connect()) {
      for (int i = 0; i < READS.size(); i++) {
        answers[i] = Shape.answer(session, READS.get(i));
      }
      if (writes) {
        Shape.answer(session, "PRAGMA integrity_check");
        Shape.answer(session, "DELETE FROM t WHERE id % 3 = 0");
        Shape.answer(session, "INSERT INTO t(id, a, b) VALUES(900, 'n', zeroblob(2000))");
      }
    } catch (DatabaseException e) {
      for (int i = 0; i < answers.length; i++) {
        answers[i] = answers[i] == null ? NativeJudge.ERROR + e.getMessage() : answers[i];
      }
    }
    refused += answers[0].startsWith(NativeJudge.ERROR) ? 1 : 0;
    return answers;
  }

  /** Where native SQLite reports an error for the first question, which is a scan, so do we. */
  private void compare(NativeJudge judge, Map<String, byte[]> files, String[] ours, String where)
      throws IOException {
    Path file = folder.resolve("flipped.db");
    for (String suffix : List.of("", "-wal", "-journal", "-shm")) {
      Path each = Path.of(file + suffix);
      Files.deleteIfExists(each);
      byte[] bytes = files.get(Shape.PATH + suffix);
      if (bytes != null) {
        Files.write(each, bytes);
      }
    }
    String theirs = judge.ask(file, List.of(READS.getFirst())).getFirst();
    natively++;
    if (theirs.startsWith(NativeJudge.ERROR)) {
      assertThat(ours[0]).as(where + ", natively " + theirs).startsWith(NativeJudge.ERROR);
    }
  }
}
