package dev.turso.cdc.crossing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.turso.Database;
import dev.turso.Options;
import dev.turso.Session;
import dev.turso.vfs.FileSystem;
import dev.turso.vfs.MemoryFileSystem;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a state leaves out of account, and what it does not. */
class DatabaseStateTest {

  private static final String EPOCHS =
      "SELECT DISTINCT hex(substr(\"after\", 1, 12)) FROM turso_cdc WHERE change_type = 2";

  @Test
  void anotherEpochChangesNothingElseAndNoRootPage() {
    CrashPlan plan = CrashPlan.of(20779, 60);
    try (Database first = Database.open(numbered(1), "/db", Options.DEFAULT);
        Session one = connect(first);
        Database second = Database.open(numbered(2), "/db", Options.DEFAULT);
        Session other = connect(second)) {
      for (int i = 0; i < plan.steps().size(); i++) {
        CrossingScript.run(one, plan.steps().get(i));
        CrossingScript.run(other, plan.steps().get(i));
        assertThat(DatabaseState.of(other).differences(DatabaseState.of(one)))
            .as("after step " + (i + 1) + " " + plan.steps().get(i))
            .isEmpty();
      }
      assertThat(Sql.texts(other, EPOCHS)).isNotEqualTo(Sql.texts(one, EPOCHS));
    }
  }

  @Test
  void theEpochIsAsTheFileSystemHasIt() {
    assertThat(epoch(1)).isEqualTo(epoch(1)).isNotEqualTo(epoch(2));
  }

  private static long epoch(long seed) {
    try (Database database = Database.open(numbered(seed), "/db", Options.DEFAULT)) {
      return database.position().epoch();
    }
  }

  /** A file system whose numbers are always the same. */
  private static FileSystem numbered(long seed) {
    return new FaultyFileSystem(
        new MemoryFileSystem(), (operation, path, count) -> false, new SplittableRandom(seed));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "CREATE TABLE t(a, b); CREATE INDEX i ON t(a)",
        "CREATE TABLE u(a); CREATE INDEX i ON u(a)",
        "CREATE TABLE t(a); CREATE INDEX j ON t(a)",
        "CREATE VIEW t AS SELECT 1 AS a; CREATE TABLE i(a)",
        "CREATE TABLE t(a); CREATE INDEX i ON t(a); ALTER TABLE t RENAME TO u"
      })
  void anyOtherPartOfALoggedDefinitionIsADifference(String definitions) {
    assertThat(log(definitions).differences(log("CREATE TABLE t(a); CREATE INDEX i ON t(a)")))
        .contains("turso_cdc");
  }

  @Test
  void theNewTextOfAChangedDefinitionIsADifference() {
    String table = "CREATE TABLE t(a); ALTER TABLE t ADD COLUMN ";
    assertThat(log(table + "b").differences(log(table + "c"))).contains("turso_cdc");
    assertThat(log(table + "b").differences(log(table + "b"))).isEmpty();
  }

  private static DatabaseState log(String definitions) {
    try (Database database = Database.open(":memory:", Options.DEFAULT);
        Session session = connect(database)) {
      session.execute("PRAGMA turso_capture = 'full'");
      session.execute(definitions);
      return DatabaseState.of(session);
    }
  }

  private static Session connect(Database database) {
    Session session = database.connect();
    session.execute("PRAGMA foreign_keys = ON");
    return session;
  }
}
