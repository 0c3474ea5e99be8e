package dev.turso.plan.optimize;

import static org.assertj.core.api.Assertions.assertThat;

import dev.turso.bind.GoldenFile;
import dev.turso.bind.SchemaFixture;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the rules make of plans. */
class OptimizerGoldenTest {

  @Test
  void plansAreAsWritten() throws IOException {
    GoldenFile golden = GoldenFile.read(getClass(), "rules.txt");
    assertThat(golden.actual(Optimizer::optimize)).isEqualTo(golden.expected());
  }

  @Test
  void aTraceSeesTheRulesThatChangedThePlan() {
    SchemaFixture schema = new SchemaFixture("create table t(a, b)", "create table u(a, b)");
    List<String> rules = new ArrayList<>();
    Optimizer.optimize(
        schema.query("select * from t left join u on t.a = u.a where 1 = 1 and u.b = 2").plan(),
        (rule, plan) -> rules.add(rule));
    assertThat(rules).containsExactly("fold constants", "strengthen outer joins");
  }
}
