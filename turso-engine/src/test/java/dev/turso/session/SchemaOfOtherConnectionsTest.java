package dev.turso.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.turso.Database;
import dev.turso.Options;
import dev.turso.Rows;
import dev.turso.Session;
import dev.turso.Statement;
import org.junit.jupiter.api.Test;

class SchemaOfOtherConnectionsTest {

  @Test
  void aTableThatAnotherSessionMadeIsFoundByOneThatHadReadTheSchemaBefore() {
    try (Database database = Database.open("mem:schema-of-others", Options.DEFAULT);
        Session one = database.connect();
        Session two = database.connect()) {
      two.execute("CREATE TABLE a (x)");
      one.execute("SELECT * FROM a");
      two.execute("CREATE TABLE b (x); INSERT INTO b VALUES (7)");
      try (Statement statement = one.prepare("SELECT x FROM b");
          Rows rows = statement.query()) {
        assertThat(rows.next()).isTrue();
        assertThat(rows.getLong(0)).isEqualTo(7);
      }
    }
  }
}
