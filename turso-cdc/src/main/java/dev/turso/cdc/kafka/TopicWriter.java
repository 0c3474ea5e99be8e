package dev.turso.cdc.kafka;

import dev.turso.cdc.debezium.DebeziumMessage;
import dev.turso.cdc.read.LogPosition;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Where a sink sends to: one generation of it, from when its sink became the owner. For one thread. */
interface TopicWriter extends AutoCloseable {

  /** The position after the last message that was committed, or null if there was none. */
  @Nullable LogPosition position();

  /**
   * Commits messages, and the position after them, together.
   *
   * @param after null if it is no position to go on from
   */
  void write(List<DebeziumMessage> messages, @Nullable LogPosition after);

  /** Gives everything up that was not committed. */
  @Override
  void close();

  /** Makes them. */
  @FunctionalInterface
  interface Factory {

    /** Fences off whoever else writes under the same name. */
    TopicWriter open(KafkaSinkOptions options);
  }
}
