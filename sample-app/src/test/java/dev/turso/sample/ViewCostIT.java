package dev.turso.sample;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a commit costs the board's views, counted in rows that their operators touch. */
class ViewCostIT {

  private static final List<String> VIEWS =
      List.of("airport_board", "busiest_route", "worst_delay", "departures_by_hour");

  /** One flight's life, each step a commit of one row: it also enters the ten worst and leaves them. */
  private static final List<String> LIFE =
      List.of(
          "INSERT INTO flight VALUES (900001, '2001-02-01 08:00', NULL, 'ORD', 'DTW', 235, NULL)",
          "UPDATE flight SET arrival = '2001-02-01 09:00', delay = 20 WHERE id = 900001",
          "UPDATE flight SET delay = 5000 WHERE id = 900001",
          "UPDATE flight SET delay = 4 WHERE id = 900001",
          "DELETE FROM flight WHERE id = 900001");

  @TempDir Path folder;

  @Test
  void aCommitOfOneRowTouchesAsManyRowsAt20000FlightsAsAt2000() throws Exception {
    try (BoardFile board = BoardFile.create(folder.resolve("cost.db"))) {
      board.playUntil(2_000);
      Map<String, Long> few = touchedByOneLife(board);
      board.playUntil(20_000);
      assertThat(board.count("flight")).isGreaterThan(19_700);
      Map<String, Long> many = touchedByOneLife(board);

      System.out.println("rows touched at 2,000 flights:  " + few);
      System.out.println("rows touched at 20,000 flights: " + many);
      assertThat(few).hasSize(LIFE.size() * VIEWS.size());
      few.forEach((step, rows) ->
          assertThat(many.get(step)).as(step).isCloseTo(rows, Percentage.withPercentage(10)));
      assertThat(board.checkedViews()).hasSize(VIEWS.size()).allSatisfy(this::isOk);
    }
  }

  private Map<String, Long> touchedByOneLife(BoardFile board) {
    Map<String, Long> touched = new LinkedHashMap<>();
    for (int step = 0; step < LIFE.size(); step++) {
      assertThat(board.jdbc.sql(LIFE.get(step)).update()).isEqualTo(1);
      Map<String, Long> stats = board.rowsTouched();
      for (String view : VIEWS) {
        touched.put(view + " " + (step + 1), stats.get(view));
      }
    }
    return touched;
  }

  private void isOk(String view, String result) {
    assertThat(result).as(view).isEqualTo("ok");
  }
}
