package dev.turso.mutation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ChoiceTest {

  private static final List<Mutation> ALL =
      List.of(
          new Mutation("a row is lost", "value.Tag", "none", 0),
          new Mutation("a lock is lost", "value.Tag", "none", 0),
          new Mutation("a page is stale", "value.Tag", "none", 0),
          new Mutation("a sync is skipped", "value.Tag", "none", 0));

  @Test
  void theDaysGoThroughAllButTheLateOnes() {
    Set<Mutation> seen = new HashSet<>();
    for (long day = 20_000; day < 20_003; day++) {
      List<Mutation> today = Choice.ofDay(day, ALL, 2, List.of("stale"));
      assertThat(today).hasSize(2);
      seen.addAll(today);
    }
    assertThat(seen).containsExactlyInAnyOrder(ALL.get(0), ALL.get(1), ALL.get(3));
  }

  @Test
  void wordsChoose() {
    assertThat(Choice.named("all", ALL)).isEqualTo(ALL);
    assertThat(Choice.named("lost", ALL)).containsExactly(ALL.get(0), ALL.get(1));
    assertThat(Choice.named("lock,stale", ALL)).containsExactly(ALL.get(1), ALL.get(2));
  }

  @Test
  void aBugWithoutAPlaceIsSeen() {
    assertThatThrownBy(() -> Choice.assertEachHasItsPlace(ALL))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("has no place any more");
  }
}
