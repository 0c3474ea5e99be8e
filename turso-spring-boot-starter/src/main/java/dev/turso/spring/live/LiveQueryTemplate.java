package dev.turso.spring.live;

import dev.turso.dbsp.subscribe.LiveQueries;
import dev.turso.dbsp.subscribe.LiveQuery;
import dev.turso.dbsp.subscribe.LiveQueryListener;
import dev.turso.value.Value;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Opens live queries with plain Java parameters. Safe for any thread. */
public final class LiveQueryTemplate {

  private static final Duration HEARTBEAT = Duration.ofSeconds(15);

  private final LiveQueries queries;
  private final int limit;
  private final Duration heartbeat;
  private final AtomicInteger open = new AtomicInteger();

  /** At most so many at once, and a sign of life on idle streams every 15 seconds. */
  public LiveQueryTemplate(LiveQueries queries, int limit) {
    this(queries, limit, HEARTBEAT);
  }

  public LiveQueryTemplate(LiveQueries queries, int limit, Duration heartbeat) {
    this.queries = queries;
    this.limit = limit;
    this.heartbeat = heartbeat;
  }

  /** Time between signs of life on an idle stream. */
  Duration heartbeat() {
    return heartbeat;
  }

  /**
   * Subscribes to a query's result: a snapshot first, then one message per commit that changed it.
   *
   * @param parameters values for {@code ?} in order: numbers, booleans, strings, byte arrays, null
   * @throws IllegalStateException if {@code turso.live.max-subscriptions} are open
   */
  public LiveQuery subscribe(
      String sql, LiveQueryListener listener, @Nullable Object... parameters) {
    if (open.incrementAndGet() > limit) {
      open.decrementAndGet();
      throw new IllegalStateException(
          "the limit of " + limit + " live queries (turso.live.max-subscriptions) is reached");
    }
    try {
      LiveQuery query = queries.subscribe(sql, values(parameters), listener);
      return new CountedLiveQuery(query, open);
    } catch (RuntimeException e) {
      open.decrementAndGet();
      throw e;
    }
  }

  /** Starts a stream of server-sent events that carries several live queries. */
  public LiveStream stream() {
    return new LiveStream(this);
  }

  /** Live queries that are open now. */
  public int openCount() {
    return open.get();
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
