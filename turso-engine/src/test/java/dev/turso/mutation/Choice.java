package dev.turso.mutation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;

/**
 * Which bugs of a list are planted today: each day others, all of them with {@code
 * -Dturso.planted=all}, and with {@code -Dturso.planted=some words,other words} those that have one of
 * these in their names.
 */
public final class Choice {

  private static final String WHICH = System.getProperty("turso.planted", "");

  private Choice() {}

  /**
   * The bugs of today.
   *
   * @param number how many where nothing else is asked for
   * @param late words of those that only a longer run finds, and that no day has
   */
  public static List<Mutation> of(List<Mutation> all, int number, List<String> late) {
    return WHICH.isEmpty()
        ? ofDay(LocalDate.now().toEpochDay(), all, number, late)
        : named(WHICH, all);
  }

  static List<Mutation> named(String which, List<Mutation> all) {
    return which.equals("all")
        ? all
        : all.stream().filter(each -> isNamed(each, List.of(which.split(",")))).toList();
  }

  static List<Mutation> ofDay(long day, List<Mutation> all, int number, List<String> late) {
    List<Mutation> early = all.stream().filter(each -> !isNamed(each, late)).toList();
    List<Mutation> chosen = new ArrayList<>();
    for (int i = 0; i < number; i++) {
      chosen.add(early.get((int) ((day * number + i) % early.size())));
    }
    return chosen;
  }

  private static boolean isNamed(Mutation bug, List<String> words) {
    return words.stream().anyMatch(bug.what()::contains);
  }

  /** Asserts that the code still has a place for each: a change of it that takes one away is seen. */
  public static void assertEachHasItsPlace(List<Mutation> all) throws IOException {
    for (Mutation each : all) {
      String resource = "/dev/turso/" + each.type().replace('.', '/') + ".class";
      try (InputStream in = Mutation.class.getResourceAsStream(resource)) {
        assertThat(in).as(each.type()).isNotNull();
        assertThat(each.plant(in.readAllBytes())).isNotEmpty();
      }
    }
  }
}
