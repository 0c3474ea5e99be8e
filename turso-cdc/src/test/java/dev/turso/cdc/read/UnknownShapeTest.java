package dev.turso.cdc.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.turso.Database;
import dev.turso.Options;
import dev.turso.Session;
import dev.turso.cdc.debezium.DebeziumEncoder;
import dev.turso.cdc.debezium.DebeziumOptions;
import dev.turso.cdc.record.TableShape;
import dev.turso.value.Value;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A row whose columns are not known is an error wherever it gets to, and never left out. */
class UnknownShapeTest {

  private static void assertUnknown(ThrowingCallable work) {
    assertThatThrownBy(work)
        .isInstanceOfSatisfying(
            ChangeLogException.class,
            e -> assertThat(e.reason()).isEqualTo(ChangeLogException.Reason.UNKNOWN_SHAPE))
        .hasMessageContaining("t");
  }

  @Test
  void ofALoggedRowStopsItsReaderEachTime() throws Exception {
    try (Database database = Database.open(":memory:", Options.DEFAULT);
        Session session = database.connect()) {
      session.execute(
          """
          CREATE TABLE t (id INTEGER PRIMARY KEY, a);
          CREATE TABLE u (id INTEGER PRIMARY KEY, a);
          PRAGMA turso_capture = 'full';
          INSERT INTO u VALUES (1, 1);
          INSERT INTO t VALUES (1, 1);
          INSERT INTO u VALUES (2, 2);
          DELETE FROM turso_cdc_schema WHERE table_name = 't'\
          """);
      try (ChangeLog log = ChangeLog.of(database)) {
        try (ChangeReader reader = log.reader("all", ReaderOptions.DEFAULT)) {
          for (int i = 0; i < 2; i++) {
            assertUnknown(() -> pollAll(reader));
          }
        }
        try (ChangeReader reader = log.reader("u", ReaderOptions.DEFAULT.tables("u"))) {
          assertThat(pollAll(reader)).isEqualTo(2);
        }
      }
    }
  }

  private static int pollAll(ChangeReader reader) throws InterruptedException {
    int changes = 0;
    ChangeBatch batch;
    while ((batch = reader.poll(Duration.ZERO)) != null) {
      changes += batch.changes().size();
    }
    return changes;
  }

  private static ChangeBatch insertWith(@Nullable TableShape shape) {
    ChangeRecord change =
        new ChangeRecord(
            7, ChangeKind.INSERT, "t", Value.integer(1), shape, null, new byte[] {2, 9}, null);
    return new ChangeBatch(
        new LogPosition(1, 7), 7, true, true, false, Instant.EPOCH, null, List.of(change));
  }

  @Test
  void isNoMessageOfDebeziums() {
    DebeziumEncoder encoder = new DebeziumEncoder(DebeziumOptions.of("app"));
    assertUnknown(() -> encoder.encode(insertWith(null)));
    TableShape notUnderstood =
        new TableShape(1, 1, 1, "t", "CREATE TABLE t OF THE FUTURE", List.of("a"), new int[] {1});
    assertUnknown(() -> encoder.encode(insertWith(notUnderstood)));
  }

  @Test
  void isNotApplied() {
    try (Database database = Database.open(":memory:", Options.DEFAULT);
        Session session = database.connect();
        ChangeApplier applier = new ChangeApplier(session)) {
      assertUnknown(() -> applier.apply(insertWith(null)));
    }
  }
}
