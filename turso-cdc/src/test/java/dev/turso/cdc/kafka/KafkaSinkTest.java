package dev.turso.cdc.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import dev.turso.Database;
import dev.turso.Options;
import dev.turso.Session;
import dev.turso.cdc.debezium.DebeziumOptions;
import dev.turso.cdc.read.ChangeLog;
import dev.turso.cdc.read.ChangeLogException;
import dev.turso.cdc.read.LogPosition;
import dev.turso.cdc.read.ReaderOptions;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.kafka.test.EmbeddedKafkaKraftBroker;

/** What arrives in Kafka, whatever the sink goes through. */
class KafkaSinkTest {

  private static final Duration LONG = Duration.ofSeconds(90);
  private static final int STEPS = 16;

  /** Every how many steps the sink is killed; {@code -Dturso.kafka.stride=1} kills it at each. */
  private static final int STRIDE = Integer.getInteger("turso.kafka.stride", 2);

  private static final Pattern CHANGE = Pattern.compile("\"change_id\":(\\d+),");

  private static EmbeddedKafkaKraftBroker broker;

  @TempDir Path folder;

  @BeforeAll
  static void startBroker() {
    broker = new EmbeddedKafkaKraftBroker(1, 1);
    broker.brokerProperties(
        Map.of(
            "transaction.state.log.num.partitions", "1",
            "transaction.state.log.replication.factor", "1",
            "transaction.state.log.min.isr", "1",
            "offsets.topic.num.partitions", "1",
            "group.initial.rebalance.delay.ms", "0"));
    broker.afterPropertiesSet();
  }

  @AfterAll
  static void stopBroker() {
    broker.destroy();
  }

  private static KafkaSinkOptions options(String prefix) {
    return KafkaSinkOptions.of(broker.getBrokersAsString(), prefix)
        .messages(DebeziumOptions.of(prefix).withoutTransactions())
        .reader(ReaderOptions.DEFAULT.lease(Duration.ofMillis(200)))
        .rounds(3, Duration.ofMillis(20));
  }

  private Database open() {
    return Database.open(
        folder.resolve("db").toString(),
        Options.DEFAULT.withJournalMode("wal").withBusyTimeout(60_000));
  }

  private static void prepare(Session session) {
    session.execute(
        """
        CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT);
        PRAGMA turso_capture = 'full'\
        """);
  }

  private static void awaitAll(Database database, KafkaSink sink) throws InterruptedException {
    try (ChangeLog log = ChangeLog.of(database)) {
      assertThat(sink.await(log.newest(), LONG)).as("%s", sink.trouble()).isTrue();
    }
  }

  /** Everything committed in a topic, in order. */
  private static List<ConsumerRecord<byte[], byte[]>> read(String topic) {
    Map<String, Object> settings = new HashMap<>();
    settings.put("bootstrap.servers", broker.getBrokersAsString());
    settings.put("isolation.level", "read_committed");
    List<ConsumerRecord<byte[], byte[]>> all = new ArrayList<>();
    TopicPartition only = new TopicPartition(topic, 0);
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      consumer.assign(List.of(only));
      consumer.seekToBeginning(List.of(only));
      long end = consumer.endOffsets(List.of(only)).get(only);
      while (consumer.position(only) < end) {
        consumer.poll(Duration.ofMillis(200)).records(only).forEach(all::add);
      }
    }
    return all;
  }

  private static String text(byte[] bytes) {
    return bytes == null ? null : new String(bytes, StandardCharsets.UTF_8);
  }

  private static List<Long> changes(String topic) {
    List<Long> ids = new ArrayList<>();
    for (ConsumerRecord<byte[], byte[]> each : read(topic)) {
      Matcher change = CHANGE.matcher(String.valueOf(text(each.value())));
      if (change.find()) {
        ids.add(Long.parseLong(change.group(1)));
      }
    }
    return ids;
  }

  @Test
  void aSnapshotThenChangesAndTombstonesUnderTheNamesOfTheTables() throws Exception {
    try (Database database = open();
        Session session = database.connect()) {
      prepare(session);
      session.execute("INSERT INTO t VALUES (1, 'one')");
      KafkaSinkOptions options =
          options("first")
              .reader(ReaderOptions.DEFAULT.from(ReaderOptions.Start.SNAPSHOT))
              .topics(topic -> topic.replace(".main.", ".public."));
      try (KafkaSink sink = KafkaSink.start(database, options)) {
        awaitAll(database, sink);
        session.execute(
            "UPDATE t SET a = 'uno'; DELETE FROM t; CREATE TABLE u(x); INSERT INTO u VALUES (7)");
        awaitAll(database, sink);
        assertThat(sink.state()).isEqualTo(KafkaSink.State.SENDING);
      }
    }
    List<String> seen = new ArrayList<>();
    for (ConsumerRecord<byte[], byte[]> each : read("first.public.t")) {
      String value = text(each.value());
      seen.add(
          text(each.key())
              + " "
              + (value == null ? "tombstone" : value.replaceAll(".*\"op\":\"(.)\".*", "$1")));
    }
    assertThat(seen)
        .containsExactly("{\"id\":1} r", "{\"id\":1} u", "{\"id\":1} d", "{\"id\":1} tombstone");
    assertThat(read("first.public.u")).hasSize(1);
    assertThat(text(read("first").get(0).value())).contains("CREATE TABLE u(x)");
  }

  /** Dies without a word after so many steps. */
  private static final class Killed implements TopicWriter {
    private final TopicWriter real;
    private final int[] steps;

    private Killed(TopicWriter real, int[] steps) {
      this.real = real;
      this.steps = steps;
    }

    static Factory after(int steps) {
      int[] left = {steps};
      return options -> {
        step(left);
        return new Killed(
            TransactionalTopics.open(
                options, settings -> DyingProducer.of(settings, () -> step(left))),
            left);
      };
    }

    private static void step(int[] left) {
      if (left[0]-- <= 0) {
        throw new AssertionError("killed");
      }
    }

    @Override
    public LogPosition position() {
      return real.position();
    }

    @Override
    public void write(List<dev.turso.cdc.debezium.DebeziumMessage> messages, LogPosition after) {
      step(steps);
      real.write(messages, after);
      step(steps);
    }

    @Override
    public void close() {
      real.close();
    }
  }

  @Test
  void killedAtEveryStepEachChangeArrivesOnceAndInOrder() throws Exception {
    List<KafkaSink> dead = new ArrayList<>();
    try (Database database = open();
        Session session = database.connect()) {
      prepare(session);
      int row = 0;
      for (int step = STRIDE - 1; step < STEPS; step += STRIDE) {
        for (int i = 0; i < 2; i++) {
          session.execute("INSERT INTO t VALUES (" + ++row + ", 'x')");
        }
        KafkaSink sink = KafkaSink.start(database, options("killed"), Killed.after(step));
        dead.add(sink);
        long deadline = System.nanoTime() + LONG.toNanos();
        while (sink.failure() == null && System.nanoTime() < deadline && !hasAll(database, sink)) {
          Thread.sleep(5);
        }
      }
      try (KafkaSink last = KafkaSink.start(database, options("killed"))) {
        awaitAll(database, last);
      }
      List<Long> expected = new ArrayList<>();
      try (ChangeLog log = ChangeLog.of(database)) {
        log.replay(
            LogPosition.START,
            ReaderOptions.DEFAULT.tables("t"),
            batch -> {
              batch.changes().stream()
                  .filter(each -> each.table().equals("t"))
                  .forEach(each -> expected.add(each.id()));
              return true;
            });
      }
      assertThat(changes("killed.main.t")).hasSize(row).isEqualTo(expected);
      assertThat(dead)
          .filteredOn(each -> each.failure() != null)
          .hasSizeGreaterThan(STEPS / STRIDE / 2);
      dead.forEach(KafkaSink::close);
    }
  }

  private static boolean hasAll(Database database, KafkaSink sink) {
    try (ChangeLog log = ChangeLog.of(database)) {
      LogPosition sent = sink.position();
      return sent != null && sent.change() >= log.newest().change();
    }
  }

  @Test
  void aSecondSinkTakesOverWithoutLossOrRepetition() throws Exception {
    try (Database database = open();
        Session session = database.connect()) {
      prepare(session);
      KafkaSink first = KafkaSink.start(database, options("pair"));
      session.execute("INSERT INTO t VALUES (1, 'x')");
      awaitAll(database, first);
      try (KafkaSink second = KafkaSink.start(database, options("pair"))) {
        session.execute("INSERT INTO t VALUES (2, 'x')");
        awaitAll(database, first);
        assertThat(second.state()).isEqualTo(KafkaSink.State.WAITING);
        first.close();
        session.execute("INSERT INTO t VALUES (3, 'x')");
        awaitAll(database, second);
      }
    }
    assertThat(changes("pair.main.t")).hasSize(3).doesNotHaveDuplicates().isSorted();
  }

  @Test
  void aDatabasePutBackToAnOlderStateStopsTheSink() throws Exception {
    Path file = folder.resolve("db");
    try (Database database = open();
        Session session = database.connect()) {
      prepare(session);
      session.execute("INSERT INTO t VALUES (1, 'x')");
      try (KafkaSink sink = KafkaSink.start(database, options("back"))) {
        awaitAll(database, sink);
      }
    }
    byte[] older = Files.readAllBytes(file);
    try (Database database = open();
        Session session = database.connect()) {
      session.execute("INSERT INTO t VALUES (2, 'x')");
      try (KafkaSink sink = KafkaSink.start(database, options("back"))) {
        awaitAll(database, sink);
      }
    }
    Files.write(file, older);
    try (Database database = open();
        Session session = database.connect()) {
      session.execute("INSERT INTO t VALUES (3, 'x'), (4, 'x'), (5, 'x')");
      try (KafkaSink sink = KafkaSink.start(database, options("back"))) {
        long deadline = System.nanoTime() + LONG.toNanos();
        while (sink.failure() == null && System.nanoTime() < deadline) {
          Thread.sleep(5);
        }
        assertThat(sink.failure())
            .as("%s at %s, %s", sink.state(), sink.position(), sink.trouble())
            .isInstanceOfSatisfying(
                ChangeLogException.class,
                e ->
                    assertThat(e.reason())
                        .isIn(
                            ChangeLogException.Reason.UNKNOWN_POSITION,
                            ChangeLogException.Reason.NOT_RETAINED));
      }
    }
    assertThat(changes("back.main.t")).hasSize(2);
  }
}
