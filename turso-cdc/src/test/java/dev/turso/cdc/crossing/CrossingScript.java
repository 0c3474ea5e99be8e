package dev.turso.cdc.crossing;

import dev.turso.Session;
import dev.turso.error.ConstraintException;
import dev.turso.error.SqlException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * SQL that crosses tables of every kind, triggers, cascades, conflict clauses, savepoints, DDL, views
 * and the log: from a seed, always the same.
 *
 * <p>A step makes one commit at most. Statements that break a constraint are part of it.
 */
final class CrossingScript {

  /** The tables, with the log on from the first row. */
  static final List<String> SCHEMA =
      List.of(
          "PRAGMA turso_capture = 'full'",
          "CREATE TABLE customers(id INTEGER PRIMARY KEY, name TEXT COLLATE NOCASE UNIQUE, tier INT)",
          "CREATE TABLE orders(id INTEGER PRIMARY KEY, customer INT REFERENCES customers(id)"
              + " ON DELETE CASCADE ON UPDATE CASCADE, amount CHECK (amount IS NOT 13), price REAL,"
              + " note TEXT)",
          "CREATE TABLE items(order_id INT, product INT, qty INT, PRIMARY KEY(product, order_id))"
              + " WITHOUT ROWID",
          "CREATE TABLE audit(what, n)",
          "CREATE TRIGGER logged AFTER INSERT ON orders BEGIN"
              + " INSERT INTO audit(what, n) VALUES('order', new.amount);"
              + " DELETE FROM items WHERE order_id = new.id + 1; END",
          "CREATE TRIGGER moved AFTER UPDATE OF tier ON customers WHEN new.tier <> old.tier BEGIN"
              + " UPDATE orders SET price = price + 0.25 WHERE customer = new.id; END");

  /** The views, by kind. */
  static final List<String> VIEWS =
      List.of(
          "CREATE MATERIALIZED VIEW v_project AS SELECT id, name, tier * 2 AS t FROM customers"
              + " WHERE tier > 0",
          "CREATE MATERIALIZED VIEW v_inner AS SELECT c.name, o.amount, i.qty FROM customers c"
              + " JOIN orders o ON o.customer = c.id JOIN items i ON i.order_id = o.id",
          "CREATE MATERIALIZED VIEW v_left AS SELECT c.id, c.name, o.id AS o, o.price"
              + " FROM customers c LEFT JOIN orders o ON o.customer = c.id",
          "CREATE MATERIALIZED VIEW v_group AS SELECT customer, count(*) AS n, sum(amount) AS s,"
              + " avg(price) AS a, min(price) AS lo, max(amount) AS hi FROM orders GROUP BY customer",
          "CREATE MATERIALIZED VIEW v_distinct AS SELECT DISTINCT amount FROM orders",
          "CREATE MATERIALIZED VIEW v_top AS SELECT id, price FROM orders"
              + " ORDER BY price DESC, id LIMIT 4",
          "CREATE MATERIALIZED VIEW v_over AS SELECT count(*) AS n, total(s) AS t FROM v_group",
          "CREATE MATERIALIZED VIEW v_audit AS SELECT what, count(*) AS c, max(n) AS m FROM audit"
              + " GROUP BY what");

  /** Views of more kinds, of which each random program has some. */
  static final List<String> MORE_VIEWS =
      List.of(
          "CREATE MATERIALIZED VIEW w_full AS SELECT c.id AS c, o.id AS o FROM customers c"
              + " FULL JOIN orders o ON o.customer = c.id AND o.amount > c.tier",
          "CREATE MATERIALIZED VIEW w_union AS SELECT amount AS x FROM orders"
              + " UNION SELECT tier FROM customers",
          "CREATE MATERIALIZED VIEW w_intersect AS SELECT amount AS x FROM orders"
              + " INTERSECT SELECT qty FROM items",
          "CREATE MATERIALIZED VIEW w_except AS SELECT amount AS x FROM orders"
              + " EXCEPT SELECT qty + 2 FROM items",
          "CREATE MATERIALIZED VIEW w_rank AS SELECT id, rank() OVER (PARTITION BY customer"
              + " ORDER BY amount) AS r, row_number() OVER (PARTITION BY customer"
              + " ORDER BY amount, id) AS n FROM orders",
          "CREATE MATERIALIZED VIEW w_running AS SELECT order_id, product, sum(qty) OVER (ORDER BY"
              + " product, order_id) AS s, count(*) OVER (ORDER BY product, order_id) AS n"
              + " FROM items",
          "CREATE MATERIALIZED VIEW w_frame AS SELECT id, sum(amount) OVER (PARTITION BY"
              + " amount % 3 ORDER BY id ROWS BETWEEN 2 PRECEDING AND CURRENT ROW) AS s FROM orders",
          "CREATE MATERIALIZED VIEW w_exists AS SELECT id, EXISTS (SELECT 1 FROM orders o"
              + " WHERE o.customer = c.id AND o.amount > 9) AS has FROM customers c",
          "CREATE MATERIALIZED VIEW w_in AS SELECT id, amount IN (SELECT nullif(qty, 0) FROM items)"
              + " AS i FROM orders",
          "CREATE MATERIALIZED VIEW w_scalar AS SELECT id, (SELECT max(amount) FROM orders o"
              + " WHERE o.customer = c.id) AS m, (SELECT count(*) FROM items) AS n FROM customers c",
          "CREATE MATERIALIZED VIEW w_anti AS SELECT id FROM customers c WHERE NOT EXISTS"
              + " (SELECT 1 FROM orders o JOIN items i ON i.order_id = o.id WHERE o.customer = c.id)",
          "CREATE MATERIALIZED VIEW w_values AS SELECT customer, count(DISTINCT amount) AS d,"
              + " group_concat(DISTINCT amount ORDER BY amount DESC) AS g FROM orders"
              + " GROUP BY customer",
          "CREATE MATERIALIZED VIEW w_mixed AS SELECT customer % 4 AS k,"
              + " sum(iif(amount % 3, amount, price)) AS s FROM orders GROUP BY k",
          "CREATE MATERIALIZED VIEW w_having AS SELECT order_id, sum(qty) AS s FROM items"
              + " GROUP BY order_id HAVING count(*) > (SELECT min(tier) FROM customers)",
          "CREATE MATERIALIZED VIEW w_self AS SELECT a.id AS a, b.id AS b FROM orders a"
              + " JOIN orders b ON a.amount = b.amount AND a.id < b.id",
          "CREATE MATERIALIZED VIEW w_offset AS SELECT id, amount FROM orders"
              + " ORDER BY amount, id LIMIT 5 OFFSET 2",
          "CREATE MATERIALIZED VIEW w_recursive AS WITH RECURSIVE r(p) AS (SELECT 0 UNION"
              + " SELECT i.product + 1 FROM items i JOIN r ON i.product = r.p) SELECT p FROM r",
          "CREATE MATERIALIZED VIEW w_over AS SELECT g.customer, g.n, c.name FROM v_group g"
              + " LEFT JOIN customers c ON c.id = g.customer",
          "CREATE MATERIALIZED VIEW w_grouped AS SELECT c.name, t.s FROM customers c LEFT JOIN"
              + " (SELECT customer, sum(amount) AS s FROM orders GROUP BY customer) t"
              + " ON t.customer = c.id",
          "CREATE MATERIALIZED VIEW w_same AS SELECT a.what, b.c FROM audit a JOIN"
              + " (SELECT n, count(*) AS c FROM audit GROUP BY n) b ON b.c = a.n",
          "CREATE MATERIALIZED VIEW w_nested AS SELECT count(*) AS n, max(r) AS m FROM (SELECT"
              + " DISTINCT amount, dense_rank() OVER (ORDER BY amount) AS r FROM orders) WHERE r < 9");

  private final Random random;
  private final boolean vacuums;
  private final String prefix;
  private final List<String> droppable = new ArrayList<>();
  private int names;

  /** @param vacuums whether VACUUM is among the steps */
  CrossingScript(long seed, boolean vacuums) {
    this(seed, vacuums, "d");
  }

  /**
   * @param prefix what the names of made objects begin with, so that several scripts may run side by side
   */
  CrossingScript(long seed, boolean vacuums, String prefix) {
    this.random = new Random(seed);
    this.vacuums = vacuums;
    this.prefix = prefix;
  }

  /** Creates tables and views, each in a commit of its own. */
  static List<List<String>> setUp() {
    List<List<String>> steps = new ArrayList<>();
    SCHEMA.forEach(each -> steps.add(List.of(each)));
    VIEWS.forEach(each -> steps.add(List.of(each)));
    return steps;
  }

  /** The next step. */
  List<String> step() {
    int kind = random.nextInt(20);
    if (kind < 7) {
      return List.of(change());
    }
    if (kind < 9) {
      return List.of(definition());
    }
    List<String> statements = new ArrayList<>();
    statements.add(random.nextBoolean() ? "BEGIN" : "BEGIN IMMEDIATE");
    int depth = 0;
    for (int i = 1 + random.nextInt(6); i > 0; i--) {
      statements.add(random.nextInt(15) == 0 ? definitionInside() : change());
      if (random.nextInt(4) == 0) {
        statements.add("SAVEPOINT s" + depth++);
      } else if (depth > 0 && random.nextInt(3) == 0) {
        depth--;
        statements.add((random.nextBoolean() ? "ROLLBACK TO s" : "RELEASE s") + depth);
      } else if (random.nextInt(6) == 0) {
        statements.add("SELECT count(*) FROM v_group");
      }
    }
    statements.add(random.nextInt(6) == 0 ? "ROLLBACK" : "COMMIT");
    return statements;
  }

  private String definition() {
    return vacuums && random.nextInt(6) == 0 ? "VACUUM" : definitionInside();
  }

  private String definitionInside() {
    String name = prefix + ++names;
    if (!droppable.isEmpty() && random.nextInt(3) == 0) {
      return "DROP " + droppable.remove(random.nextInt(droppable.size()));
    }
    switch (random.nextInt(7)) {
      case 0:
        droppable.add("INDEX IF EXISTS " + name);
        return "CREATE INDEX " + name + " ON orders(amount, price)";
      case 1:
        droppable.add("INDEX IF EXISTS " + name);
        return "CREATE INDEX " + name + " ON v_left(name)";
      case 2:
        return "ALTER TABLE audit ADD COLUMN " + name + " DEFAULT " + random.nextInt(9);
      case 3:
        droppable.add("MATERIALIZED VIEW IF EXISTS " + name);
        return "CREATE MATERIALIZED VIEW "
            + name
            + " AS SELECT what, n FROM audit WHERE n IN (SELECT amount FROM orders)";
      case 4:
        droppable.add("TABLE IF EXISTS " + name);
        return "CREATE TABLE " + name + "(a INTEGER PRIMARY KEY, b)";
      case 5:
        return "REFRESH MATERIALIZED VIEW v_inner";
      default:
        droppable.add("MATERIALIZED VIEW IF EXISTS " + name);
        return "CREATE MATERIALIZED VIEW "
            + name
            + " AS SELECT tier, count(*) AS n FROM customers GROUP BY tier";
    }
  }

  private int n(int bound) {
    return random.nextInt(bound);
  }

  private String customer() {
    return n(25) + 1 + ", 'name" + n(40) + "', " + (n(5) - 1);
  }

  private String order() {
    String note = n(8) == 0 ? "printf('%.*c', " + (200 + n(2500)) + ", 'n')" : "'n" + n(9) + "'";
    return (n(60) + 1) + ", " + (n(25) + 1) + ", " + n(20) + ", " + n(40) * 0.25 + ", " + note;
  }

  private String items() {
    return "(" + (n(60) + 1) + ", " + n(4) + ", " + n(5) + ")";
  }

  private String verb() {
    return List.of("INSERT", "INSERT OR IGNORE", "INSERT OR FAIL", "REPLACE", "INSERT OR ROLLBACK")
        .get(n(20) == 0 ? 4 : n(4));
  }

  private String change() {
    return switch (n(18)) {
      case 0, 1 -> verb() + " INTO customers VALUES(" + customer() + "), (" + customer() + ")";
      case 2, 3, 4 -> verb() + " INTO orders VALUES(" + order() + "), (" + order() + ")";
      case 5 ->
          "INSERT INTO orders VALUES("
              + order()
              + ") ON CONFLICT(id) DO UPDATE SET"
              + " amount = excluded.amount, price = price + 1";
      case 6, 7 -> verb() + " INTO items VALUES" + items() + ", " + items() + ", " + items();
      case 8 -> "UPDATE orders SET amount = amount + 1 WHERE id % 7 = " + n(7);
      case 9 -> "UPDATE customers SET tier = " + n(4) + " WHERE id % 5 = " + n(5);
      case 10 -> "UPDATE OR REPLACE customers SET id = id + 1 WHERE id = " + n(25);
      case 11 -> "UPDATE items SET qty = qty + 1, product = product + 1 WHERE order_id = " + n(60);
      case 12 -> "DELETE FROM customers WHERE id = " + n(25);
      case 13 -> "DELETE FROM orders WHERE id % 11 = " + n(11);
      case 14 -> n(6) == 0 ? "DELETE FROM items" : "DELETE FROM items WHERE qty = " + n(5);
      case 15 -> "INSERT INTO audit(what, n) SELECT 'x', amount FROM orders WHERE id < " + n(30);
      case 16 -> n(4) == 0 ? "DELETE FROM audit" : "DELETE FROM audit WHERE n = " + n(15);
      default ->
          "UPDATE orders SET price = price * 0.5, customer = " + n(26) + " WHERE id = " + n(60);
    };
  }

  /**
   * Runs a step, which commits once at most: statements that a constraint refuses are passed over, and
   * what is left once OR ROLLBACK has ended the transaction is left out.
   */
  static void run(Session session, List<String> step) {
    for (String each : step) {
      if (!session.inTransaction() && isWithin(each)) {
        continue;
      }
      try {
        session.execute(each);
      } catch (ConstraintException e) {
        if (step.getFirst().startsWith("BEGIN") && !session.inTransaction()) {
          return;
        }
      } catch (SqlException e) {
        refuseUnlessGone(each, e);
      }
    }
    if (session.inTransaction()) {
      session.execute("ROLLBACK");
    }
  }

  /** OR ROLLBACK may have ended the transaction of a savepoint, and another be open now. */
  static void refuseUnlessGone(String statement, SqlException e) {
    if (!isWithin(statement) || !String.valueOf(e.getMessage()).startsWith("no such savepoint")) {
      throw e;
    }
  }

  /** Whether a statement means nothing after OR ROLLBACK has ended its transaction. */
  static boolean isWithin(String statement) {
    return statement.startsWith("ROLLBACK")
        || statement.startsWith("RELEASE")
        || statement.startsWith("COMMIT");
  }
}
