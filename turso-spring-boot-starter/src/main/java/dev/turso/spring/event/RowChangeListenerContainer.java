package dev.turso.spring.event;

import dev.turso.cdc.read.ChangeBatch;
import dev.turso.cdc.read.ChangeKind;
import dev.turso.cdc.read.ChangeLog;
import dev.turso.cdc.read.ChangeLogException;
import dev.turso.cdc.read.ChangeReader;
import dev.turso.cdc.read.ChangeRecord;
import dev.turso.cdc.read.ReaderOptions;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
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
 * lease is still ours, and then calls the listener; both commit together. A listener with concurrency is
 * called first, so that several may be at work; where another writer commits in between, its batch is
 * taken again with the turn held from the beginning.
 */
public final class RowChangeListenerContainer {

  private static final Logger LOG = LoggerFactory.getLogger(RowChangeListenerContainer.class);
  private static final Duration POLL = Duration.ofMillis(500);

  /** As many cursors share the keys of a listener with concurrency, whatever its number is. */
  static final int PARTS = 8;

  private final RowChangeListener settings;
  private final ListenerMethod listener;
  private final RowMapping<?> mapping;
  private final DataSource source;
  private final TransactionTemplate transaction;
  private final DeadLetters deadLetters;
  private final ObservationRegistry observations;
  private final AtomicLong handled = new AtomicLong();
  private final AtomicLong setAside = new AtomicLong();
  private volatile boolean running;
  private volatile boolean paused;
  private volatile @Nullable Throwable failure;
  private final List<Thread> threads = new ArrayList<>();
  private Semaphore turns = new Semaphore(1);
  private boolean inParts;

  RowChangeListenerContainer(
      RowChangeListener settings,
      ListenerMethod listener,
      RowMapping<?> mapping,
      DataSource source,
      TransactionTemplate transaction,
      DeadLetters deadLetters,
      ObservationRegistry observations) {
    this.settings = settings;
    this.listener = listener;
    this.mapping = mapping;
    this.source = source;
    this.transaction = transaction;
    this.deadLetters = deadLetters;
    this.observations = observations;
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

  synchronized void start(ChangeLog log, ThreadFactory factory) {
    if (running) {
      return;
    }
    ReaderOptions options =
        ReaderOptions.DEFAULT
            .from(settings.start())
            .tables(mapping.table())
            .lease(Duration.ofMillis(settings.leaseMillis()));
    if (!settings.ignoreOrigin().isEmpty()) {
      options = options.ignoringOrigin(settings.ignoreOrigin());
    }
    endThreads();
    inParts = settings.concurrency() > 1 || log.isInParts(cursor(), PARTS);
    List<ChangeReader> readers = new ArrayList<>();
    if (inParts) {
      turns = new Semaphore(settings.concurrency());
      List<String> cursors = log.parts(cursor(), PARTS, options);
      for (int i = 0; i < PARTS; i++) {
        readers.add(log.reader(cursors.get(i), options.part(i, PARTS)));
      }
    } else {
      readers.add(log.reader(cursor(), options));
    }
    running = true;
    failure = null;
    for (ChangeReader reader : readers) {
      Thread starting = factory.newThread(() -> run(reader));
      starting.setName("turso-listener-" + reader.name());
      threads.add(starting);
      starting.start();
    }
  }

  synchronized void stop() throws InterruptedException {
    running = false;
    for (Thread each : threads) {
      if (each != Thread.currentThread()) {
        each.join(Duration.ofSeconds(20));
      }
    }
    threads.clear();
  }

  /** Waits for threads that are ending because one of them has failed. */
  private void endThreads() {
    try {
      stop();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
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
          warnOfGaps(batch);
          handleInTurn(reader, batch);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (Exception e) {
      failure = e;
      LOG.error("The listener of cursor {} has stopped: {}", reader.name(), e.getMessage(), e);
    } finally {
      running = false;
    }
  }

  private void warnOfGaps(ChangeBatch batch) {
    for (ChangeRecord each : batch.changes()) {
      if (each.kind() == ChangeKind.GAP) {
        LOG.warn(
            "An engine without a change log has changed {}; the listener of cursor {} is not told what",
            each.table(),
            cursor());
      }
    }
  }

  private void handleInTurn(ChangeReader reader, ChangeBatch batch) throws Exception {
    turns.acquire();
    try {
      if (running) {
        handle(reader, batch);
      }
    } finally {
      turns.release();
    }
  }

  private void handle(ChangeReader reader, ChangeBatch batch) throws Exception {
    long wait = settings.backOffMillis();
    boolean alone = !inParts;
    for (int attempt = 0; ; attempt++) {
      try {
        List<RowChangeEvent<?>> events = events(reader, batch);
        boolean first = alone;
        observation()
            .observeChecked(() -> inTransaction(reader, batch, first, () -> listener.take(events)));
        handled.addAndGet(events.size());
        return;
      } catch (ChangeLogException e) {
        LOG.warn("The cursor {} is not ours any more: {}", cursor(), e.getMessage());
        return;
      } catch (Exception e) {
        if (!alone && isConflict(e)) {
          alone = true;
          attempt--;
          continue;
        }
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

  private Observation observation() {
    return Observation.createNotStarted("turso.listener", observations)
        .contextualName("listen " + mapping.table())
        .lowCardinalityKeyValue("turso.cursor", cursor())
        .lowCardinalityKeyValue("turso.table", mapping.table());
  }

  /** Whether another writer was faster. */
  private static boolean isConflict(Exception failure) {
    for (Throwable each = failure; each != null; each = each.getCause()) {
      if (each instanceof SQLException sql && "40001".equals(sql.getSQLState())) {
        return true;
      }
    }
    return false;
  }

  private void giveUp(ChangeReader reader, ChangeBatch batch, Exception cause) throws Exception {
    if (!running) {
      return;
    }
    if (settings.onFailure() == RowChangeListener.OnFailure.STOP) {
      throw cause;
    }
    List<RowChangeEvent<?>> events = events(reader, batch);
    inTransaction(reader, batch, true, () -> deadLetters.add(cursor(), events, cause));
    setAside.addAndGet(events.size());
    LOG.error("The listener of cursor {} kept failing; its batch is set aside", cursor(), cause);
  }

  private List<RowChangeEvent<?>> events(ChangeReader reader, ChangeBatch batch) {
    return LoggedChanges.events(batch, mapping, reader.newestShape(mapping.table()));
  }

  private void inTransaction(ChangeReader reader, ChangeBatch batch, boolean alone, Effects effects)
      throws Exception {
    Exception[] thrown = new Exception[1];
    transaction.executeWithoutResult(status -> {
      Connection connection = DataSourceUtils.getConnection(source);
      try {
        if (alone) {
          reader.advance(connection, batch);
          effects.run();
        } else {
          effects.run();
          reader.advance(connection, batch);
        }
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
