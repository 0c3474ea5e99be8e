package dev.turso.spring.kafka;

import dev.turso.Database;
import dev.turso.cdc.kafka.KafkaSink;
import dev.turso.cdc.kafka.KafkaSinkOptions;
import dev.turso.spring.event.CaptureSwitch;
import org.jspecify.annotations.Nullable;
import org.springframework.context.SmartLifecycle;

/**
 * Runs one {@link KafkaSink}: from after migrations until before the database closes. Switches the change
 * log on where it is off. Safe for any thread.
 */
public final class KafkaSinkContainer implements SmartLifecycle {

  private final Database database;
  private final KafkaSinkOptions options;
  private @Nullable KafkaSink sink;

  public KafkaSinkContainer(Database database, KafkaSinkOptions options) {
    this.database = database;
    this.options = options;
  }

  /** The sink: how it stands, and waiting until a position is in Kafka; null while it is stopped. */
  public synchronized @Nullable KafkaSink sink() {
    return sink;
  }

  @Override
  public synchronized void start() {
    if (sink == null) {
      CaptureSwitch.wholeRows(database);
      sink = KafkaSink.start(database, options);
    }
  }

  @Override
  public synchronized void stop() {
    KafkaSink running = sink;
    sink = null;
    if (running != null) {
      running.close();
    }
  }

  @Override
  public synchronized boolean isRunning() {
    return sink != null;
  }

  /** With the listeners of row changes: after the beans that write at start. */
  @Override
  public int getPhase() {
    return 0;
  }
}
