package dev.turso.spring.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.turso.spring.Contexts;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EntityManager;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.OneToMany;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.boot.data.jpa.autoconfigure.DataJpaRepositoriesAutoConfiguration;
import org.springframework.boot.hibernate.autoconfigure.HibernateJpaAutoConfiguration;
import org.springframework.boot.persistence.autoconfigure.EntityScan;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.transaction.autoconfigure.TransactionAutoConfiguration;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.data.domain.PageRequest;
import org.springframework.data.jpa.repository.JpaRepository;
import org.springframework.data.jpa.repository.Query;
import org.springframework.data.jpa.repository.config.EnableJpaRepositories;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.orm.ObjectOptimisticLockingFailureException;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

class JpaTest {

  /** An airline. */
  @Entity(name = "Airline")
  @Table(name = "airline")
  public static class Airline {
    @Id
    @GeneratedValue(strategy = GenerationType.IDENTITY)
    Long id;

    @Column(unique = true)
    String code;

    @OneToMany(mappedBy = "airline")
    List<Plane> planes = new ArrayList<>();
  }

  /** A plane of an airline. */
  @Entity(name = "Plane")
  @Table(name = "plane")
  public static class Plane {
    @Id
    @GeneratedValue(strategy = GenerationType.IDENTITY)
    Long id;

    @Version long version;
    String tail;
    LocalDate built;
    LocalDateTime inspected;
    Instant seen;
    BigDecimal price;
    UUID badge;
    boolean active;
    byte[] photo;
    @ManyToOne Airline airline;
  }

  interface Airlines extends JpaRepository<Airline, Long> {

    Airline findByCode(String code);
  }

  interface Planes extends JpaRepository<Plane, Long> {

    @Query("select p from Plane p where p.airline.code = :code order by p.tail")
    List<Plane> of(String code, PageRequest page);
  }

  @Configuration(proxyBeanMethods = false)
  @EntityScan(basePackageClasses = JpaTest.class)
  @EnableJpaRepositories(considerNestedRepositories = true, basePackageClasses = JpaTest.class)
  static class Entities {}

  private final ApplicationContextRunner contexts =
      Contexts.on(
              TestDatabase.url(),
              HibernateJpaAutoConfiguration.class,
              DataJpaRepositoriesAutoConfiguration.class,
              TransactionAutoConfiguration.class)
          .withUserConfiguration(Entities.class)
          .withPropertyValues(
              "spring.jpa.hibernate.ddl-auto=update",
              "spring.jpa.properties.hibernate.boot.allow_jdbc_metadata_access=true");

  private static Plane plane(Airline airline, String tail) {
    Plane plane = new Plane();
    plane.airline = airline;
    plane.tail = tail;
    plane.built = LocalDate.of(1999, 12, 31);
    plane.inspected = LocalDateTime.of(2001, 2, 3, 4, 5, 6);
    plane.seen = Instant.parse("2001-02-03T04:05:06.789Z");
    plane.price = new BigDecimal("12345678.25");
    plane.badge = UUID.fromString("00000000-0000-0001-0000-000000000002");
    plane.active = true;
    plane.photo = new byte[] {1, 2, 3};
    return plane;
  }

  @Test
  void entitiesAreSavedFoundPagedUpdatedAndDeleted() {
    contexts.run(context -> {
      Airline airline = new Airline();
      airline.code = "UA";
      context.getBean(Airlines.class).save(airline);
      Planes planes = context.getBean(Planes.class);
      planes.saveAll(List.of(plane(airline, "N1"), plane(airline, "N2"), plane(airline, "N3")));
      List<Plane> page = planes.of("UA", PageRequest.of(1, 2));
      assertThat(page).extracting(each -> each.tail).containsExactly("N3");
      Plane found = page.get(0);
      assertThat(found)
          .usingRecursiveComparison()
          .ignoringFields("id", "version", "airline")
          .isEqualTo(plane(airline, "N3"));
      found.tail = "N9";
      assertThat(planes.save(found).version).isEqualTo(1);
      planes.delete(planes.findById(found.id).orElseThrow());
      assertThat(planes.count()).isEqualTo(2);
    });
  }

  @Test
  void violationsAndStaleVersionsAreToldAsSpringTellsThem() {
    contexts.run(context -> {
      Airlines airlines = context.getBean(Airlines.class);
      Airline first = new Airline();
      first.code = "AA";
      airlines.saveAndFlush(first);
      Airline second = new Airline();
      second.code = "AA";
      assertThatThrownBy(() -> airlines.saveAndFlush(second))
          .isInstanceOf(DataIntegrityViolationException.class);
      Planes planes = context.getBean(Planes.class);
      Plane saved = planes.save(plane(airlines.findByCode("AA"), "N1"));
      Plane stale = planes.findById(saved.id).orElseThrow();
      saved.tail = "N2";
      planes.save(saved);
      stale.tail = "N3";
      assertThatThrownBy(() -> planes.save(stale))
          .isInstanceOf(ObjectOptimisticLockingFailureException.class);
    });
  }

  @Test
  void aSecondStartUpdatesAndValidatesASchemaWithViews() {
    contexts.run(context -> {
      context
          .getBean(JdbcClient.class)
          .sql(
              "CREATE MATERIALIZED VIEW fleet AS"
                  + " SELECT airline_id, COUNT(*) AS n FROM plane GROUP BY airline_id")
          .update();
      Airline airline = new Airline();
      airline.code = "DL";
      context.getBean(Airlines.class).save(airline);
      inTransaction(context, entities -> entities.persist(plane(airline, "N7")));
      assertThat(
              context
                  .getBean(JdbcClient.class)
                  .sql("SELECT n FROM fleet")
                  .query(Long.class)
                  .single())
          .isEqualTo(1);
      for (String mode : List.of("update", "validate")) {
        Contexts.on(
                context.getEnvironment().getProperty("spring.datasource.url"),
                HibernateJpaAutoConfiguration.class)
            .withUserConfiguration(Entities.class)
            .withConfiguration(
                org.springframework.boot.autoconfigure.AutoConfigurations.of(
                    DataJpaRepositoriesAutoConfiguration.class))
            .withPropertyValues("spring.jpa.hibernate.ddl-auto=" + mode)
            .run(second -> assertThat(second).hasNotFailed());
      }
    });
  }

  private static void inTransaction(
      ApplicationContext context, java.util.function.Consumer<EntityManager> work) {
    new TransactionTemplate(context.getBean(PlatformTransactionManager.class))
        .executeWithoutResult(status ->
            work.accept(
                org.springframework.orm.jpa.EntityManagerFactoryUtils.getTransactionalEntityManager(
                    context.getBean(jakarta.persistence.EntityManagerFactory.class))));
  }
}
