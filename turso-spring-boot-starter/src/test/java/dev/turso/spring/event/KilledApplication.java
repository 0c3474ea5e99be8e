package dev.turso.spring.event;

import java.util.Random;
import org.springframework.boot.ApplicationRunner;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.dao.CannotAcquireLockException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The application that {@link KilledListenersTest} starts twice on one file and kills: it writes, tells
 * what it has committed, and its listeners note each change.
 */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
class KilledApplication {

  private static final int LEASE_MILLIS = 1000;

  @Row("source")
  record Source(long id, long version) {}

  public static void main(String[] arguments) {
    SpringApplication.run(KilledApplication.class, arguments);
  }

  @Bean
  Notes notes(JdbcClient jdbc) {
    return new Notes(jdbc);
  }

  @Bean
  ApplicationRunner writer(JdbcClient jdbc, PlatformTransactionManager transactions) {
    return arguments -> {
      System.out.println("started");
      if (!arguments.containsOption("listen-only")) {
        Thread.ofPlatform()
            .daemon()
            .start(() -> write(jdbc, new TransactionTemplate(transactions)));
      }
    };
  }

  /** For ever: two new rows, and an older one changed, in one transaction. */
  private static void write(JdbcClient jdbc, TransactionTemplate transaction) {
    Random random = new Random();
    while (true) {
      try {
        Long id =
            transaction.execute(status -> {
              jdbc.sql("INSERT INTO source (version) VALUES (0), (0)").update();
              long last = jdbc.sql("SELECT MAX(id) FROM source").query(Long.class).single();
              jdbc.sql("UPDATE source SET version = version + 1 WHERE id = ?")
                  .param(1 + random.nextLong(last))
                  .update();
              return last;
            });
        System.out.println("committed " + id);
        Thread.sleep(5);
      } catch (CannotAcquireLockException e) {
        // The other process was faster, or a listener was: once more.
      } catch (InterruptedException e) {
        return;
      }
    }
  }

  /** Two listeners, one that takes change after change, one that takes several at once. */
  static class Notes {

    private final JdbcClient jdbc;

    Notes(JdbcClient jdbc) {
      this.jdbc = jdbc;
    }

    @RowChangeListener(cursor = "one", leaseMillis = LEASE_MILLIS)
    void one(RowChangeEvent<Source> change) {
      note("one", change);
    }

    @RowChangeListener(cursor = "several", concurrency = 4, leaseMillis = LEASE_MILLIS)
    void several(RowChangeEvent<Source> change) {
      note("several", change);
    }

    private void note(String listener, RowChangeEvent<Source> change) {
      jdbc.sql("INSERT INTO effect (listener, id, version) VALUES (?, ?, ?)")
          .params(listener, change.row().id(), change.row().version())
          .update();
      System.out.println("noted");
    }
  }
}
