package dev.turso.simulation;

import dev.turso.error.DatabaseException;
import dev.turso.error.IoException;
import dev.turso.error.ResultCode;
import dev.turso.vfs.SimulatedFileSystem;
import dev.turso.vfs.SimulatedProcess.Call;
import dev.turso.vfs.SimulatedProcess.Killed;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * A disk, processes and their clients, and the model of what the two files hold; runs a program in them.
 *
 * <p>All of it is on one thread: a step of another process that comes in between is run inside the call
 * to the file system at which it comes.
 */
final class World {

  static final String MAIN = "/main.db";
  static final String OTHER = "/other.db";

  private static final Step QUIET = new Step(0, 0, Action.READ, 0, null, List.of());

  private final Program program;
  private final Coverage coverage;
  private final FileModel[] files = {new FileModel("main"), new FileModel("other")};
  private final List<Peer> peers = new ArrayList<>();
  private SimulatedFileSystem disk = new SimulatedFileSystem();
  private @Nullable SimulatedFileSystem diskAfterCut;
  private @Nullable List<FileModel.Commit> cutTogether;
  private boolean ruined;
  private boolean quiet;
  private @Nullable Violation violation;
  private final List<String> calls = new ArrayList<>();
  private boolean records;
  private long trace = 17;
  private int depth;

  World(Program program, Coverage coverage) {
    this.program = program;
    this.coverage = coverage;
  }

  Setting setting() {
    return program.setting();
  }

  FileModel file(int number) {
    return files[number];
  }

  /** A number that is equal for two runs that took the same course. */
  long trace() {
    return trace;
  }

  /** Keeps a list of the calls to the file system and of the steps. */
  World recording() {
    records = true;
    return this;
  }

  List<String> calls() {
    return calls;
  }

  void record(String line) {
    if (records) {
      calls.add("  ".repeat(depth) + line);
    }
  }

  // ---- running ----

  /** Runs the program. Returns what the engine broke, null if nothing. */
  @Nullable Violation run() {
    SimulatedClock.begin(program.seed());
    int at = 0;
    try {
      setUp();
      for (int i = 0; i < setting().processes(); i++) {
        peers.add(new Peer(this, i, setting().clients(), disk));
      }
      for (; at < program.steps().size() && violation == null; at++) {
        Step step = program.steps().get(at);
        run(step);
        afterStep(step);
        SimulatedClock.pass((step.seed() & 7) * 1_000_000L);
      }
      if (violation == null) {
        tearDown();
      }
    } catch (RuntimeException | AssertionError e) {
      violated(e);
    } finally {
      abandon();
    }
    Violation found = violation;
    return found == null
        ? null
        : new Violation("in step " + (at + 1) + ": " + found.getMessage(), found);
  }

  private void violated(Throwable e) {
    if (violation == null) {
      violation = e instanceof Violation known ? known : new Violation(e.toString(), e);
    }
  }

  /** Runs a step, perhaps within another one. */
  private void run(Step step) {
    Peer peer = peers.get(step.process());
    if (peer.frame != null || diskAfterCut != null || depth > 3) {
      return;
    }
    Peer.Frame frame = new Peer.Frame(step);
    peer.frame = frame;
    record(step.toString());
    depth++;
    String outcome = "KILLED";
    try {
      outcome = perform(peer, step).name();
    } catch (Killed e) {
      bury(peer);
    } catch (RuntimeException | AssertionError e) {
      violated(e);
    } finally {
      depth--;
      peer.frame = null;
    }
    record("  " + outcome);
    mix(outcome.hashCode());
    coverage.count("steps " + outcome, step.action().name());
    if (depth > 0) {
      coverage.count("steps within steps", step.action().name());
    }
  }

  private Outcome perform(Peer peer, Step step) {
    if (peer.hasBackgroundWork() && step.seed() % 3 != 0) {
      coverage.count("steps in the background", step.action().name());
      Outcome outcome = peer.workInBackground();
      if (step.seed() % 2 == 0) {
        return outcome;
      }
    }
    switch (step.action()) {
      case KILL -> {
        coverage.count("crashes", "KILLED between steps");
        peer.kill();
        bury(peer);
        return Outcome.DONE;
      }
      case POWER_CUT -> {
        coverage.count("crashes", "POWER_CUT between steps");
        cutPower(step.seed());
        throw new Killed();
      }
      case RESTART -> {
        return peer.close();
      }
      default -> {
        return peer.clients.get(step.client()).perform(step);
      }
    }
  }

  private void bury(Peer peer) {
    // Before the process starts again, which forgets what it was at.
    FileModel.Crash crash = diskAfterCut == null ? FileModel.Crash.KILL : FileModel.Crash.POWER_CUT;
    ruined |= files[0].isFragile(crash) || files[1].isFragile(crash);
    List<FileModel.Commit> cut = peer.startAgain(disk);
    cutTogether = cut.isEmpty() ? cutTogether : cut;
  }

  /** After the step is over and all that was in it. */
  private void afterStep(Step step) {
    if (diskAfterCut != null) {
      comeBack(step.seed());
    } else if (ruined) {
      startOver();
    } else if (cutTogether != null) {
      coverage.count("looks", "after a kill in a commit of both files");
      lookAtBoth();
      cutTogether = null;
    }
  }

  // ---- calls into the engine ----

  /** Something that calls the engine. */
  @FunctionalInterface
  interface EngineCall {
    void run();
  }

  /** Calls the engine for a client, and says how it went. */
  Outcome call(Peer peer, EngineCall call) {
    try {
      call.run();
      return Outcome.DONE;
    } catch (DatabaseException e) {
      return outcome(peer, e);
    }
  }

  private Outcome outcome(Peer peer, DatabaseException e) {
    Peer.Frame frame = peer.frame;
    mix(e.code().code());
    return switch (e.code().primary()) {
      case BUSY, LOCKED, PROTOCOL -> Outcome.BUSY;
      case CONSTRAINT -> Outcome.REFUSED;
      case IOERR, FULL, CANTOPEN, READONLY -> {
        if (frame == null || !frame.faulted) {
          throw new Violation("without cause: " + e, e);
        }
        yield Outcome.FAILED;
      }
      default -> throw new Violation(e.toString(), e);
    };
  }

  // ---- what befalls a call to the file system ----

  @Nullable RuntimeException before(
      Peer peer, Call call, String path, long position, long length, boolean grows) {
    mix(call.ordinal() + 31L * position + 1_000_003L * length + peer.number);
    mix(path.replaceAll("-mj.*", "-mj").hashCode());
    record("p" + peer.number + " " + call + " " + path + " " + position + "+" + length);
    Peer.Frame frame = peer.frame;
    if (quiet || frame == null || !SimulatedClock.isSimulating()) {
      return null;
    }
    frame.calls++;
    for (Step.Intrusion each : frame.step.intrusions()) {
      if (each.call() == frame.calls) {
        run(each.step());
      }
    }
    Step.Accident accident = frame.step.accident();
    if (accident == null || !accident.counted().counts(call)) {
      return null;
    }
    frame.counted++;
    if (frame.counted < accident.at() || frame.counted - accident.at() >= accident.times()) {
      return null;
    }
    return befall(frame, accident.mishap(), call, path, grows);
  }

  private @Nullable RuntimeException befall(
      Peer.Frame frame, Step.Mishap mishap, Call call, String path, boolean grows) {
    String what = mishap + " in " + call;
    switch (mishap) {
      case KILLED -> {
        coverage.count("crashes", what);
        return new Killed();
      }
      case POWER_CUT -> {
        coverage.count("crashes", what);
        return cutPowerIn(call, frame.step.seed());
      }
      case IO_ERROR, DISK_FULL, FAILED_SYNC -> {
        RuntimeException failure = failure(mishap, call, path, grows);
        if (failure != null) {
          frame.faulted = true;
          coverage.count("faults", what);
        }
        return failure;
      }
    }
    throw new IllegalStateException();
  }

  private @Nullable RuntimeException failure(
      Step.Mishap mishap, Call call, String path, boolean grows) {
    for (FileModel each : files) {
      if (each.isFragile(FileModel.Crash.KILL)) {
        return null;
      }
    }
    if (mishap == Step.Mishap.DISK_FULL) {
      return grows ? new IoException(ResultCode.FULL, "database or disk is full") : null;
    }
    return switch (call) {
      case SYNC -> {
        noteFailedSync(path);
        yield new IoException(ResultCode.IOERR_FSYNC, "disk I/O error: simulated");
      }
      case READ, WRITE, TRUNCATE, DELETE, SYNC_DIRECTORY ->
          mishap == Step.Mishap.FAILED_SYNC
              ? null
              : new IoException(ResultCode.IOERR, "disk I/O error: simulated");
      case OPEN -> mishap == Step.Mishap.FAILED_SYNC ? null : failedOpen(path);
      case LOCK, UNLOCK, CLOSE -> null;
    };
  }

  /** A file that cannot be opened for writing is opened for reading, which is another matter. */
  private static IoException failedOpen(String path) {
    boolean essential = path.endsWith(".db") || path.endsWith("-shm");
    return essential
        ? new IoException(ResultCode.IOERR, "disk I/O error: simulated")
        : new IoException(ResultCode.CANTOPEN, "unable to open database file: simulated");
  }

  /** What other commits wrote and nobody has synced is lost with this sync, and nobody is told. */
  private void noteFailedSync(String path) {
    for (FileModel each : files) {
      if (path.startsWith(each == files[0] ? MAIN : OTHER) && each.waitsForSync()) {
        each.becomeUnsafe();
      }
    }
  }

  // ---- power cuts ----

  private @Nullable RuntimeException cutPowerIn(Call call, long seed) {
    switch (call) {
      case WRITE, TRUNCATE, SYNC, DELETE, SYNC_DIRECTORY -> {
        SimulatedFileSystem failing = disk;
        failing.onPoint(point -> {
          failing.onPoint(p -> {});
          cutPower(seed);
          throw new Killed();
        });
        return null;
      }
      default -> {
        cutPower(seed);
        return new Killed();
      }
    }
  }

  private void cutPower(long seed) {
    long fate = seed >>> 8;
    diskAfterCut = disk.afterPowerCut(fate % 5 < 2 ? fate % 5 : fate);
    for (Peer each : peers) {
      each.kill();
    }
  }

  private void comeBack(long seed) {
    boolean anything = ruined;
    for (FileModel each : files) {
      anything |= each.isUnsafe() || each.isFragile(FileModel.Crash.POWER_CUT);
    }
    List<FileModel.Commit> together = cutTogether;
    for (Peer each : peers) {
      List<FileModel.Commit> cut = each.startAgain(disk);
      together = cut.isEmpty() ? together : cut;
    }
    disk = diskAfterCut == null ? disk : diskAfterCut;
    diskAfterCut = null;
    if (anything) {
      startOver();
      return;
    }
    cutTogether = together;
    cutAgain(seed);
    coverage.count("looks", "after a power cut");
    Content[] found = lookAtBoth();
    cutTogether = null;
    for (int i = 0; i < files.length; i++) {
      check(i, found[i]);
      files[i].become(found[i]);
    }
    for (Peer each : peers) {
      each.startAgain(disk);
    }
  }

  private void check(int number, Content found) {
    FileModel file = files[number];
    if (!file.possibleAfterCut().contains(found)) {
      StringBuilder text = new StringBuilder(file.schema + ": a power cut leaves " + found);
      for (Content each : file.possibleAfterCut()) {
        text.append("\n    not ").append(each).append(':').append(found.difference(each));
      }
      throw new Violation(text.toString(), null);
    }
  }

  /** Now and then the power fails again while the files recover. */
  private void cutAgain(long seed) {
    Random random = new Random(seed);
    if (random.nextInt(3) > 0) {
      return;
    }
    boolean changes = random.nextBoolean();
    Step.Accident accident =
        new Step.Accident(
            Step.Mishap.POWER_CUT,
            changes ? Step.Counted.CHANGE : Step.Counted.CALL,
            1 + random.nextInt(changes ? 6 : 60),
            1);
    Peer peer = new Peer(this, 9, 1, disk);
    peer.frame =
        new Peer.Frame(new Step(0, 0, Action.READ, random.nextLong(), accident, List.of()));
    try {
      peer.clients.getFirst().look();
      peer.frame = null;
      peer.close();
    } catch (Killed e) {
      coverage.count("crashes", "POWER_CUT in recovery");
      peer.kill();
      peer.startAgain(disk);
      disk = diskAfterCut == null ? disk : diskAfterCut;
    } finally {
      disk.onPoint(p -> {});
      diskAfterCut = null;
    }
  }

  /** Opens the files in a process of their own. */
  private Content[] lookAtBoth() {
    Peer observer = new Peer(this, 8, 1, disk);
    observer.frame = new Peer.Frame(QUIET);
    quiet = true;
    try {
      Content[] found = observer.clients.getFirst().look();
      checkTogether(found);
      return found;
    } catch (DatabaseException e) {
      if (peers.stream().allMatch(p -> p.frame == null) && cutTogether != null && isBusy(e)) {
        return new Content[0];
      }
      throw new Violation("after a crash: " + e, e);
    } finally {
      observer.close();
      quiet = false;
    }
  }

  private static boolean isBusy(DatabaseException e) {
    return e.code().primary() == ResultCode.BUSY;
  }

  private void checkTogether(Content[] found) {
    List<FileModel.Commit> cut = cutTogether;
    if (cut == null) {
      return;
    }
    boolean[] is = new boolean[2];
    boolean[] was = new boolean[2];
    for (int i = 0; i < 2; i++) {
      is[i] = found[i].equals(cut.get(i).next);
      was[i] = found[i].equals(cut.get(i).base);
    }
    if (is[0] && was[1] && !is[1] && !was[0] || is[1] && was[0] && !is[0] && !was[1]) {
      throw new Violation("half of a commit over two files is there", null);
    }
  }

  // ---- beginning and end ----

  private void setUp() {
    quiet = true;
    Peer maker = new Peer(this, 7, 0, disk);
    try (var session = maker.database().connect()) {
      session.execute("PRAGMA encoding='" + setting().encoding() + "'");
      make(session, "main", setting().journal());
      session.execute("ATTACH '" + OTHER + "' AS other");
      make(session, "other", setting().secondJournal());
    }
    maker.close();
    disk = disk.afterPowerCut(1);
    for (FileModel each : files) {
      each.reset();
      if (setting().synchronous().equals("OFF")) {
        each.becomeUnsafe();
      }
    }
    quiet = false;
  }

  private void make(dev.turso.Session session, String schema, String journal) {
    session.execute("PRAGMA " + schema + ".page_size=" + setting().pageSize());
    session.execute("PRAGMA " + schema + ".auto_vacuum=" + setting().autoVacuum());
    session.execute("PRAGMA " + schema + ".journal_mode=" + journal);
    session.execute("CREATE TABLE " + schema + ".t(id INTEGER PRIMARY KEY, a TEXT, b BLOB)");
    session.execute("CREATE INDEX " + schema + ".i ON t(a)");
    session.execute(
        "CREATE TABLE " + schema + ".w(k TEXT PRIMARY KEY, a TEXT, b BLOB) WITHOUT ROWID");
  }

  /** Whatever is on the disk is not what anybody promised: another disk. */
  private void startOver() {
    coverage.count("crashes", "that may leave anything: begun anew");
    for (Peer each : peers) {
      each.kill();
      each.startAgain(disk);
    }
    ruined = false;
    cutTogether = null;
    disk = new SimulatedFileSystem();
    setUp();
    for (Peer each : peers) {
      each.startAgain(disk);
    }
  }

  /** Everybody leaves; what the files hold is looked at, then written, cut and looked at again. */
  private void tearDown() {
    for (Peer each : peers) {
      each.close();
    }
    quiet = true;
    coverage.count("looks", "at the end");
    Content[] found = lookAtBoth();
    for (int i = 0; i < files.length; i++) {
      if (!files[i].possible().contains(found[i])) {
        throw new Violation(
            files[i].schema + ": at the end there is " + found[i] + ", not " + files[i].possible(),
            null);
      }
      files[i].found(found[i]);
    }
    quiet = true;
    Peer last = peers.getFirst();
    last.frame = new Peer.Frame(QUIET);
    Outcome outcome =
        last.clients
            .getFirst()
            .perform(new Step(0, 0, Action.TRANSACTION, program.seed(), null, List.of()));
    if (outcome != Outcome.DONE) {
      throw new Violation("the only client cannot write: " + outcome, null);
    }
    last.frame = null;
    quiet = false;
    cutPower(program.seed() << 8);
    comeBack(program.seed());
  }

  private void abandon() {
    quiet = true;
    for (Peer each : peers) {
      each.kill();
      each.startAgain(disk);
    }
    SimulatedClock.end();
  }

  private void mix(long value) {
    trace = (trace ^ value) * 0x100000001B3L;
    trace ^= trace >>> 29;
  }
}
