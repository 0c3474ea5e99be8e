package dev.turso.cdc.debezium;

import static org.assertj.core.api.Assertions.assertThat;

import dev.turso.Database;
import dev.turso.Options;
import dev.turso.Session;
import dev.turso.cdc.read.ChangeBatch;
import dev.turso.cdc.read.ChangeLog;
import dev.turso.cdc.read.ChangeReader;
import dev.turso.cdc.read.LogPosition;
import dev.turso.cdc.read.ReaderOptions;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * Messages as they are, against reviewed files. {@code -Dturso.golden=FOLDER} writes them there instead.
 * Times are put to 0, and the epoch to E.
 */
class DebeziumGoldenTest {

  static final String SCRIPT =
      """
      PRAGMA turso_capture = 'full';
      CREATE TABLE orders (id INTEGER PRIMARY KEY AUTOINCREMENT, customer TEXT NOT NULL DEFAULT 'none',
        total REAL, paid BLOB, twice AS (total * 2));
      INSERT INTO orders (customer, total, paid) VALUES ('Ada "the first"', 9.5, x'00ff'),
        ('Bob\\' || char(10) || 'é', 3, NULL);
      UPDATE orders SET total = 10 WHERE id = 1;
      BEGIN;
      UPDATE orders SET id = 7 WHERE id = 2;
      DELETE FROM orders WHERE id = 1;
      COMMIT;
      CREATE TABLE pairs (a TEXT, b INT, v, PRIMARY KEY (b, a)) WITHOUT ROWID;
      INSERT INTO pairs VALUES ('x', 1, 9007199254740993), ('y', 2, -9e999);
      UPDATE pairs SET v = 1 WHERE a = 'x';
      CREATE TABLE codes (code TEXT PRIMARY KEY, n INT);
      INSERT INTO codes VALUES ('a', 1);
      UPDATE codes SET code = 'b';
      CREATE TABLE bare (v);
      INSERT INTO bare VALUES (1);
      DELETE FROM bare;
      ALTER TABLE codes ADD COLUMN extra INT DEFAULT 5;
      UPDATE codes SET n = 2;
      CREATE INDEX by_n ON codes (n);
      ALTER TABLE codes RENAME COLUMN n TO number;
      ALTER TABLE codes RENAME TO numbers;
      DROP TABLE numbers;
      """;

  @Test
  void changesAreDebeziumsMessages() throws IOException {
    try (Database database = Database.open(":memory:", Options.DEFAULT);
        Session session = database.connect()) {
      session.origin("test");
      session.execute(SCRIPT);
      List<String> lines = new ArrayList<>();
      DebeziumEncoder encoder = encoder();
      try (ChangeLog log = ChangeLog.of(database)) {
        log.replay(
            LogPosition.START,
            ReaderOptions.DEFAULT,
            batch -> lines.addAll(lines(encoder.encode(batch))));
      }
      lines.addAll(lines(List.of(encoder.heartbeat())));
      compare("changes.txt", lines);
    }
  }

  @Test
  void aStatementThatChangesSeveralDefinitionsIsOneMessage() {
    try (Database database = Database.open(":memory:", Options.DEFAULT);
        Session session = database.connect()) {
      session.execute(
          """
          CREATE TABLE parent (id INTEGER PRIMARY KEY, n INT);
          CREATE TABLE child (p INT REFERENCES parent (id));
          CREATE INDEX by_n ON parent (n);
          CREATE TRIGGER watch AFTER INSERT ON parent BEGIN SELECT new.n; END;
          CREATE VIEW numbers AS SELECT n FROM parent;
          PRAGMA turso_capture = 'full';
          ALTER TABLE parent RENAME COLUMN n TO m;
          ALTER TABLE parent RENAME TO elder;
          DROP TABLE child;
          DROP VIEW numbers;
          DROP TABLE elder\
          """);
      List<String> statements = new ArrayList<>();
      List<String> renamed = new ArrayList<>();
      DebeziumEncoder encoder = encoder();
      try (ChangeLog log = ChangeLog.of(database)) {
        log.replay(
            LogPosition.START,
            ReaderOptions.DEFAULT,
            batch -> {
              for (DebeziumMessage each : encoder.encode(batch)) {
                String value = String.valueOf(each.valueText());
                if (each.topic().equals("app")) {
                  statements.add(value.replaceAll(".*\"ddl\":\"(([^\"\\\\]|\\\\.)*)\".*", "$1"));
                  if (value.contains("RENAME TO")) {
                    renamed.add(
                        value
                            .replaceAll("\"table\":\\{.*?\\}\\]", "")
                            .replaceAll(".*\"tableChanges\"", ""));
                  }
                }
              }
              return true;
            });
      }
      assertThat(statements)
          .containsSubsequence(
              "ALTER TABLE parent RENAME COLUMN n TO m",
              "ALTER TABLE parent RENAME TO elder",
              "DROP TABLE \\\"child\\\"",
              "DROP VIEW \\\"numbers\\\"")
          .doesNotHaveDuplicates()
          .doesNotContain("DROP INDEX \\\"by_n\\\"");
      assertThat(renamed).hasSize(1);
      assertThat(renamed.getFirst()).contains("main\\\".\\\"elder", "\"previousId\":", "child");
    }
  }

  @Test
  void rowsOfASnapshotAreReads() throws Exception {
    try (Database database = Database.open("mem:debezium-snapshot", Options.DEFAULT);
        Session session = database.connect()) {
      session.execute(SCRIPT);
      List<String> lines = new ArrayList<>();
      DebeziumEncoder encoder = encoder();
      ReaderOptions options = ReaderOptions.DEFAULT.from(ReaderOptions.Start.SNAPSHOT);
      try (ChangeLog log = ChangeLog.of(database);
          ChangeReader reader = log.reader("s", options)) {
        for (ChangeBatch batch = reader.poll(Duration.ZERO);
            batch != null;
            batch = reader.poll(Duration.ZERO)) {
          lines.addAll(lines(encoder.encode(batch)));
        }
      }
      compare("snapshot.txt", lines);
    }
  }

  private static DebeziumEncoder encoder() {
    Instant now = Instant.parse("2026-01-02T03:04:05.678901Z");
    return new DebeziumEncoder(DebeziumOptions.of("app"), () -> now);
  }

  private static List<String> lines(List<DebeziumMessage> messages) {
    List<String> lines = new ArrayList<>();
    for (DebeziumMessage each : messages) {
      StringBuilder line = new StringBuilder(each.toString());
      for (Map.Entry<String, byte[]> header : each.headers().entrySet()) {
        line.append(' ').append(header.getKey()).append('=');
        line.append(new String(header.getValue(), StandardCharsets.UTF_8));
      }
      lines.add(
          line.toString()
              .replaceAll("\"ts_(ms|us|ns)\":[0-9]+", "\"ts_$1\":0")
              .replaceAll("\"id\":\"[0-9]+:", "\"id\":\"E:"));
    }
    return lines;
  }

  private static void compare(String name, List<String> lines) throws IOException {
    String folder = System.getProperty("turso.golden");
    if (folder != null) {
      Files.write(Path.of(folder, name), lines);
      return;
    }
    try (InputStream golden = DebeziumGoldenTest.class.getResourceAsStream(name)) {
      assertThat(golden).as(name).isNotNull();
      String text = new String(golden.readAllBytes(), StandardCharsets.UTF_8);
      assertThat(lines).containsExactlyElementsOf(text.lines().toList());
    }
  }
}
