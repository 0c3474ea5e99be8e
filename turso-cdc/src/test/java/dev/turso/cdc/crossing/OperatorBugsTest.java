package dev.turso.cdc.crossing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.turso.mutation.Choice;
import dev.turso.mutation.MutatingLoader;
import dev.turso.mutation.Mutation;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.function.BiFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The test of the random programs for what is inside the operators: each of these bugs, planted alone in
 * their code, is found.
 *
 * <p>Each day others, as {@link Choice} says.
 */
class OperatorBugsTest {

  /** What the first programs do not find, and is left to the longer run. */
  private static final List<String> LATE =
      List.of("right side", "many rows", "stops after", "first NULL");

  private static final int SLICE = 2;
  private static final int MOST_PROGRAMS = Integer.getInteger("turso.programs", 30);
  private static final int STEPS = 150;

  static List<Mutation> bugs() {
    return Choice.of(OperatorBugs.all(), SLICE, LATE);
  }

  @ParameterizedTest
  @MethodSource("bugs")
  void isFound(Mutation bug) throws ReflectiveOperationException {
    Class<?> type =
        new MutatingLoader(bug, Set.of()).loadClass("dev.turso.cdc.crossing.ProgramOfViews");
    @SuppressWarnings("unchecked")
    BiFunction<Long, Integer, String> program =
        (BiFunction<Long, Integer, String>) type.getConstructor().newInstance();
    String found = "";
    int programs = 0;
    while (found.isEmpty() && programs < MOST_PROGRAMS) {
      found = program.apply(1000L + programs++, STEPS);
    }
    System.out.printf("\"%s\": program %d, %s%n", bug.what(), programs, found);
    assertThat(found).as(bug.what()).isNotEmpty();
  }

  /** A change of an operator that takes a bug its place is seen at once. */
  @Test
  void eachHasItsPlace() throws IOException {
    Choice.assertEachHasItsPlace(OperatorBugs.all());
  }
}
