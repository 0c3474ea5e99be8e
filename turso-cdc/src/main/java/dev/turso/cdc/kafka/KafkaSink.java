package dev.turso.cdc.kafka;

import dev.turso.Database;
import dev.turso.cdc.debezium.DebeziumEncoder;
import dev.turso.cdc.debezium.DebeziumMessage;
import dev.turso.cdc.read.ChangeBatch;
import dev.turso.cdc.read.ChangeKind;
import dev.turso.cdc.read.ChangeLog;
import dev.turso.cdc.read.ChangeLogException;
import dev.turso.cdc.read.ChangeReader;
import dev.turso.cdc.read.ChangeRecord;
import dev.turso.cdc.read.LogPosition;
import dev.turso.error.BusyException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.errors.UnsupportedVersionException;
import org.jspecify.annotations.Nullable;

/**
 * Sends the change log of a database to Kafka, on a thread of its own, until it is closed. Safe for any
 * thread.
 *
 * <p>Several processes may run a sink with the same cursor: one sends, the others wait to take over.
 * While Kafka is not there the sink tries again; what it is given up for is told by {@link #failure}:
 * a cursor that retention overtook, a position that the log does not know, a message that Kafka refuses.
 */
public final class KafkaSink implements AutoCloseable {

  /** What a sink is doing. */
  public enum State {
    /** Another sink owns the cursor, or Kafka is not there yet. */
    WAITING,
    /** It sends what is committed. */
    SENDING,
    /** It has given up: see {@link KafkaSink#failure}. */
    FAILED,
    CLOSED
  }

  private static final Duration POLL = Duration.ofMillis(250);

  private final KafkaSinkOptions options;
  private final TopicWriter.Factory writers;
  private final ChangeLog log;
  private final DurableCommit durable;
  private final ChangeReader reader;
  private final Thread thread;
  private DebeziumEncoder encoder;
  private @Nullable TopicWriter writer;

  // Under the monitor.
  private State state = State.WAITING;
  private @Nullable Throwable failure;
  private @Nullable Throwable trouble;
  private @Nullable LogPosition sent;
  private long messages;
  private boolean closing;

  private KafkaSink(Database database, KafkaSinkOptions options, TopicWriter.Factory writers) {
    this.options = options;
    this.writers = writers;
    this.log = ChangeLog.of(database);
    this.durable = new DurableCommit(database, options.cursor());
    this.reader = log.reader(options.cursor(), options.reader());
    this.encoder = new DebeziumEncoder(options.messages());
    this.thread =
        Thread.ofPlatform().daemon().name("turso-kafka-" + options.cursor()).unstarted(this::run);
  }

  /**
   * Starts a sink. The database must stay open until it is closed.
   *
   * @throws ChangeLogException if the log is not switched on
   */
  public static KafkaSink start(Database database, KafkaSinkOptions options) {
    return start(database, options, TransactionalTopics::open);
  }

  static KafkaSink start(Database database, KafkaSinkOptions options, TopicWriter.Factory writers) {
    KafkaSink sink = new KafkaSink(database, options, writers);
    sink.thread.start();
    return sink;
  }

  // ---- how it stands

  public synchronized State state() {
    return state;
  }

  /** Why the sink has given up, or null. */
  public synchronized @Nullable Throwable failure() {
    return failure;
  }

  /** What it is trying again after, or null. */
  public synchronized @Nullable Throwable trouble() {
    return trouble;
  }

  /** After the last change that is committed in Kafka, as far as this sink knows; null for none. */
  public synchronized @Nullable LogPosition position() {
    return sent;
  }

  /** How many messages this sink has sent. */
  public synchronized long messages() {
    return messages;
  }

  /**
   * Waits until everything up to a position is committed in Kafka.
   *
   * @return false if it is not, after that time
   * @throws IllegalStateException if the sink has given up
   */
  public synchronized boolean await(LogPosition position, Duration timeout)
      throws InterruptedException {
    long deadline = System.nanoTime() + timeout.toNanos();
    while (sent == null || sent.change() < position.change()) {
      if (failure != null) {
        throw new IllegalStateException("the sink has given up", failure);
      }
      long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
      if (left <= 0 || closing) {
        return false;
      }
      wait(left);
    }
    return true;
  }

  private synchronized boolean isClosing() {
    return closing;
  }

  private synchronized void now(State next, @Nullable Throwable why) {
    state = next;
    trouble = why;
    notifyAll();
  }

  private synchronized void sent(LogPosition position, int count) {
    sent = position;
    messages += count;
    notifyAll();
  }

  // ---- the thread

  private void run() {
    try {
      while (!isClosing()) {
        try {
          round();
        } catch (KafkaException | BusyException e) {
          giveUpOn(e);
          startOver(e);
        } catch (ChangeLogException e) {
          if (e.reason() != ChangeLogException.Reason.LEASE_LOST) {
            throw e;
          }
          startOver(e);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (Throwable e) {
      synchronized (this) {
        failure = e;
        state = State.FAILED;
        notifyAll();
      }
    }
  }

  /** Throws what trying again does not help against. */
  private static void giveUpOn(RuntimeException e) {
    for (Throwable each = e; each != null; each = each.getCause()) {
      if (each instanceof RecordTooLargeException
          || each instanceof AuthenticationException
          || each instanceof AuthorizationException
          || each instanceof SerializationException
          || each instanceof UnsupportedVersionException
          || each instanceof ConfigException) {
        throw e;
      }
    }
  }

  /** What was polled comes again. */
  private void startOver(RuntimeException cause) throws InterruptedException {
    now(State.WAITING, cause);
    closeWriter();
    encoder = new DebeziumEncoder(options.messages());
    synchronized (this) {
      if (!closing) {
        wait(Math.max(1, options.retry().toMillis()));
      }
    }
  }

  private void closeWriter() {
    TopicWriter open = writer;
    writer = null;
    if (open != null) {
      open.close();
    }
  }

  /** Sends what has been committed since the last round, or waits for it. */
  private void round() throws InterruptedException {
    ChangeBatch batch = reader.poll(POLL);
    if (!reader.isOwner()) {
      closeWriter();
      now(State.WAITING, trouble());
      return;
    }
    TopicWriter open = writer;
    if (open == null) {
      // What was polled comes again, after what Kafka has.
      open = writers.open(options);
      writer = open;
      goOnAfter(open.position());
      now(State.SENDING, null);
      return;
    }
    if (batch != null) {
      send(open, batch);
    }
  }

  private void goOnAfter(@Nullable LogPosition inKafka) {
    reader.rewind();
    LogPosition stored = reader.position();
    if (inKafka != null && inKafka.change() > stored.change()) {
      reader.seek(inKafka);
      stored = inKafka;
    }
    sent(stored, 0);
  }

  private void send(TopicWriter open, ChangeBatch first) throws InterruptedException {
    List<DebeziumMessage> round = new ArrayList<>();
    ChangeBatch last = first;
    ChangeBatch next = first;
    while (next != null) {
      last = next;
      refuseGap(next);
      round.addAll(encoder.encode(next));
      next = round.size() < options.roundMessages() ? reader.poll(Duration.ZERO) : null;
    }
    boolean resumable = !last.snapshot() || last.last();
    durable.run();
    open.write(round, resumable ? last.position() : null);
    reader.done(last);
    if (resumable) {
      sent(last.position(), round.size());
    }
  }

  /** Topics are a copy: they would differ from here on, and nobody would know. */
  private static void refuseGap(ChangeBatch batch) {
    for (ChangeRecord each : batch.changes()) {
      if (each.kind() == ChangeKind.GAP) {
        throw ChangeLogException.gap(each.table());
      }
    }
  }

  /** Ends the sink and gives up its lease; what was not committed in Kafka will be sent by the next. */
  @Override
  public void close() {
    synchronized (this) {
      closing = true;
      notifyAll();
    }
    boolean interrupted = false;
    while (thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    closeWriter();
    durable.close();
    reader.close();
    log.close();
    synchronized (this) {
      state = failure == null ? State.CLOSED : State.FAILED;
    }
  }
}
