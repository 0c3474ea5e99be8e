package dev.turso.function.json;

import static org.assertj.core.api.Assertions.assertThat;

import dev.turso.function.Accumulator;
import dev.turso.function.CallContext;
import dev.turso.function.FixedEnvironment;
import dev.turso.value.Register;
import java.util.ArrayDeque;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class JsonAggregateTest {

  private static Accumulator group(boolean object) {
    CallContext context = new CallContext(new FixedEnvironment());
    return new JsonAggregate(JsonForm.TEXT, object).create(context);
  }

  private static Register integer(long value) {
    Register register = new Register();
    register.setInteger(value);
    return register;
  }

  private static String value(Accumulator accumulator) {
    Register result = new Register();
    accumulator.value(result);
    assertThat(result.subtype).isEqualTo(Jsonb.SUBTYPE);
    return result.asString();
  }

  @Test
  void emptyGroupsAreEmptyContainers() {
    assertThat(value(group(false))).isEqualTo("[]");
    assertThat(value(group(true))).isEqualTo("{}");
  }

  @Test
  void aSlidingWindowHoldsTheRowsThatAreIn() {
    long seed = Long.getLong("turso.seed", java.time.LocalDate.now().toEpochDay());
    Random random = new Random(seed);
    Accumulator accumulator = group(false);
    ArrayDeque<Long> rows = new ArrayDeque<>();
    for (int i = 0; i < 5000; i++) {
      if (random.nextInt(100) < 55 || rows.isEmpty()) {
        long row = random.nextLong(100_000);
        rows.add(row);
        accumulator.step(new Register[] {integer(row)}, 1);
      } else {
        accumulator.inverse(new Register[] {integer(rows.poll())}, 1);
      }
      if (i % 50 == 0) {
        String expected =
            rows.stream().map(String::valueOf).collect(Collectors.joining(",", "[", "]"));
        assertThat(value(accumulator)).as("seed %d", seed).isEqualTo(expected);
      }
    }
  }

  @Test
  void membersWithoutLabelAreLeftOut() {
    Accumulator accumulator = group(true);
    Register nothing = new Register();
    accumulator.step(new Register[] {nothing, integer(1)}, 2);
    accumulator.step(new Register[] {integer(7), integer(2)}, 2);
    assertThat(value(accumulator)).isEqualTo("{\"7\":2}");
    accumulator.inverse(new Register[] {nothing, integer(1)}, 2);
    assertThat(value(accumulator)).isEqualTo("{\"7\":2}");
  }
}
