package dev.turso.cdc.flink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.turso.Database;
import dev.turso.Options;
import dev.turso.Session;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is written for Flink, and what is refused. That Flink finds the same rows is another test's. */
class FlinkExportTest {

  private Database database;
  private Session session;

  @BeforeEach
  void open() {
    database = Database.open(":memory:", Options.DEFAULT);
    session = database.connect();
    session.execute(
        """
        CREATE TABLE Orders (id INTEGER PRIMARY KEY, customer INT, item TEXT, price REAL, paid BOOLEAN,
          day DATE, amount DECIMAL(10, 2), picture BLOB);
        CREATE TABLE customers (id INTEGER PRIMARY KEY, name TEXT);
        CREATE TABLE loose (id INTEGER PRIMARY KEY, what)\
        """);
  }

  @AfterEach
  void close() {
    session.close();
    database.close();
  }

  private List<String> export(String query) {
    session.execute("CREATE MATERIALIZED VIEW v AS " + query);
    return FlinkExport.statements(session, "v", "app", "broker:9092");
  }

  private String body(String query) {
    return export(query).getLast().replaceFirst("(?s).*?\\) AS ", "");
  }

  @Test
  void tablesHaveTheirTopicsTypesAndKeys() {
    assertThat(export("SELECT ID, picture FROM orders").getFirst())
        .isEqualTo(
            """
            CREATE TEMPORARY TABLE `Orders` (
              `id` BIGINT NOT NULL,
              `customer` BIGINT,
              `item` STRING,
              `price` DOUBLE,
              `paid` DOUBLE,
              `day` STRING,
              `amount` DOUBLE,
              `picture` BYTES,
              PRIMARY KEY (`id`) NOT ENFORCED
            ) WITH (
              'connector' = 'kafka',
              'topic' = 'app.main.Orders',
              'properties.bootstrap.servers' = 'broker:9092',
              'properties.isolation.level' = 'read_committed',
              'scan.startup.mode' = 'earliest-offset',
              'format' = 'debezium-json'
            )\
            """
                .replace("`paid` DOUBLE", "`paid` BIGINT"));
  }

  @Test
  void queriesAreWrittenAsFlinkHasThem() {
    assertThat(
            body(
                "SELECT c.NAME AS who, count(*) AS n, avg(price) AS mean, total(price) AS t,"
                    + " sum(paid = 1) FILTER (WHERE price > 1.5) AS p FROM orders o"
                    + " LEFT JOIN customers c ON c.id == o.customer"
                    + " WHERE item LIKE 'a%' AND paid GROUP BY who HAVING n > 1"))
        .isEqualTo(
            "SELECT `c`.`name` AS `who`, COUNT(*) AS `n`, AVG(CAST(`price` AS DOUBLE)) AS `mean`,"
                + " COALESCE(SUM(CAST(`price` AS DOUBLE)), 0E0) AS `t`,"
                + " SUM(CAST((`paid` = 1) AS BIGINT)) FILTER (WHERE (`price` > 1.5E0)) AS `p`"
                + " FROM `Orders` AS `o` LEFT JOIN `customers` AS `c` ON (`c`.`id` = `o`.`customer`)"
                + " WHERE ((UPPER(`item`) LIKE 'A%') AND (`paid` <> 0)) GROUP BY `c`.`name`"
                + " HAVING (COUNT(*) > 1)");
  }

  @Test
  void viewsThatAreReadComeFirst() {
    session.execute("CREATE VIEW dear AS SELECT id, price FROM orders WHERE price > 100");
    assertThat(export("SELECT count(*) AS n FROM dear"))
        .hasSize(3)
        .element(1)
        .isEqualTo(
            "CREATE TEMPORARY VIEW `dear` AS SELECT `id`, `price` FROM `Orders` AS `orders`"
                + " WHERE (`price` > 100)");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "SELECT what FROM loose | loose.what",
        "SELECT item GLOB 'a*' AS g FROM orders | GLOB",
        "SELECT group_concat(item) AS g FROM orders | group_concat",
        "SELECT id, row_number() OVER (ORDER BY id) AS n FROM orders | row_number",
        "SELECT item COLLATE NOCASE AS i FROM orders | COLLATE NOCASE",
        "SELECT CAST(price AS TEXT) AS i FROM orders | CAST AS TEXT",
        "SELECT id & 3 AS i FROM orders | operator &",
        "SELECT o.id FROM orders o NATURAL JOIN customers | NATURAL JOIN",
        "SELECT substr(item, -2) AS i FROM orders | substr",
        "WITH RECURSIVE r(n) AS (SELECT id FROM orders UNION SELECT n + 1 FROM r WHERE n < 9)"
            + " SELECT n FROM r | WITH RECURSIVE"
      })
  void whatHasNoFormThereIsRefusedByName(String query, String named) {
    assertThatThrownBy(() -> export(query))
        .isInstanceOf(dev.turso.error.SqlException.class)
        .hasMessageContaining(named);
  }
}
