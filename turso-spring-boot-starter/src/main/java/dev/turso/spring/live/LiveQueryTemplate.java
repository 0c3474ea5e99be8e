package dev.turso.spring.live;

import dev.turso.dbsp.subscribe.LiveMessage;
import dev.turso.dbsp.subscribe.LiveQueries;
import dev.turso.dbsp.subscribe.LiveQuery;
import dev.turso.dbsp.subscribe.LiveQueryListener;
import dev.turso.value.Value;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.springframework.context.SmartLifecycle;

/**
 * Opens live queries with plain Java parameters. Safe for any thread.
 *
 * <p>Streams of one query with the same parameters share it. With the application's context they end
 * before the web server waits for requests under way.
 */
public final class LiveQueryTemplate implements SmartLifecycle {

  private static final Duration HEARTBEAT = Duration.ofSeconds(15);
  private static final Duration RESUME_WINDOW = Duration.ofSeconds(30);

  private final LiveQueries queries;
  private final int limit;
  private final Duration heartbeat;
  private final LiveChannels channels;
  private final Set<LiveStream> streams = ConcurrentHashMap.newKeySet();
  private final AtomicInteger open = new AtomicInteger();
  private volatile boolean stopped;

  /** At most so many at once, and a sign of life on idle streams every 15 seconds. */
  public LiveQueryTemplate(LiveQueries queries, int limit) {
    this(queries, limit, HEARTBEAT, RESUME_WINDOW);
  }

  /**
   * @param limit subscriptions that may be open at once
   * @param heartbeat time between signs of life on an idle stream
   * @param resumeWindow how long the query of a stream that has ended goes on for a client that comes back
   */
  public LiveQueryTemplate(
      LiveQueries queries, int limit, Duration heartbeat, Duration resumeWindow) {
    this.queries = queries;
    this.limit = limit;
    this.heartbeat = heartbeat;
    this.channels = new LiveChannels(queries, resumeWindow);
  }

  /** Time between signs of life on an idle stream. */
  Duration heartbeat() {
    return heartbeat;
  }

  /**
   * Subscribes to a query's result: a snapshot first, then one message per commit that changed it.
   *
   * @param parameters values for {@code ?} in order: numbers, booleans, strings, byte arrays, null
   * @throws LiveQueryLimitException if {@code turso.live.max-subscriptions} are open
   */
  public LiveQuery subscribe(
      String sql, LiveQueryListener listener, @Nullable Object... parameters) {
    acquire();
    try {
      LiveQuery query = queries.subscribe(sql, values(parameters), listener);
      return new CountedLiveQuery(query, open);
    } catch (RuntimeException e) {
      open.decrementAndGet();
      throw e;
    }
  }

  /**
   * A query's result as a stream of messages, for each subscriber its own; what a subscriber has not
   * requested is merged.
   */
  public Flow.Publisher<LiveMessage> publisher(String sql, @Nullable Object... parameters) {
    List<Value> values = values(parameters);
    return subscriber -> {
      try {
        acquire();
      } catch (IllegalStateException e) {
        CountedFlow.refuse(subscriber, e);
        return;
      }
      queries.publisher(sql, values).subscribe(new CountedFlow(open::decrementAndGet, subscriber));
    };
  }

  private void acquire() {
    if (stopped) {
      throw new IllegalStateException("the application is stopping");
    }
    if (open.incrementAndGet() > limit) {
      open.decrementAndGet();
      throw new LiveQueryLimitException(
          "the limit of " + limit + " live queries (turso.live.max-subscriptions) is reached");
    }
  }

  /**
   * Starts a stream of server-sent events that carries several live queries. Called while a request is
   * handled, it goes on where the request's header {@code Last-Event-ID} says that its client was.
   */
  public LiveStream stream() {
    return LiveStream.ofRequest(this);
  }

  /**
   * Starts a stream for a client that may have been here before.
   *
   * @param lastEventId the request's header {@code Last-Event-ID}, or null; it gives nothing that a new
   *     stream of the same queries with the same parameters would not
   */
  public LiveStream stream(@Nullable String lastEventId) {
    return new LiveStream(this, lastEventId);
  }

  LiveChannels.Attached attach(
      String sql, @Nullable Object[] parameters, Runnable wake, @Nullable String last) {
    acquire();
    try {
      return channels.attach(new LiveChannel.Key(sql, values(parameters)), wake, last);
    } catch (RuntimeException e) {
      open.decrementAndGet();
      throw e;
    }
  }

  void detach(LiveChannels.Attached attached) {
    open.decrementAndGet();
    channels.detach(attached);
  }

  void started(LiveStream stream) {
    streams.add(stream);
    if (stopped) {
      stream.end();
    }
  }

  void ended(LiveStream stream) {
    streams.remove(stream);
  }

  /** Live queries that are open now. */
  public int openCount() {
    return open.get();
  }

  /** Queries that streams share, those included that wait for a client to come back. */
  public int sharedCount() {
    return channels.count();
  }

  @Override
  public void start() {
    stopped = false;
  }

  @Override
  public void stop() {
    stopped = true;
    // Not by method reference: that would load the web's classes, which an application may be
    // without.
    for (LiveStream stream : streams) {
      stream.end();
    }
    channels.closeAll();
  }

  @Override
  public boolean isRunning() {
    return !stopped;
  }

  /** Ends before the web server does. */
  @Override
  public int getPhase() {
    return Integer.MAX_VALUE;
  }

  private static List<Value> values(@Nullable Object[] parameters) {
    List<Value> values = new ArrayList<>(parameters.length);
    for (Object parameter : parameters) {
      values.add(value(parameter));
    }
    return values;
  }

  private static Value value(@Nullable Object parameter) {
    if (parameter == null) {
      return Value.NULL;
    }
    if (parameter instanceof Boolean flag) {
      return Value.integer(flag ? 1 : 0);
    }
    if (parameter instanceof Double || parameter instanceof Float) {
      return Value.real(((Number) parameter).doubleValue());
    }
    if (parameter instanceof Long
        || parameter instanceof Integer
        || parameter instanceof Short
        || parameter instanceof Byte) {
      return Value.integer(((Number) parameter).longValue());
    }
    return parameter instanceof byte[] bytes ? Value.blob(bytes) : Value.text(parameter.toString());
  }
}
