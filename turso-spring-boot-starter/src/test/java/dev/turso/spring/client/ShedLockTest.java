package dev.turso.spring.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import javax.sql.DataSource;
import net.javacrumbs.shedlock.core.LockConfiguration;
import net.javacrumbs.shedlock.core.SimpleLock;
import net.javacrumbs.shedlock.provider.jdbctemplate.JdbcTemplateLockProvider;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;

class ShedLockTest {

  private static final String TABLE =
      "CREATE TABLE shedlock (name TEXT PRIMARY KEY, lock_until TIMESTAMP NOT NULL,"
          + " locked_at TIMESTAMP NOT NULL, locked_by TEXT NOT NULL)";

  @Test
  void oneHolderAtATime() throws Exception {
    DataSource source = TestDatabase.create(TABLE);
    TestDatabase.watch(source);
    JdbcTemplateLockProvider first = new JdbcTemplateLockProvider(new JdbcTemplate(source));
    JdbcTemplateLockProvider second = new JdbcTemplateLockProvider(new JdbcTemplate(source));
    LockConfiguration nightly =
        new LockConfiguration(Instant.now(), "nightly", Duration.ofMinutes(5), Duration.ZERO);
    Optional<SimpleLock> lock = first.lock(nightly);
    assertThat(lock).isPresent();
    assertThat(second.lock(nightly)).isEmpty();
    lock.orElseThrow().unlock();
    assertThat(second.lock(nightly)).isPresent();
    TestDatabase.verifyCrossing(source);
  }
}
