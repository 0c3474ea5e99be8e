package dev.turso.session;

import dev.turso.change.AttachedExtension;
import dev.turso.change.ChangeStream;
import dev.turso.change.CommitListener;
import dev.turso.change.CommittedChanges;
import dev.turso.change.Position;
import dev.turso.error.MisuseException;
import dev.turso.error.ResultCode;
import dev.turso.pager.DatabaseFile;
import dev.turso.schema.Catalog;
import dev.turso.schema.Table;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.StampedLock;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What all connections to one database file share beyond its pages: who listens to its commits, which
 * extensions are attached, and the commits on their way to listeners. Thread-safe.
 */
public final class SharedDatabase implements ChangeStream {

  private static final int TAIL = 1024;
  private static final long TAIL_BYTES = 16 << 20;

  /** A commit that has its place in the order, whether or not it has happened yet. */
  static final class Ticket {
    final Position position;
    private final @Nullable CommittedChanges changes;
    private boolean decided;
    private boolean happened;

    private Ticket(Position position, @Nullable CommittedChanges changes) {
      this.position = position;
      this.changes = changes;
    }
  }

  private final long epoch = ThreadLocalRandom.current().nextLong(1, 1L << 52);
  private final List<Listening> listeners = new CopyOnWriteArrayList<>();
  private final List<AttachedExtension> extensions = new CopyOnWriteArrayList<>();
  private final List<Supplier<Connection>> connectors = new CopyOnWriteArrayList<>();

  /** Answers to {@link #wants}; another map whenever they may differ, so that no late one survives. */
  private volatile ConcurrentMap<Table, Boolean> wanted = new ConcurrentHashMap<>();

  private final AtomicLong interest = new AtomicLong();

  /** Shared by commits under way, exclusive to whoever takes a snapshot between two of them. */
  private final StampedLock gate = new StampedLock();

  private final Deque<Ticket> queue = new ArrayDeque<>();
  private final Deque<CommittedChanges> tail = new ArrayDeque<>();
  private long commits;
  private long published;
  private long delivered;
  private long tailBytes;
  private boolean tailCut;
  private boolean watching;
  private @Nullable Thread dispatcher;

  private final @Nullable String path;
  private boolean extensionsClaimed;
  private int handles;

  private SharedDatabase(@Nullable String path) {
    this.path = path;
  }

  /** The one object for a database file. */
  public static SharedDatabase of(DatabaseFile file) {
    return (SharedDatabase)
        file.attachments()
            .computeIfAbsent(
                SharedDatabase.class,
                key -> new SharedDatabase(file.isInMemory() ? null : file.path()));
  }

  /** The path of the file, or null in memory. */
  @Nullable String path() {
    return path;
  }

  /** Adds a handle that makes connections for extensions. */
  void addConnector(Supplier<Connection> connector) {
    connectors.add(connector);
  }

  /** The handle is about to close. */
  public void removeConnector(Supplier<Connection> connector) {
    connectors.remove(connector);
  }

  /** A connection of a handle that is open. */
  Connection connect() {
    for (Supplier<Connection> each : connectors) {
      return each.get();
    }
    throw new MisuseException(ResultCode.MISUSE, "the database is closed");
  }

  /** Whether the caller is the one to attach extensions. */
  synchronized boolean claimExtensions() {
    boolean first = !extensionsClaimed;
    extensionsClaimed = true;
    return first;
  }

  // ---- interest ----

  /** Whether anybody might want changes of any table. */
  boolean anyInterest() {
    return !extensions.isEmpty() || !listeners.isEmpty();
  }

  /** Whether somebody wants the changes of a table. */
  boolean wants(Table table) {
    ConcurrentMap<Table, Boolean> answers = wanted;
    Boolean known = answers.get(table);
    if (known == null) {
      known = ask(table);
      if (answers.size() > 10_000) {
        answers.clear();
      }
      answers.put(table, known);
    }
    return known;
  }

  private boolean ask(Table table) {
    for (AttachedExtension each : extensions) {
      if (each.wants(table)) {
        return true;
      }
    }
    for (Listening each : listeners) {
      if (each.listener.wants(table)) {
        return true;
      }
    }
    return false;
  }

  /** Asks everybody anew which tables they want. */
  public void interestChanged() {
    wanted = new ConcurrentHashMap<>();
    interest.incrementAndGet();
  }

  /** How many times interest has changed. */
  long interest() {
    return interest.get();
  }

  /** The extensions in the order of their attachment. */
  public List<AttachedExtension> extensions() {
    return extensions;
  }

  /** Attaches an extension; done once, by whoever opens the database first. */
  public void attach(AttachedExtension extension) {
    extensions.add(extension);
    interestChanged();
  }

  // ---- the order of commits ----

  /** A commit begins; waits only while somebody takes a snapshot between commits. */
  void enterCommit() {
    gate.readLock();
  }

  /** A commit that {@link #enterCommit} began has succeeded or failed. */
  void leaveCommit() {
    gate.tryUnlockRead();
  }

  /** Runs something, with the position of the newest commit, while no commit is under way. */
  void betweenCommits(Consumer<Position> work) {
    long stamp = gate.writeLock();
    try {
      Position newest;
      synchronized (queue) {
        newest = new Position(epoch, commits);
      }
      work.accept(newest);
    } finally {
      gate.unlockWrite(stamp);
    }
  }

  /** Gives a commit its number, while its writer still holds the lock. */
  Ticket reserve(@Nullable CommitDraft draft) {
    synchronized (queue) {
      Position position = new Position(epoch, ++commits);
      CommittedChanges changes = draft == null ? null : draft.at(position);
      Ticket ticket = new Ticket(position, changes);
      queue.add(ticket);
      return ticket;
    }
  }

  /** Says that a reserved commit has been published, or has failed. */
  void settle(Ticket ticket, boolean happened) {
    synchronized (queue) {
      ticket.decided = true;
      ticket.happened = happened;
      if (listeners.isEmpty()) {
        drainWithoutListeners();
      } else {
        queue.notifyAll();
      }
    }
  }

  private void drainWithoutListeners() {
    Ticket head;
    while ((head = queue.peek()) != null && head.decided) {
      queue.remove();
      keep(head);
      delivered = Math.max(delivered, head.position.commit());
    }
  }

  private void keep(Ticket ticket) {
    published = Math.max(published, ticket.position.commit());
    if (ticket.happened && ticket.changes != null) {
      tail.add(ticket.changes);
      tailBytes += ticket.changes.changes().mark();
      while (tail.size() > TAIL || tailBytes > TAIL_BYTES && tail.size() > 1) {
        tailBytes -= tail.remove().changes().mark();
        tailCut = true;
      }
    }
  }

  // ---- the stream ----

  @Override
  public Position position() {
    synchronized (queue) {
      return new Position(epoch, published);
    }
  }

  @Override
  public Subscription subscribe(CommitListener listener) {
    Listening listening = new Listening(listener);
    synchronized (queue) {
      listening.from = commits;
      listeners.add(listening);
      if (dispatcher == null) {
        dispatcher = Thread.ofPlatform().daemon().name("turso-changes").start(this::dispatch);
      }
      if (path != null && !watching) {
        watching = true;
        Thread.ofPlatform().daemon().name("turso-foreign-watch").start(new ForeignWatch(this));
      }
    }
    interestChanged();
    return listening;
  }

  /** Whether commits of other processes are worth looking for. */
  boolean isWatched() {
    return !listeners.isEmpty() && !connectors.isEmpty();
  }

  void watchEnded() {
    synchronized (queue) {
      watching = false;
    }
  }

  /** Another process has committed: extensions mend what it made stale, then listeners are told. */
  void foreignCommit(Catalog catalog) {
    for (AttachedExtension each : extensions) {
      each.foreignCommit();
    }
    Ticket ticket;
    synchronized (queue) {
      Position position = new Position(epoch, ++commits);
      ticket =
          new Ticket(
              position,
              new CommittedChanges(
                  position, catalog, new ChangeLog(this, null), null, CommittedChanges.Kind.FOREIGN));
      queue.add(ticket);
    }
    settle(ticket, true);
  }

  @Override
  public @Nullable List<CommittedChanges> tailSince(Position position) {
    synchronized (queue) {
      if (position.epoch() != epoch) {
        return null;
      }
      List<CommittedChanges> newer = new ArrayList<>();
      for (CommittedChanges each : tail) {
        if (each.position().commit() > position.commit()) {
          newer.add(each);
        }
      }
      boolean whole = !tailCut || tail.peek().position().commit() <= position.commit();
      return whole ? newer : null;
    }
  }

  @Override
  public boolean awaitDelivered(Position position, long timeoutMillis) throws InterruptedException {
    long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(timeoutMillis);
    synchronized (queue) {
      while (position.epoch() == epoch && delivered < position.commit()) {
        long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
        if (left <= 0) {
          return false;
        }
        queue.wait(left);
      }
      return position.epoch() == epoch;
    }
  }

  private void dispatch() {
    try {
      while (true) {
        Ticket next;
        synchronized (queue) {
          while (queue.peek() == null || !queue.peek().decided) {
            queue.wait();
          }
          next = queue.remove();
          keep(next);
        }
        deliver(next);
        synchronized (queue) {
          delivered = Math.max(delivered, next.position.commit());
          queue.notifyAll();
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void deliver(Ticket ticket) {
    CommittedChanges changes = ticket.changes;
    if (!ticket.happened || changes == null) {
      return;
    }
    for (Listening each : listeners) {
      if (each.from < ticket.position.commit()) {
        try {
          each.listener.committed(changes);
        } catch (RuntimeException e) {
          each.close();
          each.listener.failed(e);
        }
      }
    }
  }

  /** One more handle of the public API is open. */
  public void handleOpened() {
    synchronized (queue) {
      handles++;
    }
  }

  /** A handle was closed; with the last one the dispatcher and the extensions end. */
  public void handleClosed() {
    synchronized (queue) {
      if (--handles > 0) {
        return;
      }
      Thread running = dispatcher;
      dispatcher = null;
      listeners.clear();
      if (running != null) {
        running.interrupt();
      }
    }
    closeExtensions();
  }

  private synchronized void closeExtensions() {
    for (AttachedExtension each : extensions) {
      each.close();
    }
    extensions.clear();
    extensionsClaimed = false;
    interestChanged();
  }

  private final class Listening implements Subscription {
    private final CommitListener listener;
    private long from;

    Listening(CommitListener listener) {
      this.listener = listener;
    }

    @Override
    public void close() {
      listeners.remove(this);
      interestChanged();
    }
  }
}
