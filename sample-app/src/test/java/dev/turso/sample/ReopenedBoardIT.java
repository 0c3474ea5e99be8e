package dev.turso.sample;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A clean close and a new start: the views are there, and nothing was done for it. */
class ReopenedBoardIT {

  private static final List<String> VIEWS =
      List.of("airport_board", "busiest_route", "worst_delay", "departures_by_hour");

  @TempDir Path folder;

  @Test
  void aCleanReopeningRebuildsNothing() throws Exception {
    Path file = folder.resolve("reopened.db");
    Map<String, List<Map<String, Object>>> rows = new LinkedHashMap<>();
    Map<String, Long> usual;
    try (BoardFile board = BoardFile.create(file)) {
      board.playUntil(1_000);
      land(board, 21);
      land(board, 22);
      usual = board.rowsTouched();
      VIEWS.forEach(view -> rows.put(view, rowsOf(board, view)));
    }
    String closed = digest(file);
    assertThat(folder.resolve("reopened.db-wal")).doesNotExist();

    try (BoardFile board = BoardFile.open(file)) {
      VIEWS.forEach(view -> assertThat(rowsOf(board, view)).as(view).isEqualTo(rows.get(view)));
      assertThat(board.rowsTouched()).as("rows touched by maintenance").hasSize(VIEWS.size());
      assertThat(board.rowsTouched().values()).containsOnly(0L);
      VIEWS.forEach(view -> assertThat(plan(board, view)).as("read from its table").contains(view));
      assertThat(digest(file)).as("the file as it was closed").isEqualTo(closed);
      assertThat(size(folder.resolve("reopened.db-wal"))).as("nothing in the log").isZero();

      land(board, 21);
      assertThat(board.rowsTouched()).as("the first commit costs what any does").isEqualTo(usual);
      assertThat(board.checkedViews().values()).containsOnly("ok");
    }
  }

  private static void land(BoardFile board, int delay) {
    assertThat(board.jdbc.sql("UPDATE flight SET delay = ? WHERE id = 1").param(delay).update())
        .isEqualTo(1);
  }

  private static List<Map<String, Object>> rowsOf(BoardFile board, String view) {
    return board.jdbc.sql("SELECT * FROM " + view).query().listOfRows();
  }

  private static String plan(BoardFile board, String view) {
    return board
        .jdbc
        .sql("EXPLAIN QUERY PLAN SELECT * FROM " + view)
        .query()
        .listOfRows()
        .toString();
  }

  private static long size(Path file) throws Exception {
    return Files.exists(file) ? Files.size(file) : 0;
  }

  private static String digest(Path file) throws Exception {
    return HexFormat.of()
        .formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file)));
  }
}
