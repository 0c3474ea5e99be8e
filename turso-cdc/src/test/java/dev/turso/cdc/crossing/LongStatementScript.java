package dev.turso.cdc.crossing;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Statements over many rows that break constraints half-way, under every conflict clause, in and around
 * savepoints, with triggers that write other tables, cascades over three tables, UPSERT and RETURNING.
 */
final class LongStatementScript {

  /** Tables and triggers. Amount 13 fails a check; amounts from 90 are refused by triggers. */
  static final List<String> SCHEMA =
      List.of(
          "PRAGMA foreign_keys = ON",
          "PRAGMA turso_capture = 'full'",
          "CREATE TABLE customers(id INTEGER PRIMARY KEY, name TEXT COLLATE NOCASE UNIQUE, tier INT)",
          "CREATE TABLE orders(id INTEGER PRIMARY KEY, customer INT REFERENCES customers(id)"
              + " ON DELETE CASCADE ON UPDATE CASCADE DEFERRABLE, amount INT CHECK (amount IS NOT 13),"
              + " price REAL, code UNIQUE)",
          "CREATE TABLE items(order_id INT REFERENCES orders(id) ON DELETE CASCADE"
              + " ON UPDATE SET NULL, product INT, qty INT NOT NULL DEFAULT 7,"
              + " PRIMARY KEY(product, qty)) WITHOUT ROWID",
          "CREATE TABLE audit(what, n)",
          "CREATE TABLE totals(k INTEGER PRIMARY KEY, n INT)",
          "CREATE INDEX orders_by_amount ON orders(amount, price)",
          "CREATE TRIGGER refused BEFORE INSERT ON orders WHEN new.amount >= 90 BEGIN"
              + " SELECT CASE new.amount WHEN 97 THEN RAISE(ABORT, 'aborted')"
              + " WHEN 98 THEN RAISE(FAIL, 'failed') WHEN 99 THEN RAISE(ROLLBACK, 'rolled back')"
              + " ELSE RAISE(IGNORE) END; END",
          "CREATE TRIGGER logged AFTER INSERT ON orders BEGIN"
              + " INSERT INTO audit VALUES('order', new.amount), ('price', new.price);"
              + " INSERT INTO totals VALUES(new.amount % 7, 1)"
              + "  ON CONFLICT(k) DO UPDATE SET n = n + 1; END",
          "CREATE TRIGGER gone AFTER DELETE ON orders BEGIN"
              + " UPDATE totals SET n = n - 1 WHERE k = old.amount % 7;"
              + " DELETE FROM audit WHERE n = old.amount; END",
          "CREATE TRIGGER moved AFTER UPDATE OF tier ON customers WHEN new.tier <> old.tier BEGIN"
              + " UPDATE orders SET price = price + 0.25 WHERE customer = new.id;"
              + " REPLACE INTO items(order_id, product, qty) SELECT id, new.tier, amount FROM orders"
              + "  WHERE customer = new.id AND amount IS NOT NULL; END");

  /** Views by what they must do with a change, and views over views. */
  static final List<String> VIEWS =
      List.of(
          "v_filter AS SELECT id, amount * 2 AS a, price FROM orders WHERE amount % 3 = 0",
          "v_inner AS SELECT c.name, o.amount, i.qty FROM customers c"
              + " JOIN orders o ON o.customer = c.id JOIN items i ON i.order_id = o.id",
          "v_left AS SELECT c.id, c.name, o.id AS o, o.price FROM customers c"
              + " LEFT JOIN orders o ON o.customer = c.id",
          "v_anti AS SELECT name FROM customers WHERE id NOT IN (SELECT customer FROM orders"
              + " WHERE customer IS NOT NULL)",
          "v_group AS SELECT customer, count(*) AS n, sum(amount) AS s, avg(price) AS a,"
              + " min(price) AS lo, max(amount) AS hi FROM orders GROUP BY customer",
          "v_distinct AS SELECT DISTINCT amount, customer IS NULL AS x FROM orders",
          "v_top AS SELECT id, price FROM orders ORDER BY price DESC, id LIMIT 4",
          "v_rank AS SELECT id, row_number() OVER (PARTITION BY customer ORDER BY price, id) AS r,"
              + " lag(amount) OVER (PARTITION BY customer ORDER BY price, id) AS l FROM orders",
          "v_union AS SELECT amount AS n FROM orders UNION SELECT n FROM audit EXCEPT"
              + " SELECT qty FROM items",
          "v_audit AS SELECT what, count(*) AS c, count(DISTINCT n) AS d FROM audit GROUP BY what",
          "v_over AS SELECT n, count(*) AS c, total(s) AS t FROM v_group GROUP BY n",
          "v_over_over AS SELECT max(c) AS m, sum(t) AS t FROM v_over",
          "v_joined_over AS SELECT g.customer, g.n, c.name, t.n AS total FROM v_group g"
              + " LEFT JOIN customers c ON c.id = g.customer LEFT JOIN totals t ON t.k = g.n");

  private final Random random;
  private int depth;

  LongStatementScript(Random random) {
    this.random = random;
  }

  /** The statements of a step: one by itself, or a transaction. */
  List<String> step() {
    if (n(3) == 0) {
      return List.of(change());
    }
    List<String> statements = new ArrayList<>();
    statements.add("BEGIN");
    depth = 0;
    for (int i = 1 + n(6); i > 0; i--) {
      around(statements);
      statements.add(change());
    }
    around(statements);
    statements.add(n(5) == 0 ? "ROLLBACK" : "COMMIT");
    return statements;
  }

  private void around(List<String> statements) {
    int kind = n(6);
    if (kind < 2) {
      statements.add("SAVEPOINT s" + depth++);
    } else if (kind < 4 && depth > 0) {
      statements.add("ROLLBACK TO s" + n(depth));
    } else if (kind == 4 && depth > 0) {
      depth = n(depth);
      statements.add("RELEASE s" + depth);
    } else if (n(3) == 0) {
      statements.add("SELECT count(*) FROM v_over, v_top");
    }
  }

  private int n(int bound) {
    return random.nextInt(bound);
  }

  private String or() {
    return switch (n(8)) {
      case 0 -> " OR ABORT";
      case 1 -> " OR FAIL";
      case 2, 3 -> " OR IGNORE";
      case 4, 5 -> " OR REPLACE";
      case 6 -> n(3) == 0 ? " OR ROLLBACK" : " OR FAIL";
      default -> "";
    };
  }

  /** So many numbers from a first one. */
  private String numbers() {
    return "WITH RECURSIVE r(n) AS (SELECT "
        + n(60)
        + " UNION ALL SELECT n + 1 FROM r LIMIT "
        + (5 + n(50))
        + ") ";
  }

  private String orders() {
    return numbers()
        + "SELECT n, nullif(n * "
        + (1 + n(7))
        + " % 23, 0) + 1, n * "
        + (1 + n(9))
        + " % "
        + (n(3) == 0 ? 101 : n(2) == 0 ? 14 : 13)
        + ", n % 9 * 0.25, n % "
        + (20 + n(60))
        + " FROM r WHERE true";
  }

  private String returning() {
    return n(4) == 0 ? " RETURNING *" : "";
  }

  private String change() {
    return switch (n(20)) {
      case 0, 1 ->
          "INSERT"
              + or()
              + " INTO customers "
              + numbers()
              + "SELECT n % 30, 'name' || (n % "
              + (15 + n(60))
              + "), n % 4 FROM r WHERE true"
              + returning();
      case 2, 3, 4, 5 -> "INSERT" + or() + " INTO orders " + orders() + returning();
      case 6 ->
          "INSERT INTO orders "
              + orders()
              + " ON CONFLICT(id) DO UPDATE SET amount = excluded.amount + 1, price = price + 1"
              + " WHERE excluded.amount <> 5 ON CONFLICT(code) DO NOTHING"
              + returning();
      case 7 ->
          "INSERT"
              + or()
              + " INTO items(order_id, product, qty) "
              + numbers()
              + "SELECT n, n % 5, nullif(n % 17, "
              + n(40)
              + ") FROM r WHERE true"
              + returning();
      case 8, 9 ->
          "UPDATE" + or() + " orders SET amount = amount + " + (1 + n(3)) + where() + returning();
      case 10 -> "UPDATE" + or() + " customers SET tier = (tier + 1) % 4" + where() + returning();
      case 11 -> "UPDATE" + or() + " customers SET id = id + " + (1 + n(3)) + where();
      case 12 -> "UPDATE" + or() + " orders SET id = id + 1, code = code + 1" + where();
      case 13 ->
          "UPDATE" + or() + " orders SET price = t.n FROM totals t WHERE t.k = orders.amount % 7";
      case 14 -> "DELETE FROM customers" + where() + returning();
      case 15 -> "DELETE FROM orders" + where() + returning();
      case 16 -> n(5) == 0 ? "DELETE FROM " + (n(2) == 0 ? "items" : "audit") : sharedRows();
      case 17 -> "INSERT INTO audit SELECT 'g', n FROM v_group ORDER BY n";
      case 18 -> "INSERT INTO audit SELECT a.what, a.n + 1 FROM audit a LIMIT 40";
      default -> "UPDATE" + or() + " items SET qty = qty + 1" + where().replace("id", "order_id");
    };
  }

  private String sharedRows() {
    return "UPDATE orders SET customer = (SELECT max(id) FROM customers), amount ="
        + " (SELECT count(*) FROM orders o WHERE o.amount < orders.amount) % 13"
        + where();
  }

  private String where() {
    return n(3) == 0 ? " WHERE true" : " WHERE id % " + (2 + n(4)) + " = " + n(3);
  }
}
