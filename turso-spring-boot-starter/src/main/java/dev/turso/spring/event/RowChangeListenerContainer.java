package dev.turso.spring.event;

import dev.turso.cdc.read.ChangeBatch;
import dev.turso.cdc.read.ChangeLog;
import dev.turso.cdc.read.ChangeLogException;
import dev.turso.cdc.read.ChangeReader;
import dev.turso.cdc.read.ReaderOptions;
import java.sql.Connection;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicLong;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.datasource.DataSourceUtils;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Runs one {@link RowChangeListener}: reads the log under its cursor, hands transactions over, retries,
 * sets aside what keeps failing. Safe for any thread.
 *
 * <p>A batch's transaction advances the cursor first, which takes the writer's turn and proves that the
 * lease is still ours, and then calls the listener; both commit together.
 */
public final class RowChangeListenerContainer {

  private static final Logger LOG = LoggerFactory.getLogger(RowChangeListenerContainer.class);
  private static final Duration POLL = Duration.ofMillis(500);

  private final RowChangeListener settings;
  private final ListenerMethod listener;
  private final RowMapping<?> mapping;
  private final DataSource source;
  private final TransactionTemplate transaction;
  private final DeadLetters deadLetters;
  private final AtomicLong handled = new AtomicLong();
  private final AtomicLong setAside = new AtomicLong();
  private volatile boolean running;
  private volatile boolean paused;
  private volatile @Nullable Throwable failure;
  private @Nullable Thread thread;

  RowChangeListenerContainer(
      RowChangeListener settings,
      ListenerMethod listener,
      RowMapping<?> mapping,
      DataSource source,
      TransactionTemplate transaction,
      DeadLetters deadLetters) {
    this.settings = settings;
    this.listener = listener;
    this.mapping = mapping;
    this.source = source;
    this.transaction = transaction;
    this.deadLetters = deadLetters;
  }

  /** The cursor's name. */
  public String cursor() {
    return settings.cursor();
  }

  /** Whether its thread runs, paused or not. */
  public boolean isRunning() {
    return running;
  }

  public boolean isPaused() {
    return paused;
  }

  /** Why it stopped by itself, or null. */
  public @Nullable Throwable failure() {
    return failure;
  }

  /** Changes whose transaction was committed since the start. */
  public long handledCount() {
    return handled.get();
  }

  /** Changes set aside as dead letters since the start. */
  public long deadLetterCount() {
    return setAside.get();
  }

  boolean startsItself() {
    return settings.autoStartup();
  }

  /** Takes nothing more until {@link #resume}; a batch under way is finished. */
  public void pause() {
    paused = true;
  }

  public void resume() {
    paused = false;
  }

  synchronized void start(ChangeLog log, ThreadFactory threads) {
    if (running) {
      return;
    }
    ReaderOptions options = ReaderOptions.DEFAULT.from(settings.start()).tables(mapping.table());
    if (!settings.ignoreOrigin().isEmpty()) {
      options = options.ignoringOrigin(settings.ignoreOrigin());
    }
    ChangeReader reader = log.reader(settings.cursor(), options);
    running = true;
    failure = null;
    Thread starting = threads.newThread(() -> run(reader));
    starting.setName("turso-listener-" + settings.cursor());
    thread = starting;
    starting.start();
  }

  synchronized void stop() throws InterruptedException {
    running = false;
    Thread stopping = thread;
    thread = null;
    if (stopping != null && stopping != Thread.currentThread()) {
      stopping.join(Duration.ofSeconds(20));
    }
  }

  private void run(ChangeReader reader) {
    try (reader) {
      while (running) {
        if (paused) {
          Thread.sleep(POLL.dividedBy(10));
          continue;
        }
        ChangeBatch batch = reader.poll(POLL);
        if (batch != null) {
          handle(reader, batch);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (Exception e) {
      failure = e;
      LOG.error("The listener of cursor {} has stopped: {}", cursor(), e.getMessage(), e);
    } finally {
      running = false;
    }
  }

  private void handle(ChangeReader reader, ChangeBatch batch) throws Exception {
    long wait = settings.backOffMillis();
    for (int attempt = 0; ; attempt++) {
      try {
        List<RowChangeEvent<?>> events = LoggedChanges.events(batch, mapping);
        inTransaction(reader, batch, () -> listener.take(events));
        handled.addAndGet(events.size());
        return;
      } catch (ChangeLogException e) {
        LOG.warn("The cursor {} is not ours any more: {}", cursor(), e.getMessage());
        return;
      } catch (Exception e) {
        if (attempt >= settings.retries() || !running) {
          giveUp(reader, batch, e);
          return;
        }
        LOG.warn("The listener of cursor {} failed and is tried again: {}", cursor(), e.toString());
        Thread.sleep(wait);
        wait *= 2;
      }
    }
  }

  private void giveUp(ChangeReader reader, ChangeBatch batch, Exception cause) throws Exception {
    if (!running) {
      return;
    }
    if (settings.onFailure() == RowChangeListener.OnFailure.STOP) {
      throw cause;
    }
    List<RowChangeEvent<?>> events = LoggedChanges.events(batch, mapping);
    inTransaction(reader, batch, () -> deadLetters.add(cursor(), events, cause));
    setAside.addAndGet(events.size());
    LOG.error("The listener of cursor {} kept failing; its batch is set aside", cursor(), cause);
  }

  private void inTransaction(ChangeReader reader, ChangeBatch batch, Effects effects)
      throws Exception {
    Exception[] thrown = new Exception[1];
    transaction.executeWithoutResult(status -> {
      Connection connection = DataSourceUtils.getConnection(source);
      try {
        reader.advance(connection, batch);
        effects.run();
      } catch (Exception e) {
        thrown[0] = e;
        status.setRollbackOnly();
      } finally {
        DataSourceUtils.releaseConnection(connection, source);
      }
    });
    if (thrown[0] != null) {
      throw thrown[0];
    }
  }

  /** What happens in the transaction of a batch. */
  private interface Effects {

    void run() throws Exception;
  }
}
