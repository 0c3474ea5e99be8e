package dev.turso.sample;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** What happens to flights, one transaction each; the replay's place moves in the same one. */
@Service
class FlightOperations {

  private final JdbcClient jdbc;

  FlightOperations(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  @Transactional
  public void play(int number, FlightEvent event) {
    switch (event.kind()) {
      case DEPARTURE ->
          jdbc.sql(
                  "INSERT INTO flight (id, departure, origin, destination, distance)"
                      + " VALUES (?, ?, ?, ?, ?)")
              .params(
                  event.flight(),
                  event.departure(),
                  event.origin(),
                  event.destination(),
                  event.distance())
              .update();
      case ARRIVAL ->
          jdbc.sql("UPDATE flight SET arrival = ?, delay = ? WHERE id = ?")
              .params(event.time(), event.delay(), event.flight())
              .update();
      case CANCELLATION ->
          jdbc.sql("DELETE FROM flight WHERE id = ?").param(event.flight()).update();
    }
    jdbc.sql("UPDATE replay SET next_event = ?, clock = ?, cancelled = cancelled + ?")
        .params(number + 1, event.time(), event.kind() == FlightEvent.Kind.CANCELLATION ? 1 : 0)
        .update();
  }

  @Transactional
  public void startAgain() {
    jdbc.sql("DELETE FROM flight").update();
    jdbc.sql("DELETE FROM alert").update();
    jdbc.sql("UPDATE replay SET next_event = 0, clock = NULL, cancelled = 0, paused = 0").update();
  }
}
