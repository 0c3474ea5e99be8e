package dev.turso.spring.live;

import dev.turso.change.Position;
import dev.turso.dbsp.subscribe.LiveChange;
import dev.turso.dbsp.subscribe.LiveMessage;
import dev.turso.dbsp.subscribe.LiveQueries;
import dev.turso.dbsp.subscribe.LiveQuery;
import dev.turso.dbsp.subscribe.LiveQueryListener;
import dev.turso.value.Value;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * One live query that any number of streams share, because they have its text and its parameters in
 * common. Thread-safe.
 *
 * <p>Each message is written as JSON once and kept for a while, so that a stream that comes back tells
 * the number of the last message it has, and gets those after it: messages are numbered without gaps,
 * under a tag that no other channel has. Whoever is further behind than what is kept, or comes anew, gets
 * the whole result, which the channel also keeps.
 *
 * <p>While most streams are behind, no further message is taken: the engine then adds up what commits
 * change. A few slow ones hold up nobody.
 */
final class LiveChannel implements LiveQueryListener {

  /** Messages and characters that are kept for those who come back. */
  private static final int KEPT = 256;

  private static final int KEPT_CHARS = 1 << 20;

  /** How long to wait before looking again whether streams have caught up. */
  private static final long LOOK_AGAIN_MILLIS = 5;

  private final Key key;
  private final String tag = Long.toHexString(ThreadLocalRandom.current().nextLong());
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Set<Tap> taps = new HashSet<>();
  private final Map<List<Value>, Held> rows = new LinkedHashMap<>();
  private final Deque<String> kept = new ArrayDeque<>();
  private int keptChars;

  /** The number of the newest message; 0 before the first. */
  private long newest;

  private List<String> columns = List.of();
  private Position position = Position.START;
  private @Nullable String whole;
  private @Nullable LiveQuery query;
  private @Nullable RuntimeException failure;
  private boolean closed;

  LiveChannel(Key key) {
    this.key = key;
  }

  /** What channels are shared by. */
  record Key(String sql, List<Value> parameters) {}

  /** What a stream sends: the message, and what its client knows with it. */
  record Message(String json, String id) {}

  /** A row of the result, and how often it occurs. */
  private static final class Held {
    List<Value> row;
    int count = 1;

    Held(List<Value> row) {
      this.row = row;
    }
  }

  Key key() {
    return key;
  }

  /** Starts the query where it does not run yet; fails as the engine does. */
  void open(LiveQueries queries) {
    lock.lock();
    try {
      if (query == null && !closed) {
        query = queries.subscribe(key.sql(), key.parameters(), this);
      }
    } finally {
      lock.unlock();
    }
  }

  /**
   * Adds a stream; null if the channel has ended meanwhile.
   *
   * @param wake is called whenever there is something to send
   * @param last the id of the last message that the stream's client has, or null
   */
  @Nullable Tap attach(Runnable wake, @Nullable String last) {
    lock.lock();
    try {
      if (closed || failure != null) {
        return null;
      }
      Tap tap = new Tap(wake);
      tap.sent = known(last);
      tap.resumed = tap.sent > 0;
      taps.add(tap);
      return tap;
    } finally {
      lock.unlock();
    }
  }

  /** The number of a message that all later ones are kept of, or 0. */
  private long known(@Nullable String last) {
    if (last == null || !last.startsWith(tag + ".")) {
      return 0;
    }
    try {
      long number = Long.parseLong(last.substring(tag.length() + 1));
      return number > newest || !covers(number) ? 0 : number;
    } catch (NumberFormatException e) {
      return 0;
    }
  }

  private boolean covers(long number) {
    return number > 0 && number >= newest - kept.size();
  }

  // ---- from the engine

  @Override
  public void message(LiveMessage message) {
    lock.lock();
    try {
      LiveQuery source = query;
      if (closed || source == null) {
        return;
      }
      apply(message);
      position = message.position();
      columns = message.columns();
      whole = null;
      newest++;
      if (message.kind() == LiveMessage.Kind.SNAPSHOT) {
        // Nothing kept leads over it.
        kept.clear();
        keptChars = 0;
      } else {
        keep(LiveJson.of(message, source));
      }
      taps.forEach(Tap::wake);
      awaitMostStreams();
    } finally {
      lock.unlock();
    }
  }

  private void keep(String json) {
    kept.add(json);
    keptChars += json.length();
    while (kept.size() > KEPT || keptChars > KEPT_CHARS) {
      keptChars -= kept.remove().length();
    }
  }

  private void apply(LiveMessage message) {
    if (message.kind() == LiveMessage.Kind.SNAPSHOT) {
      rows.clear();
    }
    for (LiveChange change : message.changes()) {
      Held held = rows.get(change.key());
      if (change.kind() == LiveChange.Kind.DELETE) {
        if (held != null && --held.count == 0) {
          rows.remove(change.key());
        }
      } else if (held == null) {
        rows.put(change.key(), new Held(change.row()));
      } else {
        held.row = change.row();
        held.count += change.kind() == LiveChange.Kind.INSERT ? 1 : 0;
      }
    }
  }

  /** Returns when at least half of the streams are not far behind. */
  private void awaitMostStreams() {
    try {
      while (!closed && behind() * 2 > taps.size()) {
        changed.await(LOOK_AGAIN_MILLIS, TimeUnit.MILLISECONDS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private int behind() {
    long near = newest - Math.max(1, KEPT / 2 / Math.max(1, taps.size()));
    int behind = 0;
    for (Tap each : taps) {
      behind += each.sent < near ? 1 : 0;
    }
    return behind;
  }

  @Override
  public void failed(RuntimeException cause) {
    lock.lock();
    try {
      failure = cause;
      taps.forEach(Tap::wake);
    } finally {
      lock.unlock();
    }
  }

  /** Ends the query if no stream is attached, or at once; true if it has ended. */
  boolean close(boolean evenIfUsed) {
    LiveQuery ending;
    lock.lock();
    try {
      if (!evenIfUsed && !taps.isEmpty() && failure == null) {
        return false;
      }
      closed = true;
      ending = query;
      taps.forEach(Tap::wake);
      changed.signalAll();
    } finally {
      lock.unlock();
    }
    if (ending != null) {
      ending.close();
    }
    return true;
  }

  /** Whether new streams cannot attach any more. */
  boolean hasEnded() {
    lock.lock();
    try {
      return closed || failure != null;
    } finally {
      lock.unlock();
    }
  }

  // ---- to a stream

  /** One stream's place in the channel. */
  final class Tap {

    private final Runnable wake;
    private long sent;
    private boolean resumed;

    private Tap(Runnable wake) {
      this.wake = wake;
    }

    private void wake() {
      wake.run();
    }

    /** Takes what is to be sent next; empty if there is nothing. */
    List<Message> take() {
      lock.lock();
      try {
        LiveQuery source = query;
        if (source == null || newest == 0) {
          return List.of();
        }
        List<Message> taken = new ArrayList<>();
        if (resumed) {
          resumed = false;
          taken.add(message(LiveJson.resumed(position), sent));
        } else if (sent == newest) {
          return List.of();
        }
        if (covers(sent)) {
          kept.stream()
              .skip(kept.size() - (newest - sent))
              .forEach(json -> taken.add(message(json, ++sent)));
        } else {
          taken.add(message(whole(source), newest));
        }
        sent = newest;
        return taken;
      } finally {
        lock.unlock();
      }
    }

    private Message message(String json, long number) {
      return new Message(json, tag + '.' + number);
    }

    /** Why the query has ended, or null while it runs. */
    @Nullable String failure() {
      lock.lock();
      try {
        RuntimeException cause = failure;
        return cause == null ? null : String.valueOf(cause.getMessage());
      } finally {
        lock.unlock();
      }
    }

    /** Leaves; true if nobody is left. */
    boolean detach() {
      lock.lock();
      try {
        return taps.remove(this) && taps.isEmpty();
      } finally {
        lock.unlock();
      }
    }
  }

  private String whole(LiveQuery source) {
    String json = whole;
    if (json == null) {
      List<LiveChange> all = new ArrayList<>(rows.size());
      rows.forEach((id, held) -> {
        for (int i = 0; i < held.count; i++) {
          all.add(new LiveChange(LiveChange.Kind.INSERT, id, held.row, null));
        }
      });
      json =
          LiveJson.of(new LiveMessage(LiveMessage.Kind.SNAPSHOT, position, columns, all), source);
      whole = json;
    }
    return json;
  }
}
