package dev.turso.dbsp.circuit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.turso.bind.Binder;
import dev.turso.bind.BinderSettings;
import dev.turso.bind.BoundQuery;
import dev.turso.dbsp.algebra.ZSet;
import dev.turso.dbsp.compile.NoIncrementalForm;
import dev.turso.dbsp.compile.PlanCompiler;
import dev.turso.dbsp.trace.MemoryTrace;
import dev.turso.format.RecordReader;
import dev.turso.format.TextEncoding;
import dev.turso.function.builtin.BuiltInFunctions;
import dev.turso.sql.ast.SelectStatement;
import dev.turso.sql.parse.Parser;
import dev.turso.value.Tag;
import dev.turso.value.Value;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** After any changes, what a circuit has given in sum is what a new one gives from scratch. */
class CircuitEquivalenceTest {

  /** The length of the key under which an operator keeps the number of rows it has numbered. */
  private static final int NUMBER_OF_ROWS = 3;

  private static final String[] SCHEMA = {
    "CREATE TABLE customers(id INTEGER PRIMARY KEY, name TEXT, city TEXT, tier INT)",
    "CREATE TABLE products(id INTEGER PRIMARY KEY, category TEXT, price REAL)",
    "CREATE TABLE orders(id INTEGER PRIMARY KEY, customer_id INT, amount INT, status TEXT, day INT)",
    "CREATE TABLE items(order_id INT, product_id INT, qty INT)",
    "CREATE TABLE edges(src INT, dst INT, w INT)",
    "CREATE INDEX orders_customer ON orders(customer_id)",
    "CREATE INDEX items_both ON items(order_id, product_id)",
    "CREATE VIEW big_orders AS SELECT id, customer_id, amount FROM orders WHERE amount > 40",
    "CREATE VIEW order_totals(order_id, total) AS SELECT i.order_id, sum(i.qty * p.price)"
        + " FROM items i JOIN products p ON p.id = i.product_id GROUP BY i.order_id",
  };

  private static final String[] QUERIES = {
    "SELECT * FROM customers",
    "SELECT id, amount + day FROM orders WHERE amount > 50 AND status = 'open'",
    "SELECT name FROM customers",
    "SELECT o.id, c.name FROM orders o JOIN customers c ON c.id = o.customer_id",
    "SELECT c.name, o.amount, i.qty FROM customers c JOIN orders o ON o.customer_id = c.id"
        + " JOIN items i ON i.order_id = o.id",
    "SELECT a.src, a.dst, b.dst FROM edges a JOIN edges b ON a.dst = b.src",
    "SELECT a.id, b.id FROM customers a JOIN customers b ON a.city = b.city AND a.id < b.id",
    "SELECT o.id, c.id FROM orders o JOIN customers c ON o.customer_id = c.id OR o.day = c.tier",
    "SELECT c.id, c.name, o.id, o.amount FROM customers c LEFT JOIN orders o ON o.customer_id = c.id",
    "SELECT a.src, a.dst, b.dst FROM edges a LEFT JOIN edges b ON a.dst = b.src",
    "SELECT c.name, o.id, i.qty FROM customers c LEFT JOIN orders o ON o.customer_id = c.id"
        + " LEFT JOIN items i ON i.order_id = o.id",
    "SELECT c.id, o.id FROM customers c RIGHT JOIN orders o ON o.customer_id = c.id AND o.amount > 50",
    "SELECT a.src, a.dst, b.dst FROM edges a FULL JOIN edges b ON a.dst = b.src",
    "SELECT c.id, count(o.id), sum(o.amount) FROM customers c LEFT JOIN orders o"
        + " ON o.customer_id = c.id GROUP BY c.id",
    "SELECT o.id, t.total FROM orders o JOIN"
        + " (SELECT order_id, sum(qty) AS total FROM items GROUP BY order_id) t ON t.order_id = o.id",
    "SELECT c.city, t.n FROM customers c LEFT JOIN"
        + " (SELECT customer_id, count(*) AS n FROM orders GROUP BY customer_id) t"
        + " ON t.customer_id = c.id",
    "WITH b AS (SELECT customer_id, count(*) AS n FROM orders GROUP BY customer_id)"
        + " SELECT x.customer_id, y.customer_id FROM b x JOIN b y"
        + " ON x.n = y.n AND x.customer_id < y.customer_id",
    "SELECT count(*), sum(amount), avg(amount), min(amount), max(status), total(day) FROM orders",
    "SELECT customer_id, day, min(amount), max(amount), count(DISTINCT status) FROM orders"
        + " GROUP BY customer_id, day",
    "SELECT category, max(price), min(price), sum(price), avg(price) FROM products GROUP BY category",
    "SELECT customer_id, sum(DISTINCT amount), count(*) FILTER (WHERE status = 'open') FROM orders"
        + " GROUP BY customer_id HAVING count(*) > 1",
    "SELECT status, group_concat(id) FROM orders GROUP BY status",
    "SELECT lower(city), count(*) FROM customers GROUP BY city COLLATE NOCASE",
    "SELECT city, tier, max(id), name FROM customers GROUP BY city",
    "SELECT city, name, count(*) FROM customers GROUP BY city",
    "SELECT DISTINCT city, tier FROM customers",
    "SELECT DISTINCT amount > 50 FROM orders",
    "SELECT src FROM edges UNION SELECT dst FROM edges",
    "SELECT src FROM edges INTERSECT SELECT dst FROM edges",
    "SELECT src, dst FROM edges EXCEPT SELECT dst, src + 2 FROM edges",
    "SELECT x, count(*) FROM (SELECT src AS x FROM edges UNION ALL SELECT dst FROM edges) GROUP BY x",
    "SELECT id FROM customers INTERSECT SELECT src FROM edges UNION ALL SELECT dst FROM edges",
    "SELECT src, w FROM edges UNION ALL VALUES (1, 2), (3, NULL)",
    "SELECT id, amount FROM orders ORDER BY amount, id DESC LIMIT 5",
    "SELECT id, amount FROM orders ORDER BY amount DESC NULLS LAST, id LIMIT 5 OFFSET 1",
    "SELECT count(*), sum(amount) FROM (SELECT amount FROM orders ORDER BY amount DESC, id LIMIT 8)",
    "SELECT * FROM (SELECT id, amount FROM orders ORDER BY amount DESC, id LIMIT 10)"
        + " ORDER BY id LIMIT 3",
    "SELECT src FROM edges UNION SELECT dst FROM edges ORDER BY 1 LIMIT 4",
    "SELECT b.customer_id, count(*) FROM big_orders b GROUP BY b.customer_id",
    "SELECT * FROM order_totals WHERE total > 20",
    "SELECT * FROM customers WHERE id IN (SELECT customer_id FROM orders WHERE amount > 60)",
    "SELECT * FROM customers WHERE tier NOT IN (SELECT day FROM orders WHERE amount > 80)",
    "SELECT id, id IN (SELECT customer_id FROM orders), tier NOT IN (SELECT w FROM edges) FROM customers",
    "SELECT * FROM orders WHERE (customer_id, day) IN (SELECT id, tier FROM customers)",
    "SELECT id, (customer_id, day) IN (SELECT id, tier FROM customers) FROM orders",
    "SELECT * FROM customers c WHERE EXISTS (SELECT 1 FROM orders o WHERE o.customer_id = c.id)",
    "SELECT * FROM customers c WHERE NOT EXISTS"
        + " (SELECT 1 FROM orders o WHERE o.customer_id = c.id AND o.status = 'open')",
    "SELECT id FROM orders WHERE NOT EXISTS (SELECT 1 FROM edges WHERE w = 2)",
    "SELECT * FROM customers c WHERE EXISTS"
        + " (SELECT 1 FROM orders o JOIN items i ON i.order_id = o.id WHERE o.customer_id = c.id)",
    "SELECT * FROM customers c WHERE c.tier IN"
        + " (SELECT o.day FROM orders o WHERE o.customer_id = c.id)",
    "SELECT * FROM customers c WHERE c.tier NOT IN"
        + " (SELECT o.day FROM orders o WHERE o.customer_id = c.id)",
    "SELECT * FROM customers c WHERE 1 < (SELECT count(*) FROM orders o WHERE o.customer_id = c.id)",
    "SELECT * FROM products p WHERE p.id IN"
        + " (SELECT product_id FROM items GROUP BY product_id HAVING sum(qty) > 5)",
    "SELECT id, (SELECT name FROM customers c WHERE c.id = o.customer_id) FROM orders o",
    "SELECT * FROM orders WHERE amount > (SELECT avg(amount) FROM orders)",
    "SELECT id, amount, (SELECT sum(amount) FROM orders) AS total FROM orders",
    "SELECT (SELECT count(*) FROM customers), (SELECT count(*) FROM orders)",
    "SELECT id, (SELECT count(*) FROM orders x WHERE x.day < o.day) FROM orders o",
    "SELECT c.id, (SELECT o.amount FROM orders o WHERE o.customer_id = c.id ORDER BY o.id DESC LIMIT 1)"
        + " FROM customers c",
    "SELECT id, (SELECT count(DISTINCT o.day) FROM orders o WHERE o.customer_id = c.id"
        + " AND o.amount > c.tier) FROM customers c",
    "SELECT id, row_number() OVER (PARTITION BY customer_id ORDER BY id) AS w FROM orders",
    "SELECT id, rank() OVER (ORDER BY amount) AS w, sum(amount) OVER (PARTITION BY status) FROM orders",
    "SELECT id, lag(amount) OVER (ORDER BY day, id), sum(amount) OVER (ORDER BY id ROWS BETWEEN"
        + " 1 PRECEDING AND 1 FOLLOWING EXCLUDE CURRENT ROW) AS w FROM orders",
    "SELECT o.id, c.city, sum(o.amount) OVER (PARTITION BY c.city) FROM orders o"
        + " JOIN customers c ON c.id = o.customer_id",
    "SELECT w, count(*) FROM (SELECT id, dense_rank() OVER (PARTITION BY status ORDER BY amount) AS w"
        + " FROM orders) GROUP BY w",
    "SELECT s.status, s.n * 1.0 / t.n FROM (SELECT status, count(*) AS n FROM orders GROUP BY status) s,"
        + " (SELECT count(*) AS n FROM orders) t",
  };

  @Test
  void changesAddUpToTheResultFromScratch() throws Exception {
    long seed = Long.getLong("turso.seed", java.time.LocalDate.now().toEpochDay());
    List<String> queries = new ArrayList<>(List.of(QUERIES));
    String more = System.getProperty("dbsp.queries");
    if (more != null) {
      queries = Files.readAllLines(Path.of(more));
    }
    for (String sql : queries) {
      try {
        check(sql, seed);
      } catch (NoIncrementalForm e) {
        System.out.println("recomputed (" + e.getMessage() + "): " + sql);
        assertThat(more).as(sql).isNotNull();
      } catch (RuntimeException | AssertionError e) {
        throw new AssertionError("seed " + seed + ": " + sql + ": " + e, e);
      }
    }
  }

  private static void check(String sql, long seed) {
    Random random = new Random(seed);
    try (BareTables tables = new BareTables(SCHEMA)) {
      randomRows(tables, random, 60);
      Circuit circuit = compile(tables, sql);
      MemoryTrace trace = new MemoryTrace();
      tables.takeChanges();
      ZSet sum = new ZSet();
      sum.addAll(circuit.step(tables.pager, trace, Map.of(), true), 1);
      for (int step = 0; step < 30; step++) {
        randomRows(tables, random, 1 + random.nextInt(step % 5 == 0 ? 30 : 4));
        sum.addAll(circuit.step(tables.pager, trace, tables.takeChanges(), false), 1);
        sum.consolidate();
        MemoryTrace fresh = new MemoryTrace();
        ZSet expected = compile(tables, sql).step(tables.pager, fresh, Map.of(), true);
        assertThat(rows(sum))
            .as("step %d\n%s", step, String.join("\n", circuit.explain()))
            .isEqualTo(rows(expected));
        assertThat(entries(trace)).as("entries of state").isEqualTo(entries(fresh));
      }
    }
  }

  /** All but how many rows an operator has numbered, which no deletion takes back. */
  private static int entries(MemoryTrace trace) {
    int[] count = {0};
    trace.scan(
        new byte[0],
        (key, value) -> {
          count[0] += key.length > NUMBER_OF_ROWS ? 1 : 0;
          return true;
        });
    return count[0];
  }

  private static Circuit compile(BareTables tables, String sql) {
    Binder binder = new Binder(tables.catalog, BuiltInFunctions.registry(), BinderSettings.DEFAULT);
    BoundQuery query = binder.bindSelect(((SelectStatement) Parser.parseStatement(sql)).select());
    return PlanCompiler.compile(
        query.plan(), TextEncoding.UTF_8, List.of(), (table, column) -> Value.NULL);
  }

  private static Map<String, Long> rows(ZSet set) {
    Map<String, Long> rows = new TreeMap<>();
    RecordReader reader = new RecordReader();
    for (int i = 0; i < set.size(); i++) {
      reader.reset(set.array(), set.start(i) + Circuit.IDENTITY, set.length(i) - Circuit.IDENTITY);
      StringBuilder text = new StringBuilder();
      for (int c = 0; c < reader.columnCount(); c++) {
        int tag = reader.load(c);
        text.append('|')
            .append(tag == Tag.NULL ? Value.NULL : Value.of(tag, reader.bits(), reader.ref()));
      }
      rows.merge(text.toString(), set.weight(i), Long::sum);
    }
    return rows;
  }

  private static void randomRows(BareTables tables, Random random, int count) {
    for (int i = 0; i < count; i++) {
      boolean delete = random.nextInt(4) == 0;
      switch (random.nextInt(6)) {
        case 0 -> {
          long id = random.nextInt(12);
          if (delete) {
            tables.remove("customers", id);
          } else {
            tables.put(
                "customers",
                id,
                id,
                "name" + random.nextInt(5),
                pick(random, "Oslo", "Rome", "oslo", null),
                maybe(random, random.nextInt(4)));
          }
        }
        case 1 -> {
          long id = random.nextInt(8);
          if (delete) {
            tables.remove("products", id);
          } else {
            tables.put(
                "products",
                id,
                id,
                pick(random, "a", "b", null),
                maybe(random, random.nextInt(40) / 4.0));
          }
        }
        case 2, 3 -> {
          long id = random.nextInt(25);
          if (delete) {
            tables.remove("orders", id);
          } else {
            tables.put(
                "orders",
                id,
                id,
                maybe(random, random.nextInt(13)),
                maybe(random, random.nextInt(100) - 10),
                pick(random, "open", "paid", null),
                random.nextInt(6));
          }
        }
        case 4 -> {
          long id = random.nextInt(30);
          if (delete) {
            tables.remove("items", id);
          } else {
            tables.put(
                "items",
                id,
                random.nextInt(25),
                random.nextInt(8),
                maybe(random, random.nextInt(6)));
          }
        }
        default -> {
          long id = random.nextInt(15);
          if (delete) {
            tables.remove("edges", id);
          } else {
            int from = random.nextInt(6);
            tables.put(
                "edges", id, from, from + 1 + random.nextInt(3), maybe(random, random.nextInt(4)));
          }
        }
      }
    }
  }

  private static Object pick(Random random, Object... choices) {
    return choices[random.nextInt(choices.length)];
  }

  private static Object maybe(Random random, Object value) {
    return random.nextInt(8) == 0 ? null : value;
  }
}
