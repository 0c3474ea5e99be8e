package dev.turso.spring.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.springframework.core.io.ClassPathResource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.init.ResourceDatabasePopulator;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.session.FindByIndexNameSessionRepository;
import org.springframework.session.Session;
import org.springframework.session.SessionRepository;
import org.springframework.session.jdbc.JdbcIndexedSessionRepository;
import org.springframework.transaction.support.TransactionTemplate;

class SpringSessionTest {

  private static final String PRINCIPAL =
      FindByIndexNameSessionRepository.PRINCIPAL_NAME_INDEX_NAME;

  @Test
  void sessionsAreKeptFoundByNameAndExpire() throws Exception {
    DataSource source = TestDatabase.create();
    new ResourceDatabasePopulator(
            new ClassPathResource("org/springframework/session/jdbc/schema-sqlite.sql"))
        .execute(source);
    TestDatabase.watch(source);
    JdbcIndexedSessionRepository sessions =
        new JdbcIndexedSessionRepository(
            new JdbcTemplate(source), new TransactionTemplate(new JdbcTransactionManager(source)));
    sessions.afterPropertiesSet();
    try {
      String id = login(sessions, "ada", Duration.ofMinutes(30));
      login(sessions, "bob", Duration.ofSeconds(-1));
      Session found = sessions.findById(id);
      assertThat(found).isNotNull();
      assertThat(found.<Integer>getAttribute("cart")).isEqualTo(3);
      assertThat(sessions.findByIndexNameAndIndexValue(PRINCIPAL, "ada")).containsOnlyKeys(id);
      sessions.cleanUpExpiredSessions();
      assertThat(sessions.findByIndexNameAndIndexValue(PRINCIPAL, "ada")).hasSize(1);
      sessions.deleteById(id);
      assertThat(sessions.findById(id)).isNull();
    } finally {
      sessions.destroy();
    }
    TestDatabase.verifyCrossing(source);
  }

  private static <S extends Session> String login(
      SessionRepository<S> sessions, String name, Duration idle) {
    S session = sessions.createSession();
    session.setMaxInactiveInterval(idle);
    session.setAttribute(PRINCIPAL, name);
    session.setAttribute("cart", 3);
    sessions.save(session);
    return session.getId();
  }
}
