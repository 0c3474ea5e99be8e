package dev.turso.cdc.kafka;

import dev.turso.cdc.debezium.DebeziumOptions;
import dev.turso.cdc.read.ReaderOptions;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * What a sink sends, and where to. Immutable.
 *
 * @param cursor the name of the cursor in the database; another name begins anew
 * @param producer Kafka's own settings, {@code bootstrap.servers} at least; they go to the producer and
 *     the admin client
 * @param messages how messages and topics are named, and which there are
 * @param reader where a new cursor begins, which tables, the lease
 * @param topics from the name of a topic as Debezium's connectors name it to the one to send to
 * @param roundMessages about the most messages in one transaction of Kafka's
 * @param retry how long to wait after Kafka has failed
 */
public record KafkaSinkOptions(
    String cursor,
    Map<String, Object> producer,
    DebeziumOptions messages,
    ReaderOptions reader,
    UnaryOperator<String> topics,
    int roundMessages,
    Duration retry) {

  public KafkaSinkOptions {
    producer = Map.copyOf(producer);
    if (roundMessages < 1) {
      throw new IllegalArgumentException("a round has at least one message");
    }
  }

  /**
   * All tables, a snapshot first, under topics as Debezium names them.
   *
   * @param bootstrapServers as Kafka's setting of that name
   * @param prefix the first part of every topic's name; also the name of the cursor
   */
  public static KafkaSinkOptions of(String bootstrapServers, String prefix) {
    return new KafkaSinkOptions(
        prefix,
        Map.of("bootstrap.servers", bootstrapServers),
        DebeziumOptions.of(prefix),
        ReaderOptions.DEFAULT.from(ReaderOptions.Start.SNAPSHOT),
        topic -> topic,
        10_000,
        Duration.ofSeconds(1));
  }

  public KafkaSinkOptions cursor(String name) {
    return new KafkaSinkOptions(name, producer, messages, reader, topics, roundMessages, retry);
  }

  /** Adds one of Kafka's settings. */
  public KafkaSinkOptions with(String setting, Object value) {
    Map<String, Object> all = new LinkedHashMap<>(producer);
    all.put(setting, value);
    return new KafkaSinkOptions(cursor, all, messages, reader, topics, roundMessages, retry);
  }

  public KafkaSinkOptions messages(DebeziumOptions options) {
    return new KafkaSinkOptions(cursor, producer, options, reader, topics, roundMessages, retry);
  }

  public KafkaSinkOptions reader(ReaderOptions options) {
    return new KafkaSinkOptions(cursor, producer, messages, options, topics, roundMessages, retry);
  }

  public KafkaSinkOptions topics(UnaryOperator<String> naming) {
    return new KafkaSinkOptions(cursor, producer, messages, reader, naming, roundMessages, retry);
  }

  /** Makes rounds smaller or larger, and the wait after a failure shorter or longer. */
  public KafkaSinkOptions rounds(int mostMessages, Duration wait) {
    return new KafkaSinkOptions(cursor, producer, messages, reader, topics, mostMessages, wait);
  }

  /** Without Kafka's settings, which may hold passwords. */
  @Override
  public String toString() {
    return "KafkaSinkOptions[cursor="
        + cursor
        + ", prefix="
        + messages.prefix()
        + ", servers="
        + producer.get("bootstrap.servers")
        + "]";
  }

  /** The name under which Kafka fences former owners off, and of the group that holds the position. */
  String identity() {
    return messages.prefix() + "-" + cursor;
  }
}
