package dev.turso.spring.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.springframework.batch.core.ExitStatus;
import org.springframework.batch.core.configuration.support.MapJobRegistry;
import org.springframework.batch.core.job.Job;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.job.builder.JobBuilder;
import org.springframework.batch.core.job.parameters.JobParametersBuilder;
import org.springframework.batch.core.launch.support.TaskExecutorJobOperator;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.repository.support.JdbcJobRepositoryFactoryBean;
import org.springframework.batch.core.step.Step;
import org.springframework.batch.core.step.builder.StepBuilder;
import org.springframework.batch.infrastructure.item.database.JdbcBatchItemWriter;
import org.springframework.batch.infrastructure.item.database.builder.JdbcBatchItemWriterBuilder;
import org.springframework.batch.infrastructure.item.support.ListItemReader;
import org.springframework.core.io.ClassPathResource;
import org.springframework.jdbc.datasource.init.ResourceDatabasePopulator;
import org.springframework.jdbc.support.JdbcTransactionManager;

class SpringBatchTest {

  @Test
  void aJobInChunksIsRecordedInTheDatabaseItWritesTo() throws Exception {
    DataSource source = TestDatabase.create(TestDatabase.PILOT, TestDatabase.VIEW);
    new ResourceDatabasePopulator(
            new ClassPathResource("org/springframework/batch/core/schema-sqlite.sql"))
        .execute(source);
    TestDatabase.watch(source);
    JdbcTransactionManager transactions = new JdbcTransactionManager(source);
    JobRepository repository = repository(source, transactions);
    JdbcBatchItemWriter<String> writer =
        new JdbcBatchItemWriterBuilder<String>()
            .dataSource(source)
            .sql("INSERT INTO pilot (name, rank) VALUES (?, 'captain')")
            .itemPreparedStatementSetter((name, statement) -> statement.setString(1, name))
            .build();
    writer.afterPropertiesSet();
    Step step =
        new StepBuilder("load", repository)
            .<String, String>chunk(2)
            .transactionManager(transactions)
            .reader(new ListItemReader<>(List.of("a", "b", "c", "d", "e")))
            .writer(writer)
            .build();
    Job job = new JobBuilder("pilots", repository).start(step).build();
    TaskExecutorJobOperator operator = new TaskExecutorJobOperator();
    operator.setJobRepository(repository);
    operator.setJobRegistry(new MapJobRegistry());
    operator.afterPropertiesSet();
    JobExecution execution =
        operator.start(job, new JobParametersBuilder().addLong("run", 1L).toJobParameters());
    assertThat(execution.getExitStatus()).isEqualTo(ExitStatus.COMPLETED);
    assertThat(execution.getStepExecutions())
        .singleElement()
        .satisfies(each -> assertThat(each.getWriteCount()).isEqualTo(5));
    assertThat(TestDatabase.counted(source, "captain")).isEqualTo(5);
    assertThat(repository.getJobInstances("pilots", 0, 10)).hasSize(1);
    TestDatabase.verifyCrossing(source);
  }

  private static JobRepository repository(DataSource source, JdbcTransactionManager transactions)
      throws Exception {
    JdbcJobRepositoryFactoryBean factory = new JdbcJobRepositoryFactoryBean();
    factory.setDataSource(source);
    factory.setTransactionManager(transactions);
    factory.afterPropertiesSet();
    return factory.getObject();
  }
}
