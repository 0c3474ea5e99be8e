package dev.turso.spring.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.turso.spring.JdbcApplication;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.dao.EmptyResultDataAccessException;
import org.springframework.dao.QueryTimeoutException;
import org.springframework.jdbc.BadSqlGrammarException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.namedparam.MapSqlParameterSource;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcTemplate;
import org.springframework.jdbc.core.namedparam.SqlParameterSourceUtils;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.core.simple.SimpleJdbcInsert;
import org.springframework.jdbc.support.GeneratedKeyHolder;
import org.springframework.jdbc.support.rowset.SqlRowSet;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/** What Spring's own JDBC classes do in an application's first hours. */
class SpringJdbcTest {

  private ConfigurableApplicationContext context;
  private JdbcClient client;
  private JdbcTemplate template;
  private NamedParameterJdbcTemplate named;

  private static ConfigurableApplicationContext start(String... properties) {
    return new SpringApplicationBuilder(JdbcApplication.class)
        .web(WebApplicationType.NONE)
        .properties(
            "spring.datasource.url=" + TestDatabase.url(),
            "spring.sql.init.schema-locations=classpath:with-trigger.sql",
            "spring.main.banner-mode=off")
        .properties(properties)
        .run();
  }

  @BeforeEach
  void open() {
    context = start();
    client = context.getBean(JdbcClient.class);
    template = context.getBean(JdbcTemplate.class);
    named = context.getBean(NamedParameterJdbcTemplate.class);
  }

  @AfterEach
  void close() {
    context.close();
  }

  @Test
  void aSchemaScriptMayHoldTriggers() {
    client.sql("INSERT INTO pilot (name, rank) VALUES ('Ada', 'captain')").update();
    client.sql("UPDATE pilot SET name = 'Amy'").update();
    assertThat(client.sql("SELECT was FROM renamed").query(String.class).list())
        .containsExactly("Ada");
    assertThat(client.sql("SELECT rank FROM pilots_by_rank").query(String.class).list())
        .containsExactly("new; captain");
  }

  @Test
  void anOwnSeparatorStaysAndSoDoesGoingOnAfterErrors() {
    assertThat(context.getEnvironment().getProperty("spring.sql.init.separator")).startsWith("^^^");
    String script = "spring.sql.init.schema-locations=";
    try (var other = start(script, "spring.sql.init.continue-on-error=true")) {
      assertThat(other.getEnvironment().getProperty("spring.sql.init.separator")).isNull();
    }
    try (var other = start(script, "spring.sql.init.separator=/")) {
      assertThat(other.getEnvironment().getProperty("spring.sql.init.separator")).isEqualTo("/");
    }
  }

  @Test
  void keysComeBackAsLongsUnderTheirName() {
    GeneratedKeyHolder key = new GeneratedKeyHolder();
    client.sql("INSERT INTO pilot (name) VALUES (:name)").param("name", "Ada").update(key, "id");
    assertThat(key.getKeyAs(Long.class)).isEqualTo(1L);
    GeneratedKeyHolder keys = new GeneratedKeyHolder();
    named.batchUpdate(
        "INSERT INTO pilot (name) VALUES (:name)",
        SqlParameterSourceUtils.createBatch(Map.of("name", "Bob"), Map.of("name", "Cid")),
        keys,
        new String[] {"id"});
    assertThat(keys.getKeyList()).containsExactly(Map.of("id", 2L), Map.of("id", 3L));
    Number inserted =
        new SimpleJdbcInsert(template)
            .withTableName("pilot")
            .usingGeneratedKeyColumns("id")
            .executeAndReturnKey(
                new MapSqlParameterSource("name", "Dan").addValue("born", LocalDate.EPOCH));
    assertThat(inserted).isEqualTo(4L);
  }

  @Test
  void batchesListsOfValuesRowSetsAndRecords() {
    template.batchUpdate(
        "INSERT INTO pilot (name, rank, bonus, born) VALUES (?, ?, ?, ?)",
        List.of(
            new Object[] {"Ada", "captain", new BigDecimal("10.50"), LocalDate.of(1970, 1, 2)},
            new Object[] {"Bob", "captain", null, null},
            new Object[] {"Cid", null, new BigDecimal("0.25"), LocalDate.of(1980, 3, 4)}));
    assertThat(
            named.queryForList(
                "SELECT name FROM pilot WHERE name IN (:names) ORDER BY name",
                Map.of("names", List.of("Cid", "Ada", "Zoe")),
                String.class))
        .containsExactly("Ada", "Cid");
    SqlRowSet rows = template.queryForRowSet("SELECT name, bonus FROM pilot ORDER BY id");
    assertThat(rows.next()).isTrue();
    assertThat(rows.getBigDecimal("bonus")).isEqualByComparingTo("10.5");
    assertThat(rows.last()).isTrue();
    assertThat(rows.getString("name")).isEqualTo("Cid");
    assertThat(client.sql("SELECT name, bonus, born FROM pilot").query(Pilot.class).list())
        .first()
        .isEqualTo(new Pilot("Ada", new BigDecimal("10.5"), LocalDate.of(1970, 1, 2)));
  }

  /** A row of the table. */
  record Pilot(String name, BigDecimal bonus, LocalDate born) {}

  /** A decimal is bound as a text, which is more than any number to an expression without a type. */
  @Test
  void aDecimalBesideAnExpressionIsMadeANumber() {
    client.sql("INSERT INTO pilot (name, bonus) VALUES ('Ada', 10), ('Bob', 20)").update();
    BigDecimal least = new BigDecimal("15.5");
    assertThat(
            client
                .sql("SELECT name FROM pilot WHERE bonus > :least")
                .param("least", least)
                .query(String.class)
                .list())
        .containsExactly("Bob");
    assertThat(
            client
                .sql("SELECT SUM(bonus) FROM pilot HAVING SUM(bonus) > :least + 0")
                .param("least", least)
                .query(Integer.class)
                .single())
        .isEqualTo(30);
  }

  @Test
  void transactionsRollBackNestAndRefuseToWriteWhenReadOnly() {
    TransactionTemplate plain = transactions();
    TransactionTemplate nested = transactions();
    nested.setPropagationBehavior(TransactionDefinition.PROPAGATION_NESTED);
    plain.executeWithoutResult(outer -> {
      insert("outer");
      nested.executeWithoutResult(inner -> {
        insert("inner");
        inner.setRollbackOnly();
      });
    });
    plain.executeWithoutResult(outer -> {
      insert("undone");
      outer.setRollbackOnly();
    });
    assertThat(client.sql("SELECT name FROM pilot").query(String.class).list())
        .containsExactly("outer");
    TransactionTemplate reading = transactions();
    reading.setReadOnly(true);
    assertThatThrownBy(() -> reading.executeWithoutResult(status -> insert("refused")))
        .hasMessageContaining("readonly");
    insert("and writes again");
    TransactionTemplate short1 = transactions();
    short1.setTimeout(1);
    assertThatThrownBy(() ->
            short1.execute(status ->
                client
                    .sql(
                        "WITH RECURSIVE c(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM c)"
                            + " SELECT COUNT(*) FROM c")
                    .query(Long.class)
                    .single()))
        .isInstanceOf(QueryTimeoutException.class);
  }

  private TransactionTemplate transactions() {
    return new TransactionTemplate(context.getBean(PlatformTransactionManager.class));
  }

  private void insert(String name) {
    client.sql("INSERT INTO pilot (name) VALUES (?)").param(name).update();
  }

  @Test
  void mistakesHaveSpringsNames() {
    insert("Ada");
    Map<String, Class<?>> expected = new HashMap<>();
    expected.put("INSERT INTO pilot (name) VALUES ('Ada')", DuplicateKeyException.class);
    expected.put("INSRT INTO pilot", BadSqlGrammarException.class);
    expected.put("UPDATE nothing SET a = 1", BadSqlGrammarException.class);
    expected.put("UPDATE pilot SET nothing = 1", BadSqlGrammarException.class);
    expected.put("UPDATE pilot SET rank = ?", BadSqlGrammarException.class);
    expected.forEach((sql, type) ->
        assertThatThrownBy(() -> client.sql(sql).update()).as(sql).isInstanceOf(type));
    assertThatThrownBy(() -> client.sql("SELECT id FROM pilot WHERE 0").query(Long.class).single())
        .isInstanceOf(EmptyResultDataAccessException.class);
  }
}
