package dev.turso.session;

import dev.turso.change.ChangeSet;
import dev.turso.change.ChangeStream;
import dev.turso.change.CommitListener;
import dev.turso.change.CommittedChanges;
import dev.turso.change.MissedCommits;
import dev.turso.change.Position;
import dev.turso.schema.Table;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The commits of one database on their way to listeners: numbered, told in order by one thread, the newest
 * kept for a while. Thread-safe.
 *
 * <p>Neither a slow listener nor one that never returns holds up a writer or fills the memory: when more
 * commits wait than the stream keeps, the waiting ones are dropped together, and listeners are told once
 * that they missed them.
 */
final class CommitStream {

  /** Commits without recorded rows cost little, but not nothing. */
  private static final int MOST_TICKETS = 1 << 16;

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

    private long bytes() {
      return changes == null ? 0 : changes.changes().mark();
    }
  }

  private final Runnable interestChanged;
  private final List<Listening> listeners = new CopyOnWriteArrayList<>();
  private final Deque<Ticket> queue = new ArrayDeque<>();
  private final Deque<CommittedChanges> tail = new ArrayDeque<>();

  /** The bytes of each commit in the tail: the oldest is forgotten without a look at its cold memory. */
  private final LongQueue tailSizes = new LongQueue();

  private final long epoch;
  private int tailCommits;
  private long tailBytes;
  private long commits;

  /** The newest commit that has left the queue. */
  private long published;

  private long delivered;
  private long bytesInTail;
  private boolean tailCut;
  private long waiting;
  private long bytesWaiting;
  private final DroppedCommits dropped = new DroppedCommits();
  private @Nullable Thread dispatcher;

  /**
   * @param epoch in all positions
   * @param interestChanged is called when listeners came or went
   */
  CommitStream(long epoch, Runnable interestChanged) {
    this.epoch = epoch;
    this.interestChanged = interestChanged;
  }

  /** Sets how many commits, and how many bytes of changes, are kept and may wait. */
  void keep(int newestCommits, long bytes) {
    synchronized (queue) {
      tailCommits = newestCommits;
      tailBytes = bytes;
    }
  }

  // ---- commits ----

  /** The number of the newest commit that has one. */
  Position reserved() {
    synchronized (queue) {
      return new Position(epoch, commits);
    }
  }

  /** Gives a commit its number, while its writer still holds the lock. */
  Ticket reserve(@Nullable CommitDraft draft) {
    synchronized (queue) {
      Position position = new Position(epoch, ++commits);
      Ticket ticket = new Ticket(position, draft == null ? null : draft.at(position));
      queue.add(ticket);
      waiting += ticket.changes == null ? 0 : 1;
      bytesWaiting += ticket.bytes();
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
        dropIfTooMany();
      }
      queue.notifyAll();
    }
  }

  private void drainWithoutListeners() {
    Ticket head;
    while ((head = queue.peek()) != null && head.decided) {
      take();
      delivered = Math.max(delivered, head.position.commit());
    }
  }

  /** Listeners are too slow: all that waits but the newest commit is dropped. */
  private void dropIfTooMany() {
    boolean tooMany =
        waiting > tailCommits || bytesWaiting > tailBytes || queue.size() > MOST_TICKETS;
    while (tooMany && queue.size() > 1 && queue.element().decided) {
      Ticket oldest = take();
      dropped.passed(oldest.position);
      if (oldest.happened && oldest.changes != null) {
        dropped.add(oldest.changes);
      }
    }
  }

  /**
   * Takes the oldest commit out of the queue and into the tail. The changes of one that failed are
   * still its transaction's, which may try again.
   */
  private Ticket take() {
    Ticket ticket = queue.remove();
    CommittedChanges changes = ticket.changes;
    published = Math.max(published, ticket.position.commit());
    bytesWaiting -= ticket.bytes();
    waiting -= changes == null ? 0 : 1;
    if (ticket.happened && changes != null) {
      tail.add(changes);
      tailSizes.add(ticket.bytes());
      bytesInTail += ticket.bytes();
      while (!tail.isEmpty() && (tail.size() > tailCommits || bytesInTail > tailBytes)) {
        forgetOldest();
      }
    }
    return ticket;
  }

  private void forgetOldest() {
    CommittedChanges oldest = tail.remove();
    bytesInTail -= tailSizes.remove();
    tailCut = true;
    if (tail.isEmpty() && listeners.isEmpty()) {
      // Too large to have been kept at all, and nobody is told.
      discard(oldest.changes());
    }
  }

  private static void discard(ChangeSet changes) {
    if (changes instanceof ChangeLog log) {
      log.discard();
    }
  }

  // ---- the stream ----

  /**
   * The newest commit that is published. Commits are published in their order, but one of another thread
   * may be settled a moment later than one after it: whoever asks after its own commit gets at least that.
   */
  Position position() {
    synchronized (queue) {
      long newest = published;
      for (Ticket each : queue) {
        newest = each.decided ? each.position.commit() : newest;
      }
      return new Position(epoch, newest);
    }
  }

  ChangeStream.Subscription subscribe(CommitListener listener) {
    Listening listening = new Listening(listener);
    synchronized (queue) {
      listening.from = commits;
      listeners.add(listening);
      if (dispatcher == null) {
        dispatcher = Thread.ofPlatform().daemon().name("turso-changes").start(this::dispatch);
      }
    }
    interestChanged.run();
    return listening;
  }

  boolean hasListeners() {
    return !listeners.isEmpty();
  }

  /** Whether some listener wants the changes of a table. */
  boolean wants(Table table) {
    for (Listening each : listeners) {
      if (each.listener.wants(table)) {
        return true;
      }
    }
    return false;
  }

  @Nullable List<CommittedChanges> tailSince(Position position) {
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
      boolean whole =
          !tailCut
              || position.commit() >= published
              || !tail.isEmpty() && tail.element().position().commit() <= position.commit();
      return whole ? newer : null;
    }
  }

  boolean awaitDelivered(Position position, long timeoutMillis) throws InterruptedException {
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

  // ---- the dispatcher ----

  private void dispatch() {
    try {
      while (true) {
        Ticket next = null;
        MissedCommits missed = null;
        Position upTo;
        synchronized (queue) {
          while (dropped.isEmpty() && (queue.peek() == null || !queue.peek().decided)) {
            queue.wait();
          }
          if (dropped.isEmpty()) {
            next = take();
            upTo = next.position;
          } else {
            missed = dropped.take(epoch);
            upTo = missed.upTo();
          }
        }
        if (missed != null) {
          MissedCommits commits = missed;
          tell(upTo, listener -> listener.missed(commits));
        } else if (next != null && next.happened && next.changes != null) {
          CommittedChanges changes = next.changes;
          tell(upTo, listener -> listener.committed(changes));
        }
        synchronized (queue) {
          delivered = Math.max(delivered, upTo.commit());
          queue.notifyAll();
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void tell(Position position, Consumer<CommitListener> news) {
    for (Listening each : listeners) {
      if (each.from < position.commit()) {
        try {
          news.accept(each.listener);
        } catch (RuntimeException e) {
          each.close();
          each.listener.failed(e);
        }
      }
    }
  }

  /** Ends the dispatcher: nobody is told of anything any more. */
  void close() {
    synchronized (queue) {
      Thread running = dispatcher;
      dispatcher = null;
      listeners.clear();
      if (running != null) {
        running.interrupt();
      }
    }
  }

  private final class Listening implements ChangeStream.Subscription {
    private final CommitListener listener;
    private long from;

    Listening(CommitListener listener) {
      this.listener = listener;
    }

    @Override
    public void close() {
      listeners.remove(this);
      interestChanged.run();
    }
  }
}
