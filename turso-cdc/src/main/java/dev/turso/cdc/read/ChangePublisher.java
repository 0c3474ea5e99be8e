package dev.turso.cdc.read;

import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.Flow;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Publishes the batches of a named cursor. One subscriber at a time gets them, as the cursor has one
 * owner: others wait to take over.
 *
 * <p>Each subscription has a virtual thread that calls {@code onNext}. The cursor is advanced past a
 * batch after {@code onNext} returned: a batch comes again if the process dies in between, so delivery is
 * at least once. A subscriber whose {@code onNext} throws is cancelled, and the batch is not passed.
 */
public final class ChangePublisher implements Flow.Publisher<ChangeBatch> {

  private static final Duration TURN = Duration.ofMillis(500);

  private final ChangeLog log;
  private final String cursor;
  private final ReaderOptions options;

  ChangePublisher(ChangeLog log, String cursor, ReaderOptions options) {
    this.log = log;
    this.cursor = cursor;
    this.options = options;
  }

  @Override
  public void subscribe(Flow.Subscriber<? super ChangeBatch> subscriber) {
    Objects.requireNonNull(subscriber);
    Delivery delivery = new Delivery(subscriber);
    subscriber.onSubscribe(delivery);
    Thread.ofVirtual().name("turso-changes-" + cursor).start(delivery);
  }

  private final class Delivery implements Flow.Subscription, Runnable {
    private final Flow.Subscriber<? super ChangeBatch> subscriber;
    private final Semaphore asked = new Semaphore(0);
    private final AtomicBoolean cancelled = new AtomicBoolean();
    private final AtomicBoolean badRequest = new AtomicBoolean();

    Delivery(Flow.Subscriber<? super ChangeBatch> subscriber) {
      this.subscriber = subscriber;
    }

    @Override
    public void request(long n) {
      if (n <= 0) {
        badRequest.set(true);
        asked.release();
        return;
      }
      int room = Integer.MAX_VALUE / 2 - asked.availablePermits();
      asked.release((int) Math.min(n, Math.max(0, room)));
    }

    @Override
    public void cancel() {
      cancelled.set(true);
      asked.release();
    }

    @Override
    public void run() {
      try (ChangeReader reader = log.reader(cursor, options)) {
        while (true) {
          asked.acquire();
          if (cancelled.get()) {
            return;
          }
          if (badRequest.get()) {
            subscriber.onError(new IllegalArgumentException("request of less than one"));
            return;
          }
          deliverOne(reader);
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      } catch (Exception e) {
        if (!cancelled.get()) {
          subscriber.onError(e);
        }
      }
    }

    private void deliverOne(ChangeReader reader) throws Exception {
      ChangeBatch batch = null;
      while (batch == null && !cancelled.get()) {
        batch = reader.poll(TURN);
      }
      if (batch != null) {
        subscriber.onNext(batch);
        reader.done(batch);
      }
    }
  }
}
