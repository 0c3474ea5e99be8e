package dev.turso.spring.slice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import javax.sql.DataSource;
import org.junit.jupiter.api.RepeatedTest;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.jdbc.test.autoconfigure.JdbcTest;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;

/** {@code @JdbcTest} with no property: our driver, and a rollback after each test. */
@JdbcTest
class JdbcSliceTest {

  @Autowired private JdbcClient jdbc;
  @Autowired private DataSource source;

  @RepeatedTest(2)
  void theDatabaseIsOursAndEmptyEachTime() throws Exception {
    try (var connection = source.getConnection()) {
      assertThat(connection.getMetaData().getURL()).startsWith("jdbc:turso:mem:");
    }
    jdbc.sql("CREATE TABLE t (a INTEGER PRIMARY KEY)").update();
    jdbc.sql("INSERT INTO t VALUES (1)").update();
    assertThatThrownBy(() -> jdbc.sql("INSERT INTO t VALUES (1)").update())
        .isInstanceOf(DuplicateKeyException.class);
  }
}
