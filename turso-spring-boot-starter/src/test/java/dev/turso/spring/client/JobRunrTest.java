package dev.turso.spring.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.jobrunr.configuration.JobRunr;
import org.jobrunr.jobs.lambdas.JobLambda;
import org.jobrunr.scheduling.JobScheduler;
import org.jobrunr.server.BackgroundJobServerConfiguration;
import org.jobrunr.storage.StorageProviderUtils.DatabaseOptions;
import org.jobrunr.storage.sql.sqlite.SqLiteStorageProvider;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Public, because JobRunr calls its job from outside. */
public class JobRunrTest {

  private static final AtomicInteger RUNS = new AtomicInteger();

  /** A job: JobRunr keeps its name and arguments in the database. */
  public static void run(int number) {
    RUNS.addAndGet(number);
  }

  @AfterEach
  void stop() {
    JobRunr.destroy();
  }

  @Test
  void jobsAreStoredRunAndCounted() throws Exception {
    DataSource source = TestDatabase.create();
    SqLiteStorageProvider storage = new SqLiteStorageProvider(source, DatabaseOptions.CREATE);
    TestDatabase.watch(source);
    JobScheduler scheduler =
        JobRunr.configure()
            .useStorageProvider(storage)
            .useBackgroundJobServer(
                BackgroundJobServerConfiguration.usingStandardBackgroundJobServerConfiguration()
                    .andPollIntervalInSeconds(5)
                    .andWorkerCount(2))
            .initialize()
            .getJobScheduler();
    JobLambda job = () -> JobRunrTest.run(7);
    scheduler.enqueue(job);
    for (int i = 0; i < 600 && storage.getJobStats().getSucceeded() == 0; i++) {
      Thread.sleep(50);
    }
    assertThat(RUNS).hasValue(7);
    assertThat(storage.getJobStats().getSucceeded()).isEqualTo(1);
    JobRunr.destroy();
    TestDatabase.verifyCrossing(source);
  }
}
