package dev.turso.spring.client;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.io.TempDir;

/**
 * The libraries' ordinary life, the same tests, on sqlite-jdbc: what they find here is not peculiar to our
 * driver. What sqlite-jdbc cannot do is overridden without {@code @Test}, and says why. Of Flyway, Liquibase and
 * Modulith each test has a materialized view or a URL of ours; JobRunr's server is one for a process.
 */
class OnSqliteJdbcTest {

  @TempDir static Path folder;

  @BeforeAll
  static void begin() {
    TestDatabase.onNative(folder);
  }

  @AfterAll
  static void end() {
    TestDatabase.onOurs();
  }

  @Nested
  class Hikari extends HikariTest {

    /** It cannot make an open connection read-only. */
    @Override
    void aConnectionComesBackAsItWentOut() {}

    /** It refuses what Hibernate asks for with an SQLState that makes the pool drop the connection. */
    @Override
    void whatHibernateAsksForAtItsStartCostsNoConnection() {}
  }

  @Nested
  class Jdbi extends JdbiTest {

    /** It has no generated keys of batches. */
    @Override
    void recordsBatchesAndGeneratedKeys() {}
  }

  @Nested
  class MyBatis extends MyBatisTest {

    /** It has no generated keys of batches. */
    @Override
    void generatedKeysComeBackOneByOneAndInABatch() {}
  }

  @Nested
  class Jooq extends JooqTest {

    /** SQLite has no materialized views. */
    @Override
    void itsMetaDataSeesAMaterializedViewAsAView() {}

    /** SQLite has no materialized views. */
    @Override
    void itsGeneratorWritesClassesForTablesAndViews() {}
  }

  @Nested
  class Jpa extends JpaTest {

    /** It has no SQLStates, so Spring cannot tell a violated constraint. */
    @Override
    void violationsAndStaleVersionsAreToldAsSpringTellsThem() {}

    /** SQLite has no materialized views. */
    @Override
    void aSecondStartUpdatesAndValidatesASchemaWithViews() {}
  }

  @Nested
  class ShedLock extends ShedLockTest {

    /** It has no SQLStates, so a lock that is taken is an error. */
    @Override
    void oneHolderAtATime() {}
  }

  @Nested
  class SpringBatch extends SpringBatchTest {}

  @Nested
  class SpringSession extends SpringSessionTest {}

  @Nested
  class DbScheduler extends DbSchedulerTest {}
}
