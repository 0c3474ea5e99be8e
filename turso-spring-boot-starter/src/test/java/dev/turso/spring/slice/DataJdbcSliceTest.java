package dev.turso.spring.slice;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.data.jdbc.test.autoconfigure.DataJdbcTest;
import org.springframework.data.domain.Page;
import org.springframework.data.domain.PageRequest;
import org.springframework.data.domain.Sort;
import org.springframework.jdbc.core.simple.JdbcClient;

/** {@code @DataJdbcTest} with no property: a repository's ordinary life. */
@DataJdbcTest
class DataJdbcSliceTest {

  private static final Instant SEEN = Instant.parse("2001-01-01T10:15:30.123Z");

  @Autowired private PilotRepository pilots;
  @Autowired private JdbcClient jdbc;

  @BeforeEach
  void schema() {
    jdbc.sql(
            "CREATE TABLE pilot (id INTEGER PRIMARY KEY, name TEXT NOT NULL, born DATE,"
                + " shift TIMESTAMP, seen TIMESTAMP, active BOOLEAN, badge TEXT, rank TEXT)")
        .update();
    jdbc.sql(
            "CREATE MATERIALIZED VIEW active_pilots AS"
                + " SELECT rank, COUNT(*) AS n FROM pilot WHERE active GROUP BY rank")
        .update();
  }

  private static Pilot pilot(String name, int year, boolean active) {
    return new Pilot(
        null,
        name,
        LocalDate.of(year, 3, 4),
        LocalDateTime.of(year, 3, 4, 5, 6, 7),
        SEEN,
        active,
        UUID.nameUUIDFromBytes(name.getBytes(java.nio.charset.StandardCharsets.UTF_8)),
        active ? Pilot.Rank.CAPTAIN : Pilot.Rank.FIRST_OFFICER);
  }

  @Test
  void aSavedEntityGetsItsKeyAndReadsBackEqual() {
    Pilot saved = pilots.save(pilot("Ada", 1970, true));
    assertThat(saved.id()).isNotNull();
    assertThat(pilots.findById(saved.id())).contains(saved);
  }

  @Test
  void manyAreSavedFoundPagedUpdatedAndDeleted() {
    List<Pilot> saved =
        (List<Pilot>)
            pilots.saveAll(
                List.of(
                    pilot("Ada", 1970, true), pilot("Amy", 1980, false), pilot("Bob", 1990, true)));
    assertThat(saved).extracting(Pilot::id).containsExactly(1L, 2L, 3L);
    assertThat(pilots.findByActiveTrueOrderByName())
        .extracting(Pilot::name)
        .containsExactly("Ada", "Bob");
    Page<Pilot> page =
        pilots.findByNameStartingWith("A", PageRequest.of(1, 1, Sort.by("name").descending()));
    assertThat(page.getTotalElements()).isEqualTo(2);
    assertThat(page.getContent()).extracting(Pilot::name).containsExactly("Ada");
    assertThat(pilots.countBornSince("1980")).isEqualTo(2);
    Pilot bob = saved.get(2);
    pilots.save(
        new Pilot(
            bob.id(), "Bobby", bob.born(), bob.shift(), null, false, bob.badge(), bob.rank()));
    assertThat(pilots.findById(bob.id()))
        .hasValueSatisfying(found -> {
          assertThat(found.name()).isEqualTo("Bobby");
          assertThat(found.seen()).isNull();
        });
    pilots.deleteById(bob.id());
    assertThat(pilots.count()).isEqualTo(2);
    assertThat(pilots.existsById(bob.id())).isFalse();
  }

  @Test
  void aViewOverTheTableIsRightInsideTheTransaction() {
    pilots.saveAll(List.of(pilot("Ada", 1970, true), pilot("Bob", 1990, true)));
    assertThat(jdbc.sql("SELECT n FROM active_pilots").query(Long.class).list())
        .containsExactly(2L);
  }
}
