package dev.turso.cdc.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.turso.Database;
import dev.turso.Options;
import dev.turso.Rows;
import dev.turso.Session;
import dev.turso.Statement;
import dev.turso.cdc.retention.RetentionPolicy;
import dev.turso.error.SqlException;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A limit in bytes keeps a reader that is dead from filling the disk. */
class RetentionByBytesTest {

  /** What the log may have beyond its limit: a megabyte is written between two sweeps. */
  private static final long STEP = (1 << 20) + 8192;

  /** What each row of a table costs in a leaf beside its record. */
  private static final int OVERHEAD = 10;

  private Database database;
  private Session session;
  private ChangeLog log;

  @BeforeEach
  void open() {
    database = Database.open(":memory:", Options.DEFAULT);
    session = database.connect();
    session.execute("CREATE TABLE t (id INTEGER PRIMARY KEY, a); PRAGMA turso_capture = 'full'");
    log = ChangeLog.of(database);
  }

  @AfterEach
  void close() {
    log.close();
    session.close();
    database.close();
  }

  private long number(String sql) {
    try (Statement statement = session.prepare(sql);
        Rows rows = statement.query()) {
      return rows.next() ? rows.getLong(0) : -1;
    }
  }

  private long imageBytes() {
    return number(
        "SELECT total(coalesce(length(\"before\"), 0) + coalesce(length(\"after\"), 0))"
            + " FROM turso_cdc");
  }

  private void write(int from, int count, int bytes) {
    for (int i = from; i < from + count; i++) {
      session.execute("INSERT INTO t VALUES (" + i + ", zeroblob(" + bytes + "))");
    }
  }

  @Test
  void theLogStaysWithinItAndTheDeadReaderIsToldSo() throws Exception {
    session.execute("PRAGMA turso_capture_retention = 'limit_bytes=512kb'");
    log.reader("dead", ReaderOptions.DEFAULT).close();
    write(0, 800, 20_000);
    assertThat(imageBytes()).isBetween(300_000L, (512 << 10) + STEP);
    long pages = number("PRAGMA page_count") - number("PRAGMA freelist_count");
    session.execute("DELETE FROM t; PRAGMA turso_capture_prune");
    assertThat(imageBytes()).isLessThan(512 << 10);
    assertThat(pages * 4096).isLessThan(800 * 20_500 + 2 * ((512 << 10) + STEP));

    assertThat(log.cursors().getFirst().state()).isEqualTo(CursorStatus.State.FAILED);
    try (ChangeReader reader = log.reader("dead", ReaderOptions.DEFAULT)) {
      assertThatThrownBy(() -> reader.poll(Duration.ZERO))
          .isInstanceOf(ChangeLogException.class)
          .hasMessageContaining("removed by the limit");
    }
  }

  @Test
  void rowsAreCountedOnceWhoeverWroteThem() {
    RetentionPolicy all = RetentionPolicy.CURSORS.keeping(Duration.ZERO, 1L << 40);
    log.retention(all.limitBytes(1L << 30));
    for (int i = 0; i < 5; i++) {
      write(i * 10, 10, 100);
      log.prune();
      assertCounted();
    }
    session.execute(
        "DELETE FROM turso_cdc WHERE change_id < (SELECT max(change_id) - 20 FROM turso_cdc)");
    write(100, 3, 10_000);
    log.prune();
    assertCounted();
    log.retention(all.limitBytes(15_000L));
    log.prune();
    assertThat(counted()).isLessThan(15_000);
    assertCounted();
  }

  private long counted() {
    return number(
        "SELECT substr(value, instr(value, ' ') + instr(substr(value, instr(value, ' ') + 1), ' ')"
            + " + 1) FROM turso_cdc_settings WHERE name = 'size'");
  }

  /** The number that is kept is about that of the rows: their values, and some bytes for each. */
  private void assertCounted() {
    long rows = number("SELECT count(*) FROM turso_cdc");
    assertThat(counted() - imageBytes()).isBetween(rows * OVERHEAD, rows * (OVERHEAD + 40));
  }

  @Test
  void isReadAsItIsWritten() {
    session.execute("PRAGMA turso_capture_retention = 'keep_age=1d, limit_bytes = 2 GB'");
    assertThat(
            number(
                "SELECT count(*) FROM turso_cdc_settings WHERE value LIKE '%limit_bytes=2147483648'"))
        .isEqualTo(1);
    assertThatThrownBy(
            () -> session.execute("PRAGMA turso_capture_retention = 'limit_bytes=9999999999gb'"))
        .isInstanceOf(SqlException.class);
  }
}
