package dev.turso.spring.live;

import dev.turso.dbsp.subscribe.LiveMessage;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** A subscriber of messages that gives its place in the limit back when it ends. */
final class CountedFlow implements Flow.Subscriber<LiveMessage>, Flow.Subscription {

  private final Runnable release;
  private final Flow.Subscriber<? super LiveMessage> subscriber;
  private final AtomicBoolean released = new AtomicBoolean();
  private volatile Flow.@Nullable Subscription upstream;

  CountedFlow(Runnable release, Flow.Subscriber<? super LiveMessage> subscriber) {
    this.release = release;
    this.subscriber = subscriber;
  }

  /** Tells a subscriber that it gets nothing. */
  static void refuse(Flow.Subscriber<?> subscriber, RuntimeException cause) {
    subscriber.onSubscribe(
        new Flow.Subscription() {
          @Override
          public void request(long n) {
            // Nothing comes.
          }

          @Override
          public void cancel() {
            // Nothing runs.
          }
        });
    subscriber.onError(cause);
  }

  private void release() {
    if (released.compareAndSet(false, true)) {
      release.run();
    }
  }

  @Override
  public void onSubscribe(Flow.Subscription subscription) {
    upstream = subscription;
    subscriber.onSubscribe(this);
  }

  @Override
  public void onNext(LiveMessage message) {
    subscriber.onNext(message);
  }

  @Override
  public void onError(Throwable cause) {
    release();
    subscriber.onError(cause);
  }

  @Override
  public void onComplete() {
    release();
    subscriber.onComplete();
  }

  @Override
  public void request(long n) {
    Flow.Subscription source = upstream;
    if (source != null) {
      source.request(n);
    }
  }

  @Override
  public void cancel() {
    release();
    Flow.Subscription source = upstream;
    if (source != null) {
      source.cancel();
    }
  }
}
