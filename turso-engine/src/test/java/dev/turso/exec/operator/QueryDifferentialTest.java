package dev.turso.exec.operator;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Queries by subject, each held against native SQLite: rows, their order and errors. */
final class QueryDifferentialTest {

  @Test
  void relationsAnswerAsNativeSqliteDoes() throws Exception {
    compare("relations.sql");
  }

  @Test
  void windowsAnswerAsNativeSqliteDoes() throws Exception {
    compare("windows.sql");
  }

  @Test
  void rareShapesAnswerAsNativeSqliteDoes() throws Exception {
    compare("rare.sql");
  }

  @Test
  void patternsAnswerAsNativeSqliteDoes() throws Exception {
    compare("patterns.sql");
  }

  @Test
  void viewsSubqueriesAndIndexEndsAnswerAsNativeSqliteDoes() throws Exception {
    compare("shapes.sql");
  }

  @Test
  void framesByValueAnswerAsNativeSqliteDoes() throws Exception {
    compare("ranges.sql");
  }

  @Test
  void rowsTakenALeafAtATimeAnswerAsNativeSqliteDoes() throws Exception {
    compare("leaves.sql");
  }

  private static void compare(String resource) throws Exception {
    byte[] text;
    try (java.io.InputStream in = QueryDifferentialTest.class.getResourceAsStream(resource)) {
      text = Objects.requireNonNull(in).readAllBytes();
    }
    int queries = 0;
    try (QueryKit kit = new QueryKit()) {
      for (String line : new String(text, StandardCharsets.UTF_8).split("\n")) {
        if (line.startsWith("SELECT") || line.startsWith("WITH") || line.startsWith("VALUES")) {
          assertThat(kit.ours(line)).as(line).isEqualTo(kit.theirs(line));
          queries++;
        } else if (!line.isBlank()) {
          kit.script(line);
        }
      }
    }
    assertThat(queries).isPositive();
  }
}
