package dev.turso.sample;

import dev.turso.spring.web.OwnPagesOnly;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.web.server.context.WebServerInitializedEvent;
import org.springframework.context.annotation.Bean;
import org.springframework.context.event.EventListener;
import org.springframework.scheduling.annotation.EnableScheduling;

/** Starts the board and prints where it is. */
@EnableScheduling
@SpringBootApplication
public class FlightBoardApplication {

  private int port;

  public static void main(String[] args) {
    SpringApplication.run(FlightBoardApplication.class, args);
  }

  @Bean
  OwnPagesOnly ownPagesOnly() {
    return new OwnPagesOnly();
  }

  @EventListener
  void serving(WebServerInitializedEvent event) {
    port = event.getWebServer().getPort();
  }

  @EventListener
  void ready(org.springframework.boot.context.event.ApplicationReadyEvent event) {
    System.out.println("The flight board is at http://localhost:" + port + "/");
  }
}
