package dev.turso.spring.event;

import dev.turso.Database;
import dev.turso.change.ChangeCursor;
import dev.turso.change.ChangeStream;
import dev.turso.change.CommitListener;
import dev.turso.change.CommittedChanges;
import dev.turso.change.MissedCommits;
import dev.turso.change.Position;
import dev.turso.change.RowChange;
import dev.turso.schema.Table;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.SmartLifecycle;
import org.springframework.core.convert.ConversionService;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Publishes a {@link RowChangeEvent} for every committed change of a table that a listener takes.
 *
 * <p>Starts after migrations and stops before the pool closes. Counters may be read by any thread.
 */
public final class RowChangePublisher implements SmartLifecycle, CommitListener {

  /** After the beans that write at start, before web servers take requests. */
  private static final int PHASE = 0;

  private static final Logger LOG = LoggerFactory.getLogger(RowChangePublisher.class);

  private final Database database;
  private final ConfigurableApplicationContext context;
  private final @Nullable TransactionTemplate transaction;
  private final ConversionService conversions;
  private final @Nullable JsonColumns json;
  private final ObservationRegistry observations;
  private final Map<String, RowMapping<?>> mappings = new HashMap<>();
  private final AtomicLong published = new AtomicLong();
  private final AtomicLong failed = new AtomicLong();
  private final AtomicLong skipped = new AtomicLong();
  private ChangeStream.@Nullable Subscription subscription;

  /** Guarded by itself: the dispatcher's, once it has begun. */
  private volatile @Nullable LoggedPast past;

  public RowChangePublisher(
      Database database,
      ConfigurableApplicationContext context,
      @Nullable PlatformTransactionManager transactions,
      ConversionService conversions,
      @Nullable JsonColumns json,
      ObservationRegistry observations) {
    this.observations = observations;
    this.database = database;
    this.context = context;
    this.conversions = conversions;
    this.json = json;
    this.transaction = transactions == null ? null : new TransactionTemplate(transactions);
    if (transaction != null) {
      transaction.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
    }
  }

  @Override
  public synchronized void start() {
    ListenedTypes listened = ListenedTypes.in(context.getBeanFactory());
    for (Class<?> type : listened.rows()) {
      RowMapping<?> mapping = RowMapping.checked(type, conversions, json, database);
      mappings.put(mapping.table().toLowerCase(Locale.ROOT), mapping);
    }
    if (!mappings.isEmpty() || listened.externalCommits()) {
      LoggedPast begun =
          new LoggedPast(database, mappings.values().stream().map(RowMapping::table).toList());
      past = begun;
      synchronized (begun) {
        subscription = database.changes().subscribe(this);
        begun.begin();
      }
    }
  }

  @Override
  public synchronized void stop() {
    if (subscription != null) {
      subscription.close();
      subscription = null;
    }
    LoggedPast ended = past;
    past = null;
    if (ended != null) {
      ended.close();
    }
    mappings.clear();
  }

  @Override
  public synchronized boolean isRunning() {
    return subscription != null;
  }

  @Override
  public int getPhase() {
    return PHASE;
  }

  @Override
  public boolean wants(Table table) {
    return mappings.containsKey(table.name().toLowerCase(Locale.ROOT));
  }

  @Override
  public void committed(CommittedChanges commit) {
    LoggedPast known = past;
    if (known == null) {
      return;
    }
    Position position = commit.position();
    synchronized (known) {
      if (commit.kind() == CommittedChanges.Kind.FOREIGN) {
        inTransaction(position, () -> context.publishEvent(new ExternalCommitEvent(position)));
        publishLogged(known, row -> position, known::foreign);
        return;
      }
      publishLogged(
          known, row -> position, taker -> known.before(commit.changes().logged(), taker));
      if (concernsListeners(commit)) {
        inTransaction(position, () -> publish(commit));
      }
      known.passed(commit);
    }
  }

  @Override
  public void missed(MissedCommits missed) {
    LoggedPast known = past;
    if (known == null) {
      return;
    }
    boolean[] told = new boolean[1];
    synchronized (known) {
      publishLogged(known, missed::positionOf, taker -> told[0] = known.dropped(missed, taker));
    }
    if (!told[0]) {
      skip(missed.upTo(), missed.commits());
    }
  }

  /** Publishes what the log has of commits that the stream does not bring. */
  private void publishLogged(
      LoggedPast known, LongFunction<Position> positions, Consumer<LoggedPast.Taker> reading) {
    if (mappings.isEmpty()) {
      return;
    }
    LoggedEvents events =
        new LoggedEvents(
            mappings, known::newestShape, positions, transaction, this::publish, this::failed);
    reading.accept(batch -> events.take(batch) && past == known);
    events.end(database.position());
  }

  private void skip(Position upTo, long commits) {
    skipped.addAndGet(commits);
    List<String> tables = mappings.values().stream().map(RowMapping::table).sorted().toList();
    LOG.warn(
        "Listeners were too slow: {} commits up to {} that may have changed {} are skipped",
        commits,
        upTo,
        tables);
    inTransaction(upTo, () -> context.publishEvent(new RowChangesSkipped(tables, commits, upTo)));
  }

  private void inTransaction(Position position, Runnable work) {
    try {
      Observation.createNotStarted("turso.events", observations)
          .contextualName("publish row changes")
          .highCardinalityKeyValue("turso.position", position.toString())
          .observe(() -> {
            if (transaction == null) {
              work.run();
            } else {
              transaction.executeWithoutResult(status -> work.run());
            }
          });
    } catch (RuntimeException e) {
      failed(position, e);
    }
  }

  private void failed(Position position, RuntimeException cause) {
    failed.incrementAndGet();
    LOG.error(
        "A listener failed on the row changes of commit {}; its transaction is rolled back",
        position,
        cause);
  }

  private void publish(RowChangeEvent<?> event) {
    context.publishEvent(event);
    published.incrementAndGet();
  }

  private boolean concernsListeners(CommittedChanges commit) {
    ChangeCursor cursor = commit.changes().cursor();
    while (cursor.next()) {
      if (wants(cursor.change().table())) {
        return true;
      }
    }
    return false;
  }

  private void publish(CommittedChanges commit) {
    RowImage image = new RowImage();
    ChangeCursor cursor = commit.changes().cursor();
    while (cursor.next()) {
      RowChange change = cursor.change();
      RowMapping<?> mapping = mappings.get(change.table().name().toLowerCase(Locale.ROOT));
      if (mapping != null) {
        publish(event(mapping, change, image, commit));
      }
    }
  }

  private static <T> RowChangeEvent<T> event(
      RowMapping<T> mapping, RowChange change, RowImage image, CommittedChanges commit) {
    Map<String, @Nullable Object> before = image.before(change);
    Map<String, @Nullable Object> after = image.after(change);
    return new RowChangeEvent<>(
        mapping.type(),
        change.table().name(),
        change.operation(),
        before == null ? null : mapping.map(before),
        after == null ? null : mapping.map(after),
        commit.position(),
        commit.origin());
  }

  /** Events published since the start. */
  public long publishedCount() {
    return published.get();
  }

  /** Commits that listeners were too slow for since the start. */
  public long skippedCount() {
    return skipped.get();
  }

  /** Commits whose listeners failed since the start. */
  public long failedCount() {
    return failed.get();
  }
}
