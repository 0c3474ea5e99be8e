package dev.turso;

import static org.assertj.core.api.Assertions.assertThat;

import dev.turso.change.ChangeCursor;
import dev.turso.change.CommitListener;
import dev.turso.change.CommittedChanges;
import dev.turso.schema.Table;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Walks one commit from the row that is written to the listener that is told. */
class TourOfACommitTest {

  @TempDir Path folder;

  /** Remembers what it is told, as text. */
  private static final class Told implements CommitListener {

    private final List<String> commits = new CopyOnWriteArrayList<>();

    @Override
    public boolean wants(Table table) {
      return table.name().equals("t");
    }

    @Override
    public void committed(CommittedChanges commit) {
      List<String> rows = new ArrayList<>();
      ChangeCursor cursor = commit.changes().cursor();
      while (cursor.next()) {
        rows.add(cursor.change().operation() + " " + cursor.change().origin());
      }
      commits.add(rows.toString());
    }
  }

  @Test
  void aRowIsCapturedMadeDurablePublishedAndTold() throws Exception {
    Path file = folder.resolve("tour.db");
    Told told = new Told();
    try (Database database = Database.open(file.toString(), Options.DEFAULT);
        Session session = database.connect()) {
      session.execute("PRAGMA journal_mode = wal");
      session.execute("CREATE TABLE t (a); CREATE TABLE other (a)");
      session.execute(
          "CREATE TRIGGER tr AFTER INSERT ON t WHEN NEW.a < 2 BEGIN"
              + " INSERT INTO t VALUES (NEW.a + 1); END");
      long walBefore = Files.size(folder.resolve("tour.db-wal"));
      try (var subscription = database.changes().subscribe(told)) {
        // 1 The row-write primitive records rows of tables that somebody reads, in the order
        // written.
        session.execute("BEGIN; INSERT INTO other VALUES (0); INSERT INTO t VALUES (1)");
        // A savepoint's rollback truncates the change set to its mark.
        session.execute("SAVEPOINT s; DELETE FROM t; ROLLBACK TO s");
        assertThat(told.commits).as("nothing is told before the commit").isEmpty();
        // 2 Frames are appended, made durable and published.
        session.execute("COMMIT");
        assertThat(Files.size(folder.resolve("tour.db-wal"))).isGreaterThan(walBefore);
        // 3 The dispatcher hands out the change set with its position.
        assertThat(database.changes().awaitDelivered(session.lastCommit(), 10_000)).isTrue();
        assertThat(told.commits).containsExactly("[INSERT STATEMENT, INSERT TRIGGER]");
      }
    }
  }
}
