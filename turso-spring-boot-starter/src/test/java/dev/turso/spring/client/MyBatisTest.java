package dev.turso.spring.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDateTime;
import java.util.List;
import javax.sql.DataSource;
import org.apache.ibatis.annotations.Insert;
import org.apache.ibatis.annotations.Options;
import org.apache.ibatis.annotations.Select;
import org.apache.ibatis.annotations.Update;
import org.apache.ibatis.mapping.Environment;
import org.apache.ibatis.session.Configuration;
import org.apache.ibatis.session.ExecutorType;
import org.apache.ibatis.session.RowBounds;
import org.apache.ibatis.session.SqlSession;
import org.apache.ibatis.session.SqlSessionFactory;
import org.apache.ibatis.session.SqlSessionFactoryBuilder;
import org.apache.ibatis.transaction.jdbc.JdbcTransactionFactory;
import org.junit.jupiter.api.Test;

class MyBatisTest {

  /** A row, as MyBatis fills it. */
  public static class Pilot {
    public Long id;
    public String name;
    public String rank;
    public LocalDateTime seen;
    public boolean active;
  }

  interface Pilots {

    @Insert(
        "INSERT INTO pilot (name, rank, seen, active) VALUES (#{name}, #{rank}, #{seen}, #{active})")
    @Options(useGeneratedKeys = true, keyProperty = "id")
    void insert(Pilot pilot);

    @Update("UPDATE pilot SET rank = #{rank} WHERE id = #{id}")
    int update(Pilot pilot);

    @Select("SELECT * FROM pilot ORDER BY id")
    List<Pilot> all();

    @Select("SELECT * FROM pilot ORDER BY id")
    List<Pilot> page(RowBounds bounds);
  }

  private static SqlSessionFactory factory(DataSource source) {
    Configuration configuration =
        new Configuration(new Environment("test", new JdbcTransactionFactory(), source));
    configuration.addMapper(Pilots.class);
    return new SqlSessionFactoryBuilder().build(configuration);
  }

  private static Pilot pilot(String name, String rank) {
    Pilot pilot = new Pilot();
    pilot.name = name;
    pilot.rank = rank;
    pilot.seen = LocalDateTime.of(2001, 2, 3, 4, 5, 6);
    pilot.active = true;
    return pilot;
  }

  private static final String TABLE =
      "CREATE TABLE pilot (id INTEGER PRIMARY KEY, name TEXT, rank TEXT, seen TIMESTAMP,"
          + " active BOOLEAN)";

  @Test
  void generatedKeysComeBackOneByOneAndInABatch() throws Exception {
    DataSource source = TestDatabase.create(TABLE, TestDatabase.VIEW);
    Pilot ada = pilot("Ada", "captain");
    try (SqlSession session = factory(source).openSession()) {
      session.getMapper(Pilots.class).insert(ada);
      session.commit();
    }
    assertThat(ada.id).isEqualTo(1);
    List<Pilot> crew = List.of(pilot("Bob", "captain"), pilot("Cy", "cadet"), pilot("Di", "cadet"));
    try (SqlSession session = factory(source).openSession(ExecutorType.BATCH)) {
      crew.forEach(session.getMapper(Pilots.class)::insert);
      session.commit();
    }
    assertThat(crew).extracting(each -> each.id).containsExactly(2L, 3L, 4L);
    assertThat(TestDatabase.counted(source, "cadet")).isEqualTo(2);
    TestDatabase.verifyCrossing(source);
  }

  @Test
  void rowsReadBackWithTheirTypesPagedAndUpdated() {
    DataSource source = TestDatabase.create(TABLE);
    try (SqlSession session = factory(source).openSession(true)) {
      Pilots pilots = session.getMapper(Pilots.class);
      pilots.insert(pilot("Ada", "captain"));
      pilots.insert(pilot("Bob", "cadet"));
      Pilot bob = pilots.page(new RowBounds(1, 1)).get(0);
      assertThat(bob.name).isEqualTo("Bob");
      assertThat(bob.seen).isEqualTo(LocalDateTime.of(2001, 2, 3, 4, 5, 6));
      assertThat(bob.active).isTrue();
      bob.rank = "captain";
      assertThat(pilots.update(bob)).isEqualTo(1);
      assertThat(pilots.all()).extracting(each -> each.rank).containsOnly("captain");
    }
  }
}
