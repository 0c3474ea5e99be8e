package dev.turso.cdc.kafka;

import dev.turso.cdc.debezium.DebeziumMessage;
import dev.turso.cdc.read.LogPosition;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.function.Function;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListConsumerGroupOffsetsOptions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/**
 * A transactional producer of Kafka's. The position is the metadata of an offset that is committed in
 * the same transaction, in a group that nobody consumes with, for the topic of definitions.
 */
final class TransactionalTopics implements TopicWriter {

  private static final Duration SOON = Duration.ofSeconds(5);

  private final KafkaSinkOptions options;
  private final Producer<byte[], byte[]> producer;
  private final ConsumerGroupMetadata group;
  private final TopicPartition anchor;
  private @Nullable LogPosition position;

  private TransactionalTopics(
      KafkaSinkOptions options, Function<Map<String, Object>, Producer<byte[], byte[]>> producers) {
    this.options = options;
    this.group = group(options.identity());
    this.anchor = new TopicPartition(options.topics().apply(options.messages().prefix()), 0);
    this.producer = producers.apply(settings(options));
  }

  /** Nobody consumes in the group, so that no consumer can be asked for this. */
  @SuppressWarnings("removal")
  private static ConsumerGroupMetadata group(String name) {
    return new ConsumerGroupMetadata(name);
  }

  static TopicWriter open(KafkaSinkOptions options) {
    return open(
        options,
        settings ->
            new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer()));
  }

  /**
   * @param producers makes a producer of settings
   */
  static TopicWriter open(
      KafkaSinkOptions options, Function<Map<String, Object>, Producer<byte[], byte[]>> producers) {
    TransactionalTopics topics = new TransactionalTopics(options, producers);
    boolean done = false;
    try {
      topics.producer.initTransactions();
      topics.readPosition();
      done = true;
      return topics;
    } finally {
      if (!done) {
        topics.close();
      }
    }
  }

  private static Map<String, Object> settings(KafkaSinkOptions options) {
    Map<String, Object> all = new HashMap<>(options.producer());
    all.put("transactional.id", options.identity());
    all.put("enable.idempotence", true);
    all.put("acks", "all");
    all.putIfAbsent("linger.ms", 5);
    all.putIfAbsent("client.id", options.identity());
    return all;
  }

  private void readPosition() {
    try (Admin admin = Admin.create(new HashMap<>(options.producer()))) {
      NewTopic definitions = new NewTopic(anchor.topic(), Optional.of(1), Optional.empty());
      try {
        get(admin.createTopics(List.of(definitions)).all());
      } catch (TopicExistsException e) {
        // As it is from the second time on.
        position = null;
      }
      Map<TopicPartition, OffsetAndMetadata> offsets =
          get(
              admin
                  .listConsumerGroupOffsets(
                      options.identity(), new ListConsumerGroupOffsetsOptions().requireStable(true))
                  .partitionsToOffsetAndMetadata());
      OffsetAndMetadata stored = offsets.get(anchor);
      position = stored == null ? null : LogPosition.parse(stored.metadata());
    }
  }

  private static <T> T get(Future<T> future) {
    try {
      return future.get();
    } catch (InterruptedException e) {
      throw new InterruptException(e);
    } catch (ExecutionException e) {
      throw e.getCause() instanceof KafkaException cause ? cause : new KafkaException(e.getCause());
    }
  }

  @Override
  public @Nullable LogPosition position() {
    return position;
  }

  @Override
  public void write(List<DebeziumMessage> messages, @Nullable LogPosition after) {
    producer.beginTransaction();
    List<Future<RecordMetadata>> sent = new ArrayList<>(messages.size());
    for (DebeziumMessage each : messages) {
      sent.add(producer.send(record(each)));
    }
    if (after != null) {
      producer.sendOffsetsToTransaction(
          Map.of(anchor, new OffsetAndMetadata(after.change(), after.toString())), group);
    }
    producer.commitTransaction();
    for (Future<RecordMetadata> each : sent) {
      get(each);
    }
    position = after == null ? position : after;
  }

  private ProducerRecord<byte[], byte[]> record(DebeziumMessage message) {
    RecordHeaders headers = new RecordHeaders();
    message.headers().forEach(headers::add);
    return new ProducerRecord<>(
        options.topics().apply(message.topic()), null, message.key(), message.value(), headers);
  }

  /** A transaction that is open is aborted by whoever comes next under the same name, or by its timeout. */
  @Override
  public void close() {
    producer.close(SOON);
  }
}
