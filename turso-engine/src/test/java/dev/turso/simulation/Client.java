package dev.turso.simulation;

import dev.turso.Rows;
import dev.turso.Session;
import dev.turso.Statement;
import dev.turso.error.DatabaseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** A connection, and what its transaction ought to see. */
final class Client {

  private static final int FILES = 2;

  /** A transaction as the model has it; an element is null of a file that it has not yet read. */
  private static final class Transaction {
    final FileModel.Moment[] since = new FileModel.Moment[FILES];
    final @Nullable Content[] base = new Content[FILES];
    final @Nullable Content[] working = new Content[FILES];
    final boolean[] wrote = new boolean[FILES];
    final List<@Nullable Content[]> savepoints = new ArrayList<>();
  }

  private record Commitment(FileModel.Promise promise, FileModel.Crash fragileTo, boolean joins) {}

  private final World world;
  private final Peer peer;
  private @Nullable Session session;
  private @Nullable Transaction transaction;
  private String synchronous;

  Client(World world, Peer peer) {
    this.world = world;
    this.peer = peer;
    this.synchronous = world.setting().synchronous();
  }

  // ---- connecting ----

  private Outcome connect() {
    Outcome outcome =
        world.call(
            peer,
            () -> {
              Session opened = peer.database().connect();
              session = opened;
              opened.execute("ATTACH '" + World.OTHER + "' AS other");
              opened.execute("PRAGMA main.synchronous=" + synchronous);
              opened.execute("PRAGMA other.synchronous=" + synchronous);
              opened.execute("PRAGMA wal_autocheckpoint=" + world.setting().autoCheckpoint());
              opened.execute("PRAGMA busy_timeout=" + world.setting().busyTimeout());
            });
    if (outcome != Outcome.DONE) {
      close();
    }
    return outcome;
  }

  Outcome close() {
    Session open = session;
    session = null;
    transaction = null;
    return open == null ? Outcome.SKIPPED : world.call(peer, open::close);
  }

  private Session session() {
    if (session == null) {
      throw new IllegalStateException("not connected");
    }
    return session;
  }

  // ---- a step ----

  Outcome perform(Step step) {
    if (session == null) {
      Outcome connected = connect();
      if (connected != Outcome.DONE) {
        return connected;
      }
    }
    Random random = new Random(step.seed());
    int file = random.nextInt(3) == 0 ? 1 : 0;
    Action action = possible(step.action());
    if (action.writesUnread() && onlyReads() && random.nextInt(3) > 0) {
      action = Action.READ;
    }
    return switch (action) {
      case BEGIN -> begin("BEGIN");
      case BEGIN_IMMEDIATE -> begin("BEGIN IMMEDIATE");
      case COMMIT -> commit();
      case ROLLBACK -> rollback();
      case SAVEPOINT -> savepoint();
      case ROLLBACK_TO -> rollbackTo(random);
      case RELEASE -> release(random);
      case READ -> read(file);
      case CHECK -> check();
      case CHECKPOINT -> checkpoint(file, random);
      case JOURNAL_MODE -> journalMode(file, random);
      case SYNCHRONOUS -> synchronous(random);
      case AUTO_CHECKPOINT ->
          world.call(
              peer, () -> session().execute("PRAGMA wal_autocheckpoint=" + random.nextInt(100)));
      case TRANSACTION -> transaction(random, 1);
      case BOTH -> transaction(random, 2);
      case RECONNECT -> close();
      case VACUUM -> transaction == null ? vacuum(file, random) : Outcome.SKIPPED;
      case INSERT, INSERT_MANY, UPDATE, UPDATE_MANY, DELETE, DELETE_MANY, FAIL ->
          write(file, Operation.of(action, random, world.file(file).schema));
      case CREATE_INDEX, DROP_INDEX ->
          readAndWrite(file, Operation.of(action, random, world.file(file).schema));
      case INCREMENTAL_VACUUM -> write(file, Operation.of(action, random, world.file(file).schema));
      case RESTART, KILL, POWER_CUT -> throw new IllegalStateException(action + " is no client's");
    };
  }

  /** Whether a transaction is open that has read, and not written. */
  private boolean onlyReads() {
    Transaction open = transaction;
    return open != null
        && (open.base[0] != null || open.base[1] != null)
        && !open.wrote[0]
        && !open.wrote[1];
  }

  /** What is next best where an action is not possible. */
  private Action possible(Action action) {
    Transaction open = transaction;
    return switch (action) {
      case BEGIN, BEGIN_IMMEDIATE, TRANSACTION, BOTH -> open == null ? action : Action.INSERT;
      case COMMIT, ROLLBACK, SAVEPOINT -> open == null ? Action.BEGIN : action;
      case ROLLBACK_TO, RELEASE ->
          open == null ? Action.BEGIN : open.savepoints.isEmpty() ? Action.SAVEPOINT : action;
      default -> action;
    };
  }

  private Outcome execute(String sql) {
    world.record(sql);
    return world.call(peer, () -> session().execute(sql));
  }

  // ---- transactions ----

  private Outcome begin(String sql) {
    if (transaction != null) {
      return Outcome.SKIPPED;
    }
    Transaction begun = new Transaction();
    for (int file = 0; file < FILES; file++) {
      begun.since[file] = world.file(file).moment();
    }
    Outcome outcome = execute(sql);
    if (outcome == Outcome.DONE) {
      transaction = begun;
    }
    return outcome;
  }

  private Outcome transaction(Random random, int files) {
    if (transaction != null) {
      return Outcome.SKIPPED;
    }
    Outcome outcome = begin("BEGIN IMMEDIATE");
    int first = random.nextInt(2);
    Action[] actions = {Action.INSERT, Action.INSERT_MANY, Action.UPDATE, Action.DELETE_MANY};
    for (int i = 0; i < 3 && outcome == Outcome.DONE; i++) {
      int file = files == 2 ? i % 2 : first;
      Action action = actions[random.nextInt(actions.length)];
      outcome = write(file, Operation.of(action, random, world.file(file).schema));
    }
    if (outcome == Outcome.DONE) {
      outcome = commit();
    }
    if (transaction != null) {
      rollback();
    }
    return outcome;
  }

  private Outcome rollback() {
    if (transaction == null) {
      return Outcome.SKIPPED;
    }
    Outcome outcome = execute("ROLLBACK");
    if (session().autoCommit()) {
      transaction = null;
    }
    return outcome;
  }

  private Outcome savepoint() {
    Transaction open = transaction;
    if (open == null) {
      return Outcome.SKIPPED;
    }
    Outcome outcome = execute("SAVEPOINT s" + open.savepoints.size());
    if (outcome == Outcome.DONE) {
      open.savepoints.add(open.working.clone());
    }
    return outcome;
  }

  private Outcome rollbackTo(Random random) {
    Transaction open = transaction;
    if (open == null || open.savepoints.isEmpty()) {
      return Outcome.SKIPPED;
    }
    int target = random.nextInt(open.savepoints.size());
    Outcome outcome = execute("ROLLBACK TO s" + target);
    if (outcome == Outcome.DONE) {
      @Nullable Content[] then = open.savepoints.get(target);
      for (int file = 0; file < FILES; file++) {
        open.working[file] = then[file] == null ? open.base[file] : then[file];
      }
      open.savepoints.subList(target + 1, open.savepoints.size()).clear();
    }
    return afterStatement(outcome);
  }

  private Outcome release(Random random) {
    Transaction open = transaction;
    if (open == null || open.savepoints.isEmpty()) {
      return Outcome.SKIPPED;
    }
    int target = random.nextInt(open.savepoints.size());
    Outcome outcome = execute("RELEASE s" + target);
    if (outcome == Outcome.DONE) {
      open.savepoints.subList(target, open.savepoints.size()).clear();
    }
    return afterStatement(outcome);
  }

  /** A failure may have rolled back the whole transaction. */
  private Outcome afterStatement(Outcome outcome) {
    if (transaction != null && session().autoCommit()) {
      if (outcome == Outcome.DONE || outcome == Outcome.REFUSED) {
        throw new Violation("the transaction ended with a statement that was " + outcome, null);
      }
      transaction = null;
    }
    return outcome;
  }

  private Outcome commit() {
    Transaction open = transaction;
    if (open == null) {
      return Outcome.SKIPPED;
    }
    List<FileModel> files = new ArrayList<>();
    List<Commitment> commitments = new ArrayList<>();
    List<FileModel.Commit> commits = new ArrayList<>();
    for (int file = 0; file < FILES; file++) {
      if (open.wrote[file]) {
        Commitment commitment = commitment(world.file(file));
        if (commitment == null) {
          return afterStatement(Outcome.BUSY);
        }
        files.add(world.file(file));
        commitments.add(commitment);
      }
    }
    // A file with nothing to commit is no part of it, and the other then commits on its own.
    boolean together =
        files.size() == FILES && commitments.get(0).joins && commitments.get(1).joins;
    for (int file = 0; file < FILES; file++) {
      together &= !java.util.Objects.equals(open.base[file], open.working[file]);
    }
    for (int i = 0; i < files.size(); i++) {
      int file = files.get(i) == world.file(0) ? 0 : 1;
      commits.add(
          files.get(i).begin(open.base[file], open.working[file], commitments.get(i).fragileTo));
    }
    peer.committing(files, commits, together);
    Outcome outcome = execute("COMMIT");
    if (session().autoCommit()) {
      transaction = null;
    }
    peer.committed();
    for (int i = 0; i < files.size(); i++) {
      FileModel.Promise promise = together ? FileModel.Promise.DURABLE : commitments.get(i).promise;
      end(files.get(i), commits.get(i), promise, outcome);
    }
    return outcome;
  }

  private void end(
      FileModel file, FileModel.Commit commit, FileModel.Promise promise, Outcome outcome) {
    String wrong =
        switch (outcome) {
          case DONE -> file.done(commit, promise);
          case BUSY, REFUSED -> file.refused(commit);
          case FAILED, SKIPPED -> {
            file.failed(commit);
            yield null;
          }
        };
    if (wrong != null) {
      throw new Violation(file.schema + ": " + wrong, null);
    }
  }

  /** What a commit would promise here and now, null if that cannot be found out. */
  private @Nullable Commitment commitment(FileModel file) {
    String[] mode = {""};
    Outcome outcome =
        world.call(peer, () -> mode[0] = text("PRAGMA " + file.schema + ".journal_mode"));
    if (outcome != Outcome.DONE) {
      return null;
    }
    boolean full = synchronous.equals("FULL") || synchronous.equals("EXTRA");
    boolean off = synchronous.equals("OFF");
    FileModel.Crash weak = full ? FileModel.Crash.NONE : FileModel.Crash.POWER_CUT;
    return switch (mode[0]) {
      case "wal" ->
          new Commitment(
              full ? FileModel.Promise.DURABLE : FileModel.Promise.LATER,
              off ? FileModel.Crash.POWER_CUT : FileModel.Crash.NONE,
              false);
      case "delete" ->
          new Commitment(
              synchronous.equals("EXTRA")
                  ? FileModel.Promise.DURABLE
                  : FileModel.Promise.LAST_MAY_GO,
              weak,
              !off);
      case "truncate", "persist" -> new Commitment(FileModel.Promise.DURABLE, weak, !off);
      default -> new Commitment(FileModel.Promise.DURABLE, FileModel.Crash.KILL, false);
    };
  }

  private String text(String sql) {
    try (Statement statement = session().prepare(sql);
        Rows rows = statement.query()) {
      StringBuilder text = new StringBuilder();
      while (rows.next()) {
        for (int i = 0; i < rows.columnCount(); i++) {
          text.append(text.isEmpty() ? "" : "|").append(rows.getText(i));
        }
      }
      return text.toString();
    }
  }

  // ---- writing ----

  private Outcome run(Operation operation) {
    world.record(operation.toString());
    return world.call(
        peer,
        () -> {
          try (Statement statement = session().prepare(operation.sql())) {
            Object[] parameters = operation.parameters();
            for (int i = 0; i < parameters.length; i++) {
              if (parameters[i] instanceof byte[] bytes) {
                statement.bind(i + 1, bytes);
              } else {
                statement.bind(i + 1, (long) (Integer) parameters[i]);
              }
            }
            try (Rows rows = statement.query()) {
              while (rows.next()) {
                continue;
              }
            }
          }
        });
  }

  /**
   * IF EXISTS goes by the schema that the session has read last: here it reads the one there is, as what
   * is simulated is storage.
   */
  private Outcome readAndWrite(int file, Operation operation) {
    Outcome outcome = read(file);
    return outcome == Outcome.DONE ? write(file, operation) : outcome;
  }

  private Outcome write(int file, Operation operation) {
    return transaction == null ? writeAlone(file, operation) : writeWithin(file, operation);
  }

  private Outcome writeAlone(int number, Operation operation) {
    FileModel file = world.file(number);
    if (file.possible().size() > 1) {
      Outcome outcome = read(number);
      if (outcome != Outcome.DONE) {
        return outcome;
      }
    }
    Commitment commitment = commitment(file);
    if (commitment == null) {
      return Outcome.BUSY;
    }
    Content base = file.possible().iterator().next();
    Content next = operation.effect().on(base);
    FileModel.Commit commit = file.begin(base, next == null ? base : next, commitment.fragileTo);
    peer.committing(List.of(file), List.of(commit), false);
    Outcome outcome = run(operation);
    peer.committed();
    checkRefusal(operation, outcome, next == null);
    end(file, commit, commitment.promise, outcome);
    return outcome;
  }

  private static void checkRefusal(Operation operation, Outcome outcome, boolean expected) {
    if (expected ? outcome == Outcome.DONE : outcome == Outcome.REFUSED) {
      throw new Violation(outcome + ": " + operation.sql(), null);
    }
  }

  private Outcome writeWithin(int number, Operation operation) {
    Transaction open = transaction;
    Outcome bound = bind(number);
    if (bound != Outcome.DONE || open == null) {
      return afterStatement(bound);
    }
    Content next = operation.effect().on(open.working[number]);
    Outcome outcome = run(operation);
    checkRefusal(operation, outcome, next == null);
    if (outcome == Outcome.DONE) {
      open.working[number] = next;
      open.wrote[number] = true;
    }
    return afterStatement(outcome);
  }

  // ---- reading ----

  /** Finds out which content the transaction sees. */
  private Outcome bind(int number) {
    Transaction open = transaction;
    if (open == null || open.base[number] != null) {
      return Outcome.DONE;
    }
    FileModel file = world.file(number);
    Content[] found = new Content[1];
    Outcome outcome = world.call(peer, () -> found[0] = ContentReader.read(session(), file.schema));
    if (outcome == Outcome.DONE) {
      if (!file.wasPossible(found[0], open.since[number])) {
        throw wrong(file, "a transaction sees", found[0], file.possible());
      }
      file.found(found[0]);
      open.base[number] = found[0];
      open.working[number] = found[0];
    }
    return outcome;
  }

  private static Violation wrong(
      FileModel file, String what, Content found, Iterable<Content> right) {
    StringBuilder text = new StringBuilder(file.schema + ": " + what + " " + found + ", not");
    for (Content each : right) {
      text.append("\n    ").append(each).append(" found/right:").append(found.difference(each));
    }
    return new Violation(text.toString(), null);
  }

  private Outcome read(int number) {
    FileModel file = world.file(number);
    Transaction open = transaction;
    if (open != null) {
      Outcome bound = bind(number);
      if (bound != Outcome.DONE) {
        return afterStatement(bound);
      }
    }
    FileModel.Moment since = file.moment();
    Content[] found = new Content[1];
    Outcome outcome = world.call(peer, () -> found[0] = ContentReader.read(session(), file.schema));
    if (outcome != Outcome.DONE) {
      return afterStatement(outcome);
    }
    if (open != null) {
      Content working = open.working[number];
      if (!found[0].equals(working)) {
        throw wrong(file, "a transaction finds", found[0], List.of(working));
      }
    } else {
      if (!file.wasPossible(found[0], since)) {
        throw wrong(file, "a reader finds", found[0], file.possible());
      }
      file.found(found[0]);
    }
    return outcome;
  }

  private Outcome check() {
    String[] answer = {""};
    Outcome outcome = world.call(peer, () -> answer[0] = text("PRAGMA integrity_check"));
    if (outcome == Outcome.DONE && !answer[0].equals("ok")) {
      if (peer.hasFaulted()) {
        // A page that cannot be read is one of the faults that the check reports.
        return Outcome.FAILED;
      }
      throw new Violation("integrity_check: " + answer[0], null);
    }
    return afterStatement(outcome);
  }

  // ---- the file ----

  private Outcome checkpoint(int number, Random random) {
    if (transaction != null) {
      return Outcome.SKIPPED;
    }
    FileModel file = world.file(number);
    String[] modes = {"PASSIVE", "FULL", "RESTART", "TRUNCATE"};
    String sql =
        "PRAGMA " + file.schema + ".wal_checkpoint(" + modes[random.nextInt(modes.length)] + ")";
    String[] answer = {""};
    int before = file.commits();
    Outcome outcome = world.call(peer, () -> answer[0] = text(sql));
    String[] numbers = answer[0].split("\\|");
    boolean whole =
        numbers.length == 3
            && numbers[0].equals("0")
            && numbers[1].equals(numbers[2])
            && !numbers[1].equals("-1");
    if (outcome == Outcome.DONE && whole && file.commits() == before) {
      file.checkpointed();
    }
    return outcome;
  }

  private Outcome journalMode(int number, Random random) {
    if (transaction != null) {
      return Outcome.SKIPPED;
    }
    String[] modes = {"WAL", "WAL", "WAL", "DELETE", "DELETE", "TRUNCATE", "PERSIST", "MEMORY"};
    String mode = modes[random.nextInt(modes.length)];
    return execute("PRAGMA " + world.file(number).schema + ".journal_mode=" + mode);
  }

  private Outcome vacuum(int number, Random random) {
    String schema = world.file(number).schema;
    if (random.nextInt(3) == 0) {
      Outcome outcome = execute("PRAGMA " + schema + ".page_size=" + (512 << random.nextInt(4)));
      if (outcome != Outcome.DONE) {
        return outcome;
      }
    }
    return write(number, Operation.of(Action.VACUUM, random, schema));
  }

  private Outcome synchronous(Random random) {
    if (transaction != null || world.setting().synchronous().equals("OFF")) {
      return Outcome.SKIPPED;
    }
    String[] values = {"NORMAL", "FULL", "FULL", "EXTRA"};
    String value = values[random.nextInt(values.length)];
    Outcome outcome = execute("PRAGMA main.synchronous=" + value);
    if (outcome == Outcome.DONE) {
      outcome = execute("PRAGMA other.synchronous=" + value);
    }
    synchronous = outcome == Outcome.DONE ? value : "NORMAL";
    return outcome;
  }

  // ---- for those who look at a disk ----

  /** The contents of both files; throws if they cannot be had. */
  Content[] look() {
    if (connect() != Outcome.DONE) {
      throw new Violation("a database that nobody uses cannot be opened", null);
    }
    String answer = text("PRAGMA integrity_check");
    if (!answer.equals("ok")) {
      throw new Violation("integrity_check: " + answer, null);
    }
    return new Content[] {
      ContentReader.read(session(), "main"), ContentReader.read(session(), "other")
    };
  }

  void gone() {
    Session dead = session;
    session = null;
    transaction = null;
    if (dead != null) {
      try {
        dead.close();
      } catch (DatabaseException | dev.turso.vfs.SimulatedProcess.Killed e) {
        return;
      }
    }
  }
}
