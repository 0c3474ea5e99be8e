package dev.turso.dbsp.subscribe;

import dev.turso.value.Value;
import java.util.List;
import java.util.concurrent.Flow;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/** A live query as a {@link Flow.Subscription}: the listener waits for requests, and so merges. */
final class LiveFlow implements Flow.Subscription, LiveQueryListener {

  private final Flow.Subscriber<? super LiveMessage> subscriber;
  private final Semaphore requested = new Semaphore(0);
  private volatile boolean cancelled;
  private volatile @Nullable LiveQuery query;

  private LiveFlow(Flow.Subscriber<? super LiveMessage> subscriber) {
    this.subscriber = subscriber;
  }

  static void start(
      LiveQueries queries,
      String sql,
      List<Value> parameters,
      Flow.Subscriber<? super LiveMessage> subscriber) {
    LiveFlow flow = new LiveFlow(subscriber);
    subscriber.onSubscribe(flow);
    try {
      LiveQuery opened = queries.subscribe(sql, parameters, flow);
      flow.query = opened;
      if (flow.cancelled) {
        opened.close();
      }
    } catch (RuntimeException e) {
      subscriber.onError(e);
    }
  }

  @Override
  public void request(long n) {
    if (n <= 0) {
      cancel();
      subscriber.onError(new IllegalArgumentException("a request for " + n + " messages"));
      return;
    }
    requested.release((int) Math.min(n, Integer.MAX_VALUE - requested.availablePermits()));
  }

  @Override
  public void cancel() {
    cancelled = true;
    requested.release();
    LiveQuery running = query;
    if (running != null) {
      running.close();
    }
  }

  @Override
  public void message(LiveMessage message) {
    requested.acquireUninterruptibly();
    if (!cancelled) {
      subscriber.onNext(message);
    }
  }

  @Override
  public void failed(RuntimeException cause) {
    subscriber.onError(cause);
  }
}
