package dev.turso.spring.statement;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The slow statements and the connections of watched pools. Safe for any thread. */
public final class StatementWatch {

  /** The logger: shapes and times at debug, parameters too at trace. */
  public static final String LOGGER = "dev.turso.sql";

  private static final Logger LOG = LoggerFactory.getLogger(LOGGER);
  private static final int KEPT = 100;

  private final long slowNanos;
  private final Deque<SlowStatement> slow = new ArrayDeque<>();
  private final Set<WatchedConnection> open = ConcurrentHashMap.newKeySet();

  /** @param slow statements that take at least this long are kept; the newest hundred */
  public StatementWatch(Duration slow) {
    this.slowNanos = slow.toNanos();
  }

  /** The newest slow statements, the newest first. */
  public List<SlowStatement> slowStatements() {
    synchronized (slow) {
      return new ArrayList<>(slow);
    }
  }

  /** The connections that are open, those with the oldest transaction first. */
  public List<SessionStatus> sessions() {
    return open.stream()
        .map(WatchedConnection::status)
        .sorted(
            Comparator.comparingLong(SessionStatus::transactionMillis)
                .reversed()
                .thenComparingLong(SessionStatus::id))
        .toList();
  }

  void opened(WatchedConnection connection) {
    open.add(connection);
  }

  void closed(WatchedConnection connection) {
    open.remove(connection);
  }

  boolean wantsParameters() {
    return LOG.isTraceEnabled();
  }

  void ended(String sql, long nanos, boolean failed, Object parameters) {
    boolean isSlow = nanos >= slowNanos;
    if (!isSlow && !LOG.isDebugEnabled()) {
      return;
    }
    String shape = StatementShape.of(sql);
    long micros = TimeUnit.NANOSECONDS.toMicros(nanos);
    if (LOG.isTraceEnabled()) {
      LOG.trace("{} us{}: {} {}", micros, failed ? ", failed" : "", shape, parameters);
    } else {
      LOG.debug("{} us{}: {}", micros, failed ? ", failed" : "", shape);
    }
    if (isSlow) {
      SlowStatement one =
          new SlowStatement(
              shape, micros / 1000, Instant.now(), Thread.currentThread().getName(), failed);
      synchronized (slow) {
        slow.addFirst(one);
        if (slow.size() > KEPT) {
          slow.removeLast();
        }
      }
    }
  }
}
