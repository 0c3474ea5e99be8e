package dev.turso.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.turso.Database;
import dev.turso.Options;
import dev.turso.Rows;
import dev.turso.Session;
import dev.turso.Statement;
import dev.turso.error.BusyException;
import dev.turso.vfs.SimulatedFileSystem;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A commit over two files of which another process reads one. */
class MultiFileCommitBusyTest {

  @ParameterizedTest
  @CsvSource({"WAL, DELETE", "DELETE, WAL", "MEMORY, DELETE", "PERSIST, TRUNCATE"})
  void aCommitThatIsRefusedHasCommittedNeitherFile(String mainMode, String otherMode) {
    SimulatedFileSystem disk = new SimulatedFileSystem();
    try (Database writers = Database.open(disk.newProcess(), List.of(), "/a", Options.DEFAULT);
        Session writer = writers.connect();
        Database readers = Database.open(disk.newProcess(), List.of(), "/a", Options.DEFAULT);
        Session reader = readers.connect()) {
      for (String each : List.of("main", "other")) {
        if (each.equals("other")) {
          writer.execute("ATTACH '/b' AS other");
        }
        String mode = each.equals("main") ? mainMode : otherMode;
        writer.execute("PRAGMA " + each + ".journal_mode=" + mode);
        writer.execute("CREATE TABLE " + each + ".t(x); INSERT INTO " + each + ".t VALUES(0)");
      }
      reader.execute("ATTACH '/b' AS other; BEGIN");
      assertThat(sums(reader)).isEqualTo("0 0");
      writer.execute("BEGIN; UPDATE main.t SET x = 1; UPDATE other.t SET x = 1");
      assertThatThrownBy(() -> writer.execute("COMMIT")).isInstanceOf(BusyException.class);
      assertThat(writer.autoCommit()).isFalse();
      reader.execute("ROLLBACK");
      assertThat(sums(reader)).isEqualTo("0 0");
      writer.execute("COMMIT");
      assertThat(sums(reader)).isEqualTo("1 1");
    }
  }

  private static String sums(Session session) {
    String sql = "SELECT (SELECT sum(x) FROM main.t) || ' ' || (SELECT sum(x) FROM other.t)";
    try (Statement statement = session.prepare(sql);
        Rows rows = statement.query()) {
      rows.next();
      return rows.getText(0);
    }
  }
}
