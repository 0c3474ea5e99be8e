package dev.turso.spring.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import javax.sql.DataSource;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.mapper.reflect.ConstructorMapper;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jdbi.v3.core.statement.UnableToExecuteStatementException;
import org.junit.jupiter.api.Test;

class JdbiTest {

  /** A row. */
  public record Pilot(long id, String name, String rank) {}

  @Test
  void recordsBatchesAndGeneratedKeys() throws Exception {
    DataSource source = TestDatabase.create(TestDatabase.PILOT, TestDatabase.VIEW);
    Jdbi jdbi = Jdbi.create(source);
    List<Long> ids =
        jdbi.inTransaction(handle -> {
          PreparedBatch batch =
              handle.prepareBatch("INSERT INTO pilot (name, rank) VALUES (:name, :rank)");
          for (String name : List.of("Ada", "Bob", "Cy")) {
            batch.bind("name", name).bind("rank", "captain").add();
          }
          return batch.executePreparedBatch("id").mapTo(Long.class).list();
        });
    assertThat(ids).containsExactly(1L, 2L, 3L);
    List<Pilot> pilots =
        jdbi.withHandle(handle ->
            handle
                .createQuery("SELECT * FROM pilot WHERE name < :limit ORDER BY id")
                .bind("limit", "C")
                .map(ConstructorMapper.of(Pilot.class))
                .list());
    assertThat(pilots)
        .containsExactly(new Pilot(1, "Ada", "captain"), new Pilot(2, "Bob", "captain"));
    assertThat(TestDatabase.counted(source, "captain")).isEqualTo(3);
    TestDatabase.verifyCrossing(source);
  }

  @Test
  void aFailedTransactionLeavesNothing() {
    DataSource source = TestDatabase.create(TestDatabase.PILOT);
    Jdbi jdbi = Jdbi.create(source);
    assertThatThrownBy(() ->
            jdbi.useTransaction(handle -> {
              handle.execute("INSERT INTO pilot (name) VALUES (?)", "Ada");
              handle.execute("INSERT INTO pilot (name) VALUES (?)", "Ada");
            }))
        .isInstanceOf(UnableToExecuteStatementException.class)
        .hasMessageContaining("UNIQUE constraint failed: pilot.name");
    long left =
        jdbi.withHandle(h -> h.createQuery("SELECT COUNT(*) FROM pilot").mapTo(Long.class).one());
    assertThat(left).isZero();
  }
}
