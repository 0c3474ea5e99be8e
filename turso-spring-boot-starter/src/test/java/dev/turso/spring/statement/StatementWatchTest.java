package dev.turso.spring.statement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.turso.Session;
import dev.turso.spring.Contexts;
import dev.turso.spring.operate.TursoEndpoint;
import dev.turso.spring.operate.TursoOperations;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Statements watched: slow ones, connections, the log, and what is never shown. */
class StatementWatchTest {

  private static final String SECRET = "hunter2";

  private final ApplicationContextRunner contexts =
      Contexts.on("jdbc:turso:mem:" + UUID.randomUUID(), TursoStatementAutoConfiguration.class);

  @Test
  void nothingIsWatchedUnlessSomebodyAsks() {
    contexts.run(context -> assertThat(context).doesNotHaveBean(StatementWatch.class));
  }

  @Test
  void slowStatementsAreShownWithoutTheirLiterals() {
    contexts
        .withPropertyValues("turso.statements.slow-threshold=0ms")
        .run(context -> {
          JdbcClient jdbc = context.getBean(JdbcClient.class);
          jdbc.sql("CREATE TABLE t (a INTEGER, b TEXT)").update();
          jdbc.sql("INSERT INTO t  VALUES (1,\n'" + SECRET + "') -- " + SECRET).update();
          jdbc.sql("SELECT b FROM t WHERE a = :a AND b <> x'AB' AND a < 1e3")
              .param("a", 1)
              .query(String.class)
              .list();
          assertThatThrownBy(
                  () -> jdbc.sql("INSERT INTO t SELECT json('" + SECRET + "'), 1").update())
              .isNotNull();
          List<SlowStatement> slow = context.getBean(StatementWatch.class).slowStatements();
          assertThat(slow)
              .extracting(SlowStatement::shape)
              .contains(
                  "INSERT INTO t VALUES (?, ?)",
                  "SELECT b FROM t WHERE a = ? AND b <> ? AND a < ?",
                  "INSERT INTO t SELECT json(?), ?");
          assertThat(slow.getFirst().failed()).isTrue();
          assertThat(slow.toString()).doesNotContain(SECRET);
        });
  }

  @Test
  void connectionsTellTheirTransactionAndWhatTheyRead() {
    contexts
        .withPropertyValues("turso.statements.watch=true")
        .run(context -> {
          StatementWatch watch = context.getBean(StatementWatch.class);
          try (Connection connection = context.getBean(DataSource.class).getConnection()) {
            assertThat(connection.unwrap(Session.class).inTransaction()).isFalse();
            connection.setAutoCommit(false);
            try (PreparedStatement select =
                connection.prepareStatement("SELECT value FROM json_each('[1,2,3]')")) {
              assertThat(select.getConnection().unwrap(Session.class))
                  .isSameAs(connection.unwrap(Session.class));
              try (ResultSet rows = select.executeQuery()) {
                assertThat(rows.next()).isTrue();
                SessionStatus busy = watch.sessions().getFirst();
                assertThat(busy.statement()).isEqualTo("SELECT value FROM json_each(?)");
                assertThat(busy.transactionMillis()).isNotNegative();
                assertThat(busy.thread()).isEqualTo(Thread.currentThread().getName());
              }
            }
            connection.commit();
            assertThat(watch.sessions().getFirst().transactionMillis()).isEqualTo(-1);
            assertThat(watch.sessions().getFirst().statement()).isNull();
          }
          TursoEndpoint endpoint =
              new TursoEndpoint(context.getBean(TursoOperations.class), null, watch);
          assertThat(endpoint.show())
              .containsKeys("database", "views", "cursors", "sessions", "slowStatements");
          assertThat((List<?>) endpoint.show("sessions")).isNotEmpty();
        });
    contexts
        .withPropertyValues("turso.statements.watch=true")
        .run(context -> assertThat(context.getBean(StatementWatch.class).sessions()).isEmpty());
  }

  @Test
  void theLogHasShapesAtDebugAndParametersAtTraceOnly() {
    Logger logger = (Logger) LoggerFactory.getLogger(StatementWatch.LOGGER);
    ListAppender<ILoggingEvent> lines = new ListAppender<>();
    lines.start();
    logger.addAppender(lines);
    try {
      Map<Level, Boolean> shown = Map.of(Level.DEBUG, false, Level.TRACE, true);
      shown.forEach((level, parameters) -> {
        logger.setLevel(level);
        lines.list.clear();
        contexts.run(context -> {
          context
              .getBean(JdbcClient.class)
              .sql("SELECT ?")
              .param(SECRET)
              .query(String.class)
              .single();
          assertThat(lines.list.toString().contains("SELECT ?")).isTrue();
          assertThat(lines.list.toString().contains(SECRET)).isEqualTo(parameters);
        });
      });
    } finally {
      logger.setLevel(null);
      logger.detachAppender(lines);
    }
  }
}
