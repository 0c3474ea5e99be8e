package dev.turso.spring.live;

import dev.turso.change.Position;
import dev.turso.dbsp.subscribe.LiveQuery;
import java.util.List;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/** A live query that gives its place in the limit back when it is closed. */
final class CountedLiveQuery implements LiveQuery {

  private final LiveQuery query;
  private final AtomicInteger open;
  private final AtomicBoolean closed = new AtomicBoolean();

  CountedLiveQuery(LiveQuery query, AtomicInteger open) {
    this.query = query;
    this.open = open;
  }

  @Override
  public String sql() {
    return query.sql();
  }

  @Override
  public List<String> columns() {
    return query.columns();
  }

  @Override
  public Position position() {
    return query.position();
  }

  @Override
  public void await(Position position, long timeoutMillis)
      throws InterruptedException, TimeoutException {
    query.await(position, timeoutMillis);
  }

  @Override
  public long rows() {
    return query.rows();
  }

  @Override
  public long rowsTouched() {
    return query.rowsTouched();
  }

  @Override
  public long nanos() {
    return query.nanos();
  }

  @Override
  public long statementsExecuted() {
    return query.statementsExecuted();
  }

  @Override
  public void close() {
    if (closed.compareAndSet(false, true)) {
      open.decrementAndGet();
      query.close();
    }
  }
}
