package dev.turso.spring.bare;

import org.springframework.boot.CommandLineRunner;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The smallest application: what {@code spring-boot-starter-jdbc} brings, and the starter. */
@Configuration
@EnableAutoConfiguration
class BareApplication {

  /** Starts, runs, ends as an application does that has done its work. */
  public static void main(String[] arguments) {
    SpringApplication.run(BareApplication.class, arguments).close();
  }

  @Bean
  CommandLineRunner cities(JdbcClient client) {
    return arguments -> {
      client.sql("CREATE TABLE city(id INTEGER PRIMARY KEY, name TEXT)").update();
      client.sql("INSERT INTO city(name) VALUES ('Graz'), ('Linz')").update();
      System.out.println(
          "cities: " + client.sql("SELECT count(*) FROM city").query(Long.class).single());
    };
  }
}
