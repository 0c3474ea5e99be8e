package dev.turso.sample;

import dev.turso.spring.event.ExternalCommitEvent;
import java.time.LocalTime;
import java.time.temporal.ChronoUnit;
import org.springframework.context.event.EventListener;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Notes on the page that another process changed the data. */
@Component
class OutsideChanges {

  private final JdbcClient jdbc;

  OutsideChanges(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  @EventListener
  void on(ExternalCommitEvent event) {
    jdbc.sql("INSERT INTO notice (text) VALUES (?)")
        .param(
            "Another process changed the data at "
                + LocalTime.now().truncatedTo(ChronoUnit.SECONDS)
                + "; the page has corrected itself.")
        .update();
  }
}
