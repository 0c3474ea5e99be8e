package dev.turso.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.turso.AllRows;
import dev.turso.Database;
import dev.turso.Options;
import dev.turso.Session;
import dev.turso.error.DatabaseException;
import java.time.LocalDate;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** {@code ALTER TABLE … ALTER COLUMN … TO …}: a table made anew with the new type is the judge. */
class AlterColumnTest {

  private static final long SEED = Long.getLong("turso.seed", LocalDate.now().toEpochDay());
  private static final int PROGRAMS = 60;

  private static final String[] TYPES = {
    "INT", "TEXT", "REAL", "BLOB", "NUMERIC", "", "TEXT COLLATE NOCASE"
  };
  private static final String[] STRICT_TYPES = {"INT", "TEXT", "REAL", "ANY"};
  private static final String[] VALUES = {
    "NULL",
    "1",
    "-7",
    "1.0",
    "2.5",
    "'3'",
    "'4.0'",
    "'5.25'",
    "' 6 '",
    "'7x'",
    "'Ab'",
    "'aB'",
    "x'3132'",
    "9e999",
    "-0.0",
    "'-0'",
    "9223372036854775807",
    "9223372036854775808",
    "'1e3'",
    "zeroblob(5000)",
    "printf('%.3000d', 7)"
  };

  private Database database;
  private Session session;

  @BeforeEach
  void open() {
    database = Database.open(":memory:", Options.DEFAULT);
    session = database.connect();
  }

  @AfterEach
  void close() {
    session.close();
    database.close();
  }

  @Test
  void valuesAreAsInATableMadeWithTheNewType() {
    System.out.println("AlterColumnTest seed " + SEED);
    for (int i = 0; i < PROGRAMS; i++) {
      program(new Random(SEED * 1000 + i), "seed " + SEED + " program " + i);
    }
  }

  private void program(Random random, String name) {
    boolean strict = random.nextInt(4) == 0;
    boolean withoutRowid = random.nextInt(3) == 0;
    String options =
        strict && withoutRowid
            ? " STRICT, WITHOUT ROWID"
            : strict ? " STRICT" : withoutRowid ? " WITHOUT ROWID" : "";
    String[] types = strict ? STRICT_TYPES : TYPES;
    String old = one(types, random);
    String to = one(types, random);
    String rest =
        ", k INTEGER " + (withoutRowid ? "PRIMARY KEY" : "") + ", z " + one(types, random) + ")";
    session.execute("CREATE TABLE t (a " + old + rest + options);
    if (random.nextBoolean()) {
      session.execute("CREATE INDEX i ON t (a, z)");
      session.execute("CREATE INDEX p ON t (z) WHERE a > 3");
      session.execute("CREATE INDEX e ON t (typeof(a))");
    }
    int rows = random.nextInt(40);
    for (int i = 0; i < rows; i++) {
      session.execute("INSERT OR IGNORE INTO t " + row(random, i, strict ? old : ""));
    }
    session.execute("CREATE TABLE u (b " + to + rest + options);
    boolean fits = true;
    try {
      session.execute("INSERT INTO u SELECT * FROM t");
    } catch (DatabaseException e) {
      fits = false;
    }
    String alter = "ALTER TABLE t ALTER COLUMN a TO b " + to;
    String all = "SELECT *, typeof(a), typeof(z) FROM t ORDER BY k";
    if (fits) {
      session.execute(alter);
      assertThat(AllRows.of(session, all.replace("(a)", "(b)")))
          .as(name)
          .isEqualTo(AllRows.of(session, all.replace("(a)", "(b)").replace("FROM t", "FROM u")));
    } else {
      var before = AllRows.of(session, all);
      assertThatThrownBy(() -> session.execute(alter))
          .as(name)
          .isInstanceOf(DatabaseException.class);
      assertThat(AllRows.of(session, all)).as(name).isEqualTo(before);
    }
    assertThat(first("PRAGMA integrity_check")).as(name).isEqualTo("ok");
    session.execute("DROP TABLE t");
    session.execute("DROP TABLE u");
  }

  private static String row(Random random, int key, String strictType) {
    String value =
        switch (strictType) {
          case "INT" -> String.valueOf(random.nextInt(50));
          case "REAL" -> random.nextInt(50) + ".5";
          case "TEXT" -> random.nextBoolean() ? "'12'" : "'text'";
          default -> one(VALUES, random);
        };
    return "VALUES (" + value + ", " + key + ", " + random.nextInt(9) + ")";
  }

  private static String one(String[] choices, Random random) {
    return choices[random.nextInt(choices.length)];
  }

  private String first(String sql) {
    return AllRows.of(session, sql).getFirst().getFirst().asString();
  }

  @Test
  void aRowidBecomesAnOrdinaryColumnWithItsValues() {
    session.execute("CREATE TABLE t (a INTEGER PRIMARY KEY AUTOINCREMENT, b TEXT)");
    session.execute("INSERT INTO t (b) VALUES ('x'), ('y')");
    session.execute("ALTER TABLE t ALTER COLUMN a TO a2 TEXT");
    session.execute("INSERT INTO t (b) VALUES ('z')");
    assertThat(first("SELECT group_concat(ifnull(quote(a2), '-') || b) FROM t"))
        .isEqualTo("'1'x,'2'y,NULLz");
    assertThat(first("SELECT count(*) FROM sqlite_sequence")).isEqualTo("0");
    assertThat(first("PRAGMA integrity_check")).isEqualTo("ok");
  }

  @Test
  void everyTextThatNamesTheColumnNamesTheNewOne() {
    session.execute("CREATE TABLE t (a INT, b INT CHECK (b > a), CHECK (a < 100))");
    session.execute("CREATE TABLE log (n)");
    session.execute("CREATE VIEW v AS SELECT a + 1 AS next FROM t");
    session.execute(
        "CREATE TRIGGER g AFTER UPDATE OF a ON t BEGIN INSERT INTO log VALUES (new.a); END");
    session.execute("CREATE INDEX i ON t (a)");
    session.execute("INSERT INTO t VALUES (1, 2)");
    session.execute("ALTER TABLE t ALTER COLUMN a TO \"new one\" REAL NOT NULL DEFAULT 3 /* so */");
    assertThat(first("SELECT sql FROM sqlite_schema WHERE name = 't'"))
        .isEqualTo(
            "CREATE TABLE t (\"new one\" REAL NOT NULL DEFAULT 3, b INT CHECK (b > \"new one\"),"
                + " CHECK (\"new one\" < 100))");
    assertThat(first("SELECT count(*) FROM log")).isEqualTo("0");
    session.execute("UPDATE t SET \"new one\" = 1.5");
    assertThat(first("SELECT next FROM v")).isEqualTo("2.5");
    assertThat(first("SELECT n FROM log")).isEqualTo("1.5");
  }

  @Test
  void whatIsRefusedChangesNothing() {
    session.execute("PRAGMA foreign_keys = ON");
    session.execute("CREATE TABLE p (id INTEGER PRIMARY KEY, u UNIQUE, g AS (u), x)");
    session.execute("CREATE TABLE c (id INT REFERENCES p, u TEXT REFERENCES p (u))");
    session.execute("CREATE TABLE s (a, b AS (a || '!') STORED)");
    session.execute("INSERT INTO p VALUES (1, '01', 5)");
    session.execute("INSERT INTO c VALUES (1, '01')");
    refused("p ALTER COLUMN id TO id TEXT", "cannot alter column \"id\" that table c refers to");
    refused("p ALTER COLUMN u TO u TEXT", "cannot alter column \"u\" that is UNIQUE");
    refused("p ALTER COLUMN g TO g TEXT", "cannot alter column \"g\" that is generated");
    refused("p ALTER COLUMN x TO x UNIQUE", "cannot alter column \"x\" to a UNIQUE column");
    refused("p ALTER COLUMN x TO x PRIMARY KEY", "cannot alter column \"x\" to a PRIMARY KEY");
    refused("p ALTER COLUMN x TO x AS (u)", "cannot alter column \"x\" to a generated column");
    refused("p ALTER COLUMN x TO x CHECK (x > 5)", "CHECK constraint failed");
    refused("p ALTER COLUMN x TO x CHECK (w > 5)", "no such column: w");
    refused("p ALTER COLUMN x TO u TEXT", "duplicate column name: u");
    refused("p ALTER COLUMN y TO z TEXT", "no such column: \"y\"");
    refused("c ALTER COLUMN u TO u INT REFERENCES p (u)", "FOREIGN KEY constraint failed");
    refused("s ALTER COLUMN a TO a TEXT", "of a table with STORED column b");
  }

  private void refused(String alter, String message) {
    var before = AllRows.of(session, "SELECT sql FROM sqlite_schema");
    assertThatThrownBy(() -> session.execute("ALTER TABLE " + alter)).hasMessageContaining(message);
    assertThat(AllRows.of(session, "SELECT sql FROM sqlite_schema")).isEqualTo(before);
    assertThat(first("PRAGMA integrity_check")).isEqualTo("ok");
  }
}
