package dev.turso.bind;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What statements mean, as printed plans: the files are read by subject and reviewed as diffs. */
class BoundPlansGoldenTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "names.txt",
        "comparisons.txt",
        "joins.txt",
        "groups.txt",
        "subqueries.txt",
        "compounds.txt",
        "windows.txt",
        "writes.txt"
      })
  void plansAreAsWritten(String file) throws IOException {
    GoldenFile golden = GoldenFile.read(getClass(), file);
    assertThat(golden.actual(UnaryOperator.identity())).isEqualTo(golden.expected());
  }

  @Test
  void bindingTwiceGivesTheSameIds() {
    SchemaFixture schema = new SchemaFixture("create table t(a, b)");
    String sql = "select a, sum(b) from t group by a";
    assertThat(schema.query(sql).plan()).isEqualTo(schema.query(sql).plan());
  }
}
