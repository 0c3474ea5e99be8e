package dev.turso.dbsp.view;

import static org.assertj.core.api.Assertions.assertThat;

import dev.turso.Database;
import dev.turso.Options;
import dev.turso.Rows;
import dev.turso.Session;
import dev.turso.Statement;
import dev.turso.error.DatabaseException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every view equals its query after every statement: across savepoints, rollbacks, constraint failures,
 * triggers, cascades, REPLACE, tables without rowid, and reopening.
 */
class ViewEquivalenceTest {

  private static final String[] SCHEMA = {
    "PRAGMA foreign_keys = ON",
    "CREATE TABLE customers(id INTEGER PRIMARY KEY, name TEXT COLLATE NOCASE, tier INT)",
    "CREATE TABLE orders(id INTEGER PRIMARY KEY, customer INT REFERENCES customers(id)"
        + " ON DELETE CASCADE ON UPDATE CASCADE, amount CHECK (amount IS NOT 13), price REAL)",
    "CREATE TABLE items(order_id INT, product INT, qty INT, PRIMARY KEY(product, order_id))"
        + " WITHOUT ROWID",
    "CREATE TABLE log(what, n)",
    "CREATE TRIGGER logged AFTER INSERT ON orders BEGIN INSERT INTO log VALUES('order', new.amount);"
        + " DELETE FROM items WHERE order_id = new.id + 1; END",
  };

  private static final String[] VIEWS = {
    "SELECT id, name, tier * 2 AS t FROM customers WHERE tier > 0",
    "SELECT c.name, o.amount, i.qty FROM customers c JOIN orders o ON o.customer = c.id"
        + " JOIN items i ON i.order_id = o.id",
    "SELECT c.id, c.name, o.id AS o, o.price FROM customers c LEFT JOIN orders o ON o.customer = c.id",
    "SELECT customer, count(*) AS n, sum(amount) AS s, avg(price) AS a, min(price) AS lo, max(amount) AS hi"
        + " FROM orders GROUP BY customer",
    "SELECT name, count(*) AS n, count(DISTINCT tier) AS d FROM customers GROUP BY name",
    "SELECT DISTINCT amount FROM orders",
    "SELECT id, price FROM orders ORDER BY price DESC, id LIMIT 4",
    "SELECT customer, n FROM v4 WHERE n > 1",
    "SELECT count(*) AS n, total(s) AS t FROM v4",
    "SELECT product, sum(qty) AS q FROM items GROUP BY product HAVING count(*) > 1",
    "SELECT * FROM customers c WHERE NOT EXISTS (SELECT 1 FROM orders o WHERE o.customer = c.id)",
    "SELECT what, n FROM log WHERE n IN (SELECT amount FROM orders)",
    "SELECT id, rank() OVER (PARTITION BY customer ORDER BY price) AS r FROM orders",
    "SELECT amount FROM orders UNION SELECT qty FROM items EXCEPT SELECT tier FROM customers",
    "WITH RECURSIVE r(n) AS (SELECT 1 UNION SELECT o.amount FROM r JOIN orders o ON o.customer = r.n)"
        + " SELECT n FROM r",
  };

  @TempDir Path folder;
  private Database database;
  private Session session;

  private void open() {
    database = Database.open(folder.resolve("random.db").toString(), Options.DEFAULT);
    session = database.connect();
    session.execute("PRAGMA foreign_keys = ON");
    session.execute("PRAGMA synchronous = OFF");
  }

  private void close() {
    session.close();
    database.close();
  }

  @Test
  void aViewEqualsItsQueryAfterEveryStatement() {
    long seed = Long.getLong("turso.seed", java.time.LocalDate.now().toEpochDay());
    Random random = new Random(seed);
    List<String> done = new ArrayList<>();
    open();
    try {
      for (String each : SCHEMA) {
        session.execute(each);
      }
      for (int i = 0; i < 30; i++) {
        attempt(change(random), done);
      }
      for (int i = 0; i < VIEWS.length; i++) {
        session.execute("CREATE MATERIALIZED VIEW v" + (i + 1) + " AS " + VIEWS[i]);
      }
      for (int round = 0; round < 40; round++) {
        transaction(random, done);
        if (round % 10 == 9) {
          close();
          open();
          done.add("reopen");
          compare("reopened");
        }
      }
    } catch (RuntimeException | AssertionError e) {
      throw new AssertionError(
          "seed " + seed + " after " + done.subList(Math.max(0, done.size() - 12), done.size()), e);
    } finally {
      close();
    }
  }

  private void transaction(Random random, List<String> done) {
    if (random.nextInt(3) == 0) {
      attempt(change(random), done);
      compare("a statement alone");
      return;
    }
    attempt("BEGIN", done);
    int depth = 0;
    for (int i = 1 + random.nextInt(6); i > 0; i--) {
      attempt(change(random), done);
      if (random.nextInt(4) == 0) {
        attempt("SAVEPOINT s" + depth++, done);
      } else if (depth > 0 && random.nextInt(3) == 0) {
        depth--;
        attempt("ROLLBACK TO s" + depth, done);
        attempt("RELEASE s" + depth, done);
      }
      if (random.nextBoolean()) {
        compare("inside a transaction");
      }
    }
    attempt(random.nextInt(4) == 0 ? "ROLLBACK" : "COMMIT", done);
    compare("a transaction");
  }

  private void attempt(String sql, List<String> done) {
    done.add(sql);
    try {
      session.execute(sql);
    } catch (DatabaseException e) {
      if (!sql.matches("(INSERT|UPDATE|DELETE).*")) {
        throw e;
      }
      done.add("failed: " + e.getMessage());
    }
  }

  private static String change(Random random) {
    int id = random.nextInt(12);
    return switch (random.nextInt(14)) {
      case 0, 1 ->
          "INSERT OR IGNORE INTO customers VALUES("
              + id
              + ", 'Name"
              + random.nextInt(3)
              + "', "
              + maybe(random, 4)
              + ")";
      case 2 ->
          "INSERT OR REPLACE INTO customers VALUES("
              + id
              + ", 'NAME"
              + random.nextInt(3)
              + "', 1), ("
              + (id + 1)
              + ", NULL, 2)";
      case 3 -> "UPDATE customers SET id = id + 5 WHERE id = " + id;
      case 4 -> "DELETE FROM customers WHERE id = " + id;
      case 5, 6, 7 ->
          "INSERT INTO orders VALUES("
              + random.nextInt(25)
              + ", "
              + id
              + ", "
              + maybe(random, 15)
              + ", "
              + random.nextInt(40) / 8.0
              + ") ON CONFLICT(id) DO UPDATE SET"
              + " amount = excluded.amount";
      case 8 -> "UPDATE orders SET price = price + 0.1, amount = amount + 1 WHERE customer = " + id;
      case 9 -> "DELETE FROM orders WHERE id % 7 = " + random.nextInt(7);
      case 10, 11 ->
          "INSERT OR REPLACE INTO items VALUES("
              + random.nextInt(25)
              + ", "
              + random.nextInt(6)
              + ", "
              + maybe(random, 5)
              + ")";
      case 12 ->
          "UPDATE OR IGNORE items SET product = product + 1 WHERE qty = " + random.nextInt(5);
      default -> random.nextInt(5) == 0 ? "DELETE FROM items" : "UPDATE orders SET amount = 13";
    };
  }

  private static String maybe(Random random, int below) {
    return random.nextInt(6) == 0 ? "NULL" : String.valueOf(random.nextInt(below));
  }

  private void compare(String when) {
    for (int i = 0; i < VIEWS.length; i++) {
      assertThat(rows("SELECT * FROM v" + (i + 1)))
          .as("%s: %s", when, VIEWS[i])
          .isEqualTo(rows(VIEWS[i]));
    }
  }

  private List<String> rows(String sql) {
    List<String> found = new ArrayList<>();
    try (Statement statement = session.prepare(sql);
        Rows rows = statement.query()) {
      while (rows.next()) {
        StringBuilder row = new StringBuilder();
        for (int i = 0; i < statement.columnCount(); i++) {
          boolean real = rows.get(i).tag() == dev.turso.value.Tag.REAL;
          row.append('|');
          row.append(real ? String.format("%.9g", rows.get(i).asDouble()) : rows.get(i).toString());
        }
        found.add(row.toString());
      }
    }
    found.sort(null);
    return found;
  }
}
