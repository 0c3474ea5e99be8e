package dev.turso.sample;

import dev.turso.spring.event.RowChangeEvent;
import org.springframework.context.event.EventListener;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Raises an alert when a flight lands more than two hours late. */
@Component
class DelayAlerts {

  private static final int TWO_HOURS = 120;

  private final JdbcClient jdbc;

  DelayAlerts(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  @EventListener
  void on(RowChangeEvent<Flight> change) {
    Flight now = change.after();
    if (now == null || now.delay() == null || now.delay() <= TWO_HOURS) {
      return;
    }
    Flight before = change.before();
    if (before != null && now.delay().equals(before.delay())) {
      return;
    }
    jdbc.sql("INSERT INTO alert (flight, text) VALUES (?, ?)")
        .params(
            now.id(),
            "%s to %s landed %d h %02d min late"
                .formatted(now.origin(), now.destination(), now.delay() / 60, now.delay() % 60))
        .update();
  }
}
