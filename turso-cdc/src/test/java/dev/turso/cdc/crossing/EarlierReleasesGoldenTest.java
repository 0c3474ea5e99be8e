package dev.turso.cdc.crossing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.turso.Database;
import dev.turso.Options;
import dev.turso.Session;
import dev.turso.cdc.read.ChangeApplier;
import dev.turso.cdc.read.ChangeLog;
import dev.turso.cdc.read.LogPosition;
import dev.turso.cdc.read.ReaderOptions;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The contract: files of every layout of side tables that was ever written are opened and go on, and those
 * of a newer one are refused by name. A layout that changes leaves the file of the one before here.
 */
class EarlierReleasesGoldenTest {

  private static final String NEWEST = "views-3-log-v2.sqlite";

  @TempDir Path folder;

  private Path copy(String name) throws Exception {
    Path file = folder.resolve(name);
    try (InputStream in = EarlierReleasesGoldenTest.class.getResourceAsStream("releases/" + name)) {
      assertThat(in).isNotNull();
      Files.copy(in, file);
    }
    return file;
  }

  private static Database open(Path file) {
    return Database.open(file.toString(), Options.DEFAULT);
  }

  @ParameterizedTest
  @ValueSource(strings = {NEWEST})
  void viewsAndLogGoOn(String name) throws Exception {
    try (Database database = open(copy(name));
        Session session = database.connect()) {
      assertThat(Sql.texts(session, "SELECT hall || ' ' || flights || ' ' || seats FROM per_hall"))
          .containsExactlyInAnyOrder("A 2 110", "B 1 50");
      assertViewsHold(session);
      session.execute("INSERT INTO flight VALUES (5, 'B1', '07:00', 5, 'Bob')");
      session.execute("UPDATE gate SET hall = 'C' WHERE name = 'A1'");
      assertThat(Sql.texts(session, "SELECT hall FROM busy ORDER BY hall"))
          .containsExactly("B", "C");
      assertThat(Sql.texts(session, "SELECT id || ' ' || at FROM next ORDER BY at"))
          .containsExactly("5 07:00", "4 08:00");
      assertViewsHold(session);
      try (Database replica = Database.open(":memory:", Options.DEFAULT);
          Session target = replica.connect();
          ChangeLog log = ChangeLog.of(database)) {
        ChangeApplier applier = new ChangeApplier(target);
        log.replay(
            LogPosition.START,
            ReaderOptions.DEFAULT,
            batch -> {
              applier.apply(batch);
              return true;
            });
        applier.finish();
        String flights = "SELECT id || gate || at || seats || ifnull(pilot, '-') FROM flight";
        assertThat(Sql.texts(target, flights)).isEqualTo(Sql.texts(session, flights)).hasSize(4);
        assertViewsHold(target);
      }
    }
  }

  private static void assertViewsHold(Session session) {
    assertThat(Sql.texts(session, "PRAGMA integrity_check")).containsExactly("ok");
    assertThat(Sql.texts(session, "SELECT name FROM turso_views WHERE status <> 'current'"))
        .isEmpty();
  }

  @Test
  void theStateOfAnOlderLayoutIsBuiltAnew() throws Exception {
    assumeTrue(NativeCheck.isPossible(), "needs the sqlite3 shell");
    Path file = copy(NEWEST);
    NativeCheck.shell(file, "UPDATE turso_views SET format = 2");
    try (Database database = open(file);
        Session session = database.connect()) {
      assertThat(Sql.texts(session, "SELECT seats FROM per_hall WHERE hall = 'A'"))
          .containsExactly("110");
      session.execute("INSERT INTO flight VALUES (5, 'A1', '07:00', 5, 'Bob')");
      assertThat(Sql.texts(session, "SELECT seats FROM per_hall WHERE hall = 'A'"))
          .containsExactly("115");
      assertThat(Sql.texts(session, "SELECT DISTINCT format FROM turso_views"))
          .containsExactly("3");
      assertViewsHold(session);
    }
  }

  @Test
  void aViewOverAViewThatComparedOtherwiseIsReadAsItsQueryAndBuiltAnew() throws Exception {
    assumeTrue(NativeCheck.isPossible(), "needs the sqlite3 shell");
    Path file = folder.resolve("over.db");
    try (Database database = open(file);
        Session session = database.connect()) {
      session.execute("CREATE TABLE t(a INT)");
      session.execute("INSERT INTO t VALUES (1), (2)");
      session.execute("CREATE MATERIALIZED VIEW low AS SELECT a, CAST(a AS TEXT) AS b FROM t");
      session.execute("CREATE MATERIALIZED VIEW high AS SELECT a FROM low WHERE b = 2");
    }
    // What an earlier build left: its stamp, and rows found by comparing b as having no type.
    NativeCheck.shell(
        file,
        "UPDATE turso_views SET stamp = replace(stamp, ' -- compared as its query', '');"
            + " DROP TRIGGER turso_guard_delete_high; DELETE FROM high");
    try (Database database = open(file);
        Session session = database.connect()) {
      assertThat(Sql.texts(session, "SELECT a FROM high")).containsExactly("2");
      session.execute("INSERT INTO t VALUES (3)");
      assertThat(Sql.texts(session, "SELECT a FROM high")).containsExactly("2");
      assertThat(Sql.texts(session, "SELECT name FROM turso_views WHERE stamp LIKE '%compared%'"))
          .containsExactly("high");
    }
  }

  @Test
  void theOneOfANewerReleaseIsRefusedNamingIt() throws Exception {
    assumeTrue(NativeCheck.isPossible(), "needs the sqlite3 shell");
    Path views = copy(NEWEST);
    NativeCheck.shell(views, "UPDATE turso_views SET format = 4");
    try (Database database = open(views);
        Session session = database.connect()) {
      assertThatThrownBy(() -> session.execute("INSERT INTO gate VALUES ('Z', 'Z')"))
          .hasMessageContaining("was written by a newer release: it has format 4");
      assertThatThrownBy(() -> Sql.texts(session, "SELECT * FROM per_hall"))
          .hasMessageContaining("this release knows formats up to 3");
    }
  }
}
