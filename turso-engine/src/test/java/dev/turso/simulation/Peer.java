package dev.turso.simulation;

import dev.turso.Database;
import dev.turso.Options;
import dev.turso.error.DatabaseException;
import dev.turso.vfs.SimulatedFileSystem;
import dev.turso.vfs.SimulatedProcess;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A process with its clients. */
final class Peer {

  /** What the step that is under way has met. */
  static final class Frame {
    final Step step;
    int calls;
    int counted;
    boolean faulted;

    Frame(Step step) {
      this.step = step;
    }
  }

  final int number;
  final List<Client> clients = new ArrayList<>();
  @Nullable Frame frame;
  private final ArrayDeque<Runnable> background = new ArrayDeque<>();
  private final World world;
  private SimulatedProcess process;
  private @Nullable Database database;
  private List<FileModel> files = List.of();
  private List<FileModel.Commit> commits = List.of();
  private boolean together;

  Peer(World world, int number, int clientCount, SimulatedFileSystem disk) {
    this.world = world;
    this.number = number;
    for (int i = 0; i < clientCount; i++) {
      clients.add(new Client(world, this));
    }
    this.process = start(disk);
  }

  private SimulatedProcess start(SimulatedFileSystem disk) {
    SimulatedProcess started = disk.newProcess();
    started.watch((call, path, position, length, grows) ->
        world.before(this, call, path, position, length, grows));
    process = started;
    background.clear();
    started.background(background::add);
    return started;
  }

  /** Does what a thread of the process would have done meanwhile. */
  Outcome workInBackground() {
    Outcome outcome = Outcome.DONE;
    for (Runnable next = background.poll(); next != null; next = background.poll()) {
      outcome = world.call(this, next::run);
    }
    return outcome;
  }

  boolean hasBackgroundWork() {
    return !background.isEmpty();
  }

  Database database() {
    Database open = database;
    if (open == null) {
      Options options = Options.DEFAULT.withCacheBytes(world.setting().cacheBytes());
      open = Database.open(process, List.of(), World.MAIN, options);
      database = open;
    }
    return open;
  }

  /** Whether a call of the step that is under way was made to fail. */
  boolean hasFaulted() {
    Frame running = frame;
    return running != null && running.faulted;
  }

  // ---- the commit that a client of this process is making ----

  void committing(List<FileModel> to, List<FileModel.Commit> made, boolean asOne) {
    files = to;
    commits = made;
    together = asOne;
  }

  void committed() {
    files = List.of();
    commits = List.of();
  }

  // ---- ends ----

  /** Closes everything, as a program does that ends. */
  Outcome close() {
    Outcome outcome = Outcome.DONE;
    for (Client each : clients) {
      Outcome closed = each.close();
      outcome = closed == Outcome.SKIPPED || closed == Outcome.DONE ? outcome : closed;
    }
    Database open = database;
    database = null;
    if (open != null) {
      Outcome closed = world.call(this, open::close);
      outcome = closed == Outcome.DONE ? outcome : closed;
    }
    return outcome;
  }

  void kill() {
    process.kill();
  }

  /**
   * Clears away what is left of a process that was killed, and starts it anew. Returns the commit of
   * both files that was cut, if that was so.
   */
  List<FileModel.Commit> startAgain(SimulatedFileSystem disk) {
    List<FileModel.Commit> cut = together ? commits : List.of();
    for (int i = 0; i < files.size(); i++) {
      files.get(i).failed(commits.get(i));
    }
    committed();
    together = false;
    for (Client each : clients) {
      each.gone();
    }
    Database dead = database;
    database = null;
    if (dead != null) {
      try {
        dead.close();
      } catch (DatabaseException | SimulatedProcess.Killed e) {
        // Nothing of it matters any more.
      }
    }
    start(disk);
    return cut;
  }
}
