package dev.turso.dbsp.corpus;

import static org.assertj.core.api.Assertions.assertThat;

import dev.turso.AllRows;
import dev.turso.Database;
import dev.turso.Options;
import dev.turso.Session;
import dev.turso.error.ConstraintException;
import dev.turso.value.Value;
import java.io.IOException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * Odd SELECTs as views, over tables that are odd themselves: STRICT, WITHOUT ROWID, with generated columns
 * and with indexes over expressions and parts.
 *
 * <p>Each day others; {@code -Dturso.odd=all} takes all, {@code -Dturso.seed} says which changes.
 */
class OddViewsTest {

  private static final boolean ALL = System.getProperty("turso.odd", "").equals("all");
  private static final long SEED = Long.getLong("turso.seed", LocalDate.now().toEpochDay());

  /** Views of one database. */
  private static final int TOGETHER = 30;

  private static final int BATCHES = 12;

  private static final String[] SCHEMA = {
    "CREATE TABLE customers(id INTEGER PRIMARY KEY, name TEXT COLLATE NOCASE, city TEXT, tier ANY,"
        + " big TEXT GENERATED ALWAYS AS (upper(city)) VIRTUAL, twice INT AS (tier * 2) STORED) STRICT",
    "CREATE TABLE products(id INTEGER PRIMARY KEY DESC, category TEXT, price REAL,"
        + " cents INT AS (CAST(price * 100 AS INT)))",
    "CREATE TABLE orders(id INTEGER PRIMARY KEY, customer_id INT, amount INT, status TEXT, day INT,"
        + " half REAL AS (amount / 2.0), tag TEXT AS (status || ':' || day) STORED) WITHOUT ROWID",
    "CREATE TABLE items(order_id INT, product_id INT, qty INT,"
        + " PRIMARY KEY(order_id DESC, product_id))",
    "CREATE TABLE edges(src INT, dst INT, w INT, len INT AS (dst - src))",
    "CREATE INDEX orders_customer ON orders(customer_id)",
    "CREATE INDEX orders_open ON orders(amount DESC) WHERE status = 'open'",
    "CREATE INDEX orders_abs ON orders(abs(amount - 50), customer_id % 3)",
    "CREATE INDEX orders_tag ON orders(tag, half)",
    "CREATE INDEX customers_big ON customers(big COLLATE NOCASE) WHERE tier IS NOT NULL",
    "CREATE INDEX customers_low ON customers(lower(city), tier)",
    "CREATE INDEX edges_len ON edges(len, src) WHERE w > 1",
    "CREATE VIEW big_orders AS SELECT id, customer_id, amount FROM orders WHERE amount > 40",
    "CREATE VIEW order_totals(order_id, total) AS SELECT i.order_id, sum(i.qty * p.price)"
        + " FROM items i JOIN products p ON p.id = i.product_id GROUP BY i.order_id",
  };

  /**
   * In them {@code #n} is a number below n, {@code ?n} the same or NULL, and {@code @} a city or a state.
   * Edges lead upwards, so that every recursive query ends.
   */
  private static final String[] CHANGES = {
    "INSERT OR REPLACE INTO customers VALUES(#14, 'name' || #9, @, ?4)",
    "INSERT OR IGNORE INTO customers VALUES(#20, 'Name' || #9, @, ?4)",
    "UPDATE customers SET tier = ?4, city = @ WHERE id % 5 = #5",
    "DELETE FROM customers WHERE id = #14",
    "INSERT OR REPLACE INTO products VALUES(#12, @, #40 + 0.25 * #4)",
    "UPDATE products SET price = price + 1.5 WHERE category = @",
    "DELETE FROM products WHERE id % 7 = #7",
    "INSERT OR REPLACE INTO orders VALUES(#40, ?15, ?100 - 10, @, #10)",
    "INSERT INTO orders VALUES(#60, ?15, ?100 - 10, @, #10)"
        + " ON CONFLICT(id) DO UPDATE SET amount = excluded.amount",
    "UPDATE orders SET amount = amount + #9 - 4 WHERE customer_id = #15",
    "UPDATE orders SET status = @ WHERE day = #10",
    "UPDATE orders SET id = id + 100 WHERE id % 9 = #9",
    "DELETE FROM orders WHERE id % 11 = #11",
    "INSERT OR REPLACE INTO items VALUES(#34, #12, ?6), (#34, #12, ?6), (#34, #12, ?6)",
    "UPDATE items SET qty = qty + 1 WHERE product_id = #12",
    "DELETE FROM items WHERE order_id % 6 = #6",
    "INSERT INTO edges SELECT n, n + 1 + #3, ?5 FROM (SELECT #8 AS n)",
    "DELETE FROM edges WHERE src = #8",
  };

  private static final String[] WORDS = {"'Oslo'", "'oslo'", "'Rome'", "'open'", "'paid'", "NULL"};

  private final Random random = new Random(SEED);

  @Test
  void eachViewIsItsQueryAfterEveryBatch() throws IOException {
    List<Map.Entry<String, String>> queries = List.copyOf(QueryFile.read("odd.sql").entrySet());
    assertThat(queries).hasSizeGreaterThan(300);
    int start = Math.floorMod(LocalDate.now().toEpochDay() * TOGETHER, queries.size());
    int count = ALL ? queries.size() : TOGETHER;
    for (int done = 0; done < count; done += TOGETHER) {
      List<Map.Entry<String, String>> some = new ArrayList<>();
      for (int i = done; i < Math.min(done + TOGETHER, count); i++) {
        some.add(queries.get((start + i) % queries.size()));
      }
      together(some);
    }
    System.out.printf("OddViewsTest seed %d: %d of %d%n", SEED, count, queries.size());
  }

  private void together(List<Map.Entry<String, String>> queries) {
    try (Database database = Database.open(":memory:", Options.DEFAULT);
        Session session = database.connect()) {
      for (String each : SCHEMA) {
        session.execute(each);
      }
      for (int i = 0; i < 60; i++) {
        change(session);
      }
      for (Map.Entry<String, String> each : queries) {
        session.execute("CREATE MATERIALIZED VIEW " + each.getKey() + " AS " + each.getValue());
      }
      for (int batch = 0; batch < BATCHES; batch++) {
        batch(session);
        for (List<Value> each : AllRows.of(session, "PRAGMA turso_check_views")) {
          assertThat(each.get(1).asString()).as("seed %d, view %s", SEED, each).isEqualTo("ok");
        }
        assertThat(
                AllRows.texts(
                    session, "SELECT name, message FROM turso_views WHERE status <> 'current'"))
            .as("seed %d", SEED)
            .isEmpty();
      }
    }
  }

  private void batch(Session session) {
    session.execute("BEGIN");
    for (int n = 1 + random.nextInt(8); n > 0; n--) {
      if (random.nextInt(4) == 0) {
        session.execute("SAVEPOINT s");
        change(session);
        session.execute(random.nextBoolean() ? "ROLLBACK TO s" : "RELEASE s");
      } else {
        change(session);
      }
    }
    session.execute(random.nextInt(5) == 0 ? "ROLLBACK" : "COMMIT");
  }

  private void change(Session session) {
    String sql = CHANGES[random.nextInt(CHANGES.length)];
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < sql.length(); i++) {
      char c = sql.charAt(i);
      if (c == '@') {
        text.append(WORDS[random.nextInt(WORDS.length)]);
      } else if (c == '#' || c == '?') {
        int end = i + 1;
        while (end < sql.length() && Character.isDigit(sql.charAt(end))) {
          end++;
        }
        int below = Integer.parseInt(sql.substring(i + 1, end), 10);
        boolean none = c == '?' && random.nextInt(8) == 0;
        text.append(none ? "NULL" : String.format(Locale.ROOT, "%d", random.nextInt(below)));
        i = end - 1;
      } else {
        text.append(c);
      }
    }
    try {
      session.execute(text.toString());
    } catch (ConstraintException e) {
      // An identity that is taken: the statement has done nothing.
      return;
    }
  }
}
