package dev.turso.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import dev.turso.mutation.Choice;
import dev.turso.mutation.Mutation;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Bugs planted one at a time, each of which the random programs must find. Which programs are run
 * follows from a fixed seed, and not from the time.
 */
class PlantedBugsTest {

  private static final int A_DAY = 3;
  private static final int PROGRAMS = 2;

  private static final List<Mutation> BUGS =
      List.of(
          new Mutation(
              "IN with a list finds nothing where the operand is NULL",
              "exec.expression.InListNode",
              "truth",
              0),
          new Mutation(
              "CASE takes the branches whose condition is not true",
              "exec.expression.CaseNode",
              "eval",
              0),
          new Mutation(
              "coalesce() gives its first NULL", "exec.expression.CoalesceNode", "eval", 1),
          new Mutation("IS NULL is IS NOT NULL", "exec.expression.IsNullNode", "truth", 0),
          new Mutation("NOT of unknown is known", "exec.expression.NotNode", "truth", 0),
          new Mutation("IS takes NULL for a value", "exec.expression.IsNode", "truth", 0),
          new Mutation("AND ends early where it must not", "exec.expression.AndNode", "truth", 0),
          new Mutation("OR ends early where it must not", "exec.expression.OrNode", "truth", 0),
          new Mutation(
              "values of different kinds compare as of one", "value.Comparison", "compare", 0),
          new Mutation(
              "NULL passes for a value in a NOT NULL column",
              "exec.write.RowChecks",
              "passNotNull",
              0),
          new Mutation(
              "CHECK constraints pass over what they should see",
              "exec.write.RowChecks",
              "passChecks",
              1),
          new Mutation(
              "a row in the way is looked for in the wrong tree",
              "exec.write.Uniqueness",
              "inTheWay",
              0),
          new Mutation(
              "what a conflict clause ignores is an error", "exec.write.Uniqueness", "resolve", 0),
          new Mutation(
              "EXISTS takes an answer that it does not have",
              "exec.operator.ExistsNode",
              "truth",
              0),
          new Mutation(
              "DISTINCT keeps what it has seen", "exec.operator.DistinctOperator", "next", 2),
          new Mutation("LIMIT takes OFFSET for absent", "exec.operator.LimitOperator", "open", 0),
          new Mutation(
              "a scan of a range ends at its first row", "exec.operator.TableRows", "arrive", 0),
          new Mutation("keys that are NULL join", "exec.operator.JoinKeys", "compute", 1),
          new Mutation(
              "NULLs are sorted as other values", "exec.operator.RowOrder", "compareField", 0),
          new Mutation(
              "a hash join loses partners", "exec.operator.HashJoinOperator", "nextPartner", 0));

  @Test
  void eachIsFound() {
    List<String> missed = new ArrayList<>();
    for (Mutation bug : Choice.of(BUGS, A_DAY, List.of())) {
      String found = PlantedBugs.find(bug, 0, PROGRAMS);
      System.out.println(bug.what() + ": " + found);
      if (found == null) {
        missed.add(bug.what());
      }
    }
    assertThat(missed).isEmpty();
  }
}
