package dev.turso.spring.client;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.task.helper.OneTimeTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

class DbSchedulerTest {

  private static final String TABLE =
      "CREATE TABLE scheduled_tasks (task_name TEXT NOT NULL, task_instance TEXT NOT NULL,"
          + " task_data BLOB, execution_time TIMESTAMP NOT NULL, picked BOOLEAN NOT NULL,"
          + " picked_by TEXT, last_success TIMESTAMP, last_failure TIMESTAMP,"
          + " consecutive_failures INT, last_heartbeat TIMESTAMP, version BIGINT NOT NULL,"
          + " priority SMALLINT, state TEXT, PRIMARY KEY (task_name, task_instance))";

  @Test
  void scheduledTasksRunOnceAndAreGone() throws Exception {
    DataSource source = TestDatabase.create(TABLE);
    TestDatabase.watch(source);
    CountDownLatch done = new CountDownLatch(3);
    OneTimeTask<Void> task =
        Tasks.oneTime("hello").execute((instance, context) -> done.countDown());
    Scheduler scheduler =
        Scheduler.create(source, task).pollingInterval(Duration.ofMillis(50)).threads(2).build();
    scheduler.start();
    try {
      for (int i = 0; i < 3; i++) {
        scheduler.schedule(task.instance("number " + i), Instant.now());
      }
      assertThat(done.await(30, TimeUnit.SECONDS)).isTrue();
    } finally {
      scheduler.stop();
    }
    assertThat(
            JdbcClient.create(source)
                .sql("SELECT COUNT(*) FROM scheduled_tasks")
                .query(Long.class)
                .single())
        .isZero();
    TestDatabase.verifyCrossing(source);
  }
}
