package dev.turso.cdc.flink;

import static org.assertj.core.api.Assertions.assertThat;

import dev.turso.Database;
import dev.turso.Options;
import dev.turso.Rows;
import dev.turso.Session;
import dev.turso.Statement;
import dev.turso.cdc.debezium.DebeziumEncoder;
import dev.turso.cdc.debezium.DebeziumMessage;
import dev.turso.cdc.debezium.DebeziumOptions;
import dev.turso.cdc.read.ChangeLog;
import dev.turso.cdc.read.LogPosition;
import dev.turso.cdc.read.ReaderOptions;
import dev.turso.value.Tag;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.table.api.EnvironmentSettings;
import org.apache.flink.table.api.TableEnvironment;
import org.apache.flink.types.Row;
import org.apache.flink.types.RowKind;
import org.apache.flink.util.CloseableIterator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Runs what is exported on a cluster of Flink's in this JVM, and finds the same rows as the views have.
 * The messages are read off files, one for each topic, in place of a broker. Run with {@code -Pflink},
 * which needs Flink's libraries and about a minute of a core.
 */
class MiniClusterTest {

  private static final long SEED = Long.getLong("turso.seed", 20779);

  private static final String TABLES =
      """
      CREATE TABLE airport (iata TEXT PRIMARY KEY, name TEXT NOT NULL, latitude REAL, longitude REAL);
      CREATE TABLE flight (id INTEGER PRIMARY KEY, departure TEXT, origin TEXT, destination TEXT,
        delay INTEGER);
      CREATE TABLE person (id INTEGER PRIMARY KEY, name TEXT, city TEXT, state TEXT);
      CREATE TABLE auction (id INTEGER PRIMARY KEY, item TEXT, seller INTEGER, category INTEGER,
        reserve INTEGER);
      CREATE TABLE bid (id INTEGER PRIMARY KEY, auction INTEGER, bidder INTEGER, price INTEGER);
      CREATE TABLE customer (custkey INTEGER PRIMARY KEY, name TEXT, segment TEXT);
      CREATE TABLE orders (orderkey INTEGER PRIMARY KEY, custkey INTEGER, orderdate TEXT,
        priority TEXT);
      CREATE TABLE lineitem (orderkey INTEGER, line INTEGER, quantity REAL, price REAL,
        discount REAL, flag TEXT, status TEXT, shipdate TEXT, PRIMARY KEY (orderkey, line))
        WITHOUT ROWID;
      """;

  /** Those of the sample, five as Nexmark has them, five as TPC-H has them. */
  private static final Map<String, String> VIEWS = views();

  private static Map<String, String> views() {
    Map<String, String> all = new LinkedHashMap<>();
    all.put(
        "airport_board",
        "SELECT f.origin, a.name, a.latitude, a.longitude, COUNT(*) AS departures,"
            + " AVG(f.delay) AS mean_delay, AVG(f.delay > 15) AS share_late"
            + " FROM flight f JOIN airport a ON a.iata = f.origin"
            + " GROUP BY f.origin, a.name, a.latitude, a.longitude");
    all.put(
        "busiest_route",
        "SELECT origin, destination, COUNT(*) AS flights, AVG(delay) AS mean_delay FROM flight"
            + " GROUP BY origin, destination ORDER BY flights DESC, origin, destination LIMIT 10");
    all.put(
        "worst_delay",
        "SELECT id, departure, origin, destination, delay FROM flight WHERE delay IS NOT NULL"
            + " ORDER BY delay DESC, id LIMIT 10");
    all.put(
        "departures_by_hour",
        "SELECT CAST(substr(departure, 12, 2) AS INTEGER) AS hour, COUNT(*) AS departures,"
            + " COUNT(CASE WHEN delay > 15 THEN 1 END) AS late FROM flight"
            + " GROUP BY CAST(substr(departure, 12, 2) AS INTEGER)");
    all.put("nexmark1", "SELECT auction, bidder, price * 0.908 AS price FROM bid");
    all.put("nexmark2", "SELECT auction, price FROM bid WHERE auction % 3 = 0");
    all.put(
        "nexmark3",
        "SELECT p.name, p.city, p.state, a.id FROM auction a JOIN person p ON a.seller = p.id"
            + " WHERE a.category = 1 AND (p.state = 'OR' OR p.state = 'ID' OR p.state = 'CA')");
    all.put(
        "nexmark4",
        "SELECT category, avg(final) AS mean FROM (SELECT a.id, a.category, max(b.price) AS final"
            + " FROM auction a JOIN bid b ON a.id = b.auction GROUP BY a.id, a.category)"
            + " GROUP BY category");
    all.put(
        "nexmark20",
        "SELECT b.id, b.price, a.item, a.category FROM bid b JOIN auction a ON b.auction = a.id"
            + " WHERE a.category IN (1, 2) AND b.price >= a.reserve");
    all.put(
        "tpch1",
        "SELECT flag, status, sum(quantity) AS sum_qty, sum(price) AS sum_base,"
            + " sum(price * (1 - discount)) AS sum_disc, avg(quantity) AS avg_qty,"
            + " count(*) AS n FROM lineitem WHERE shipdate <= '1998-09-02' GROUP BY flag, status");
    all.put(
        "tpch3",
        "SELECT l.orderkey, sum(l.price * (1 - l.discount)) AS revenue, o.orderdate"
            + " FROM customer c, orders o, lineitem l WHERE c.segment = 'BUILDING'"
            + " AND c.custkey = o.custkey AND l.orderkey = o.orderkey"
            + " AND o.orderdate < '1995-06-15' GROUP BY l.orderkey, o.orderdate");
    all.put(
        "tpch4",
        "SELECT priority, count(*) AS n FROM orders o WHERE EXISTS (SELECT 1 FROM lineitem l"
            + " WHERE l.orderkey = o.orderkey AND l.shipdate > '1995-01-01') GROUP BY priority");
    all.put(
        "tpch6",
        "SELECT sum(price * discount) AS revenue FROM lineitem WHERE shipdate >= '1994-01-01'"
            + " AND shipdate < '1996-01-01' AND discount BETWEEN 0.02 AND 0.07 AND quantity < 24");
    all.put(
        "tpch13",
        "SELECT c_count, count(*) AS custdist FROM (SELECT c.custkey, count(o.orderkey) AS c_count"
            + " FROM customer c LEFT JOIN orders o ON c.custkey = o.custkey GROUP BY c.custkey)"
            + " GROUP BY c_count");
    return all;
  }

  @TempDir Path folder;

  @Test
  void findsTheRowsOfTheViews() throws Exception {
    System.out.println("MiniClusterTest seed " + SEED);
    try (Database database = Database.open(":memory:", Options.DEFAULT);
        Session session = database.connect()) {
      session.execute(TABLES + "PRAGMA turso_capture = 'full'");
      VIEWS.forEach(
          (name, query) -> session.execute("CREATE MATERIALIZED VIEW " + name + " AS " + query));
      write(session);
      topics(database);
      for (String each : VIEWS.keySet()) {
        assertThat(inFlink(session, each)).as(each).isEqualTo(inView(session, each));
      }
    }
  }

  /** Rows come, change and go. */
  private static void write(Session session) {
    Random random = new Random(SEED);
    String[] airports = {"AAA", "BBB", "CCC", "DDD"};
    String[] states = {"OR", "ID", "CA", "NY"};
    for (String each : airports) {
      session.execute(
          "INSERT INTO airport VALUES ('"
              + each
              + "', 'Airport "
              + each
              + "', 1.5, "
              + random.nextInt(90)
              + ")");
    }
    for (int i = 1; i <= 300; i++) {
      String delay = random.nextInt(5) == 0 ? "NULL" : "" + random.nextInt(60);
      session.execute(
          String.format(
              Locale.ROOT,
              "INSERT INTO flight VALUES (%d, '2026-01-01T%02d:30', '%s', '%s', %s)",
              i,
              random.nextInt(24),
              airports[random.nextInt(4)],
              airports[random.nextInt(4)],
              delay));
      session.execute(
          "INSERT INTO bid VALUES ("
              + i
              + ", "
              + random.nextInt(30)
              + ", "
              + random.nextInt(20)
              + ", "
              + random.nextInt(1000)
              + ")");
      session.execute(
          String.format(
              Locale.ROOT,
              "INSERT INTO lineitem VALUES (%d, %d, %d, %d.25, 0.0%d, '%s', '%s', '199%d-0%d-11')",
              random.nextInt(60),
              i,
              random.nextInt(50),
              random.nextInt(900),
              random.nextInt(9),
              random.nextBoolean() ? "A" : "R",
              random.nextBoolean() ? "F" : "O",
              random.nextInt(9),
              1 + random.nextInt(9)));
    }
    for (int i = 0; i < 30; i++) {
      session.execute(
          "INSERT INTO person VALUES ("
              + i
              + ", 'P"
              + i
              + "', 'City"
              + i % 5
              + "', '"
              + states[random.nextInt(4)]
              + "'); INSERT INTO auction VALUES ("
              + i
              + ", 'item"
              + i
              + "', "
              + random.nextInt(30)
              + ", "
              + random.nextInt(4)
              + ", "
              + random.nextInt(500)
              + "); INSERT INTO customer VALUES ("
              + i
              + ", 'C"
              + i
              + "', '"
              + (random.nextBoolean() ? "BUILDING" : "MACHINERY")
              + "')");
    }
    for (int i = 0; i < 60; i++) {
      session.execute(
          "INSERT INTO orders VALUES ("
              + i
              + ", "
              + random.nextInt(25)
              + ", '199"
              + random.nextInt(9)
              + "-03-01', '"
              + (1 + random.nextInt(5))
              + "-X')");
    }
    session.execute(
        """
        UPDATE flight SET delay = delay + 20 WHERE id % 7 = 0;
        DELETE FROM flight WHERE id % 11 = 0;
        UPDATE flight SET id = id + 10000 WHERE id % 13 = 0;
        UPDATE bid SET price = price * 2 WHERE id % 5 = 0;
        DELETE FROM bid WHERE id % 9 = 0;
        UPDATE lineitem SET discount = 0.05 WHERE line % 4 = 0;
        DELETE FROM lineitem WHERE line % 10 = 0;
        DELETE FROM orders WHERE orderkey % 8 = 0;
        UPDATE customer SET segment = 'BUILDING' WHERE custkey % 3 = 0;
        UPDATE airport SET name = 'Renamed' WHERE iata = 'BBB'\
        """);
  }

  /** What the sink would send, a file for each topic. */
  private void topics(Database database) {
    DebeziumEncoder encoder = new DebeziumEncoder(DebeziumOptions.of("app"));
    try (ChangeLog log = ChangeLog.of(database)) {
      log.replay(
          LogPosition.START,
          ReaderOptions.DEFAULT,
          batch -> {
            encoder.encode(batch).forEach(this::append);
            return true;
          });
    }
  }

  private void append(DebeziumMessage message) {
    String value = message.valueText();
    if (value != null && message.topic().startsWith("app.main.")) {
      try {
        Path file = folder.resolve(message.topic());
        String before = Files.exists(file) ? Files.readString(file) : "";
        Files.writeString(file, before + value + "\n", StandardCharsets.UTF_8);
      } catch (IOException e) {
        throw new java.io.UncheckedIOException(e);
      }
    }
  }

  private List<String> inFlink(Session session, String view) throws Exception {
    Configuration configuration = new Configuration();
    configuration.setString("parallelism.default", "1");
    TableEnvironment flink =
        TableEnvironment.create(
            EnvironmentSettings.newInstance()
                .inStreamingMode()
                .withConfiguration(configuration)
                .build());
    for (String each : FlinkExport.statements(session, view, "app", "nowhere:1")) {
      flink.executeSql(onFiles(each));
    }
    Map<String, Integer> rows = new LinkedHashMap<>();
    try (CloseableIterator<Row> changes =
        flink.executeSql("SELECT * FROM `" + view + "`").collect()) {
      while (changes.hasNext()) {
        Row row = changes.next();
        boolean comes = row.getKind() == RowKind.INSERT || row.getKind() == RowKind.UPDATE_AFTER;
        rows.merge(text(row), comes ? 1 : -1, Integer::sum);
      }
    }
    List<String> all = new ArrayList<>();
    rows.forEach((row, count) -> {
      assertThat(count).as(view + " " + row).isNotNegative();
      for (int i = 0; i < count; i++) {
        all.add(row);
      }
    });
    return all.stream().sorted().toList();
  }

  private String onFiles(String statement) {
    return statement
        .replace("'connector' = 'kafka'", "'connector' = 'filesystem'")
        .replaceFirst("'topic' = '(.*)'", "'path' = '" + folder.toUri() + "$1'")
        .replaceAll("(?m)^  '(properties|scan)\\..*\\R", "");
  }

  private static String text(Row row) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < row.getArity(); i++) {
      Object value = row.getField(i);
      text.append(value instanceof Double number ? number(number) : String.valueOf(value))
          .append('|');
    }
    return text.toString();
  }

  /**
   * Sums differ in their last digits by the order of their rows, and those of prices lie just between two
   * numbers of seven digits: they are moved off that edge.
   */
  private static String number(double value) {
    return String.format(Locale.ROOT, "%.6e", value * (1 + 1e-9));
  }

  private static List<String> inView(Session session, String view) {
    List<String> all = new ArrayList<>();
    try (Statement statement = session.prepare("SELECT * FROM " + view);
        Rows rows = statement.query()) {
      while (rows.next()) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < rows.columnCount(); i++) {
          text.append(
                  rows.tag(i) == Tag.REAL
                      ? number(rows.getDouble(i))
                      : rows.tag(i) == Tag.NULL ? "null" : rows.getText(i))
              .append('|');
        }
        all.add(text.toString());
      }
    }
    return all.stream().sorted().toList();
  }
}
