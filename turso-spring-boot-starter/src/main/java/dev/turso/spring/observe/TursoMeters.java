package dev.turso.spring.observe;

import dev.turso.Database;
import dev.turso.spring.event.RowChangePublisher;
import dev.turso.spring.live.LiveQueryTemplate;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.io.File;
import org.jspecify.annotations.Nullable;

/** Meters of one database: its size, its log, its commits, its listeners and live queries. */
public final class TursoMeters implements MeterBinder {

  private final Database database;
  private final LiveQueryTemplate live;
  private final @Nullable RowChangePublisher events;

  public TursoMeters(
      Database database, LiveQueryTemplate live, @Nullable RowChangePublisher events) {
    this.database = database;
    this.live = live;
    this.events = events;
  }

  @Override
  public void bindTo(MeterRegistry registry) {
    String path = database.path();
    Gauge.builder("turso.db.size", path, file -> new File(file).length())
        .baseUnit("bytes")
        .description("Size of the database file")
        .register(registry);
    Gauge.builder("turso.wal.size", path, file -> new File(file + "-wal").length())
        .baseUnit("bytes")
        .description("Size of the write-ahead log")
        .register(registry);
    FunctionCounter.builder("turso.commits", database, db -> db.position().commit())
        .description("Commits that changed rows somebody reads")
        .register(registry);
    Gauge.builder("turso.live.subscriptions", live, LiveQueryTemplate::openCount)
        .description("Live queries that are open")
        .register(registry);
    if (events != null) {
      FunctionCounter.builder("turso.events.published", events, RowChangePublisher::publishedCount)
          .description("Row change events published")
          .register(registry);
      FunctionCounter.builder("turso.events.skipped", events, RowChangePublisher::skippedCount)
          .description("Commits that listeners were too slow for")
          .register(registry);
      FunctionCounter.builder("turso.events.failed", events, RowChangePublisher::failedCount)
          .description("Commits whose listeners failed")
          .register(registry);
    }
  }
}
