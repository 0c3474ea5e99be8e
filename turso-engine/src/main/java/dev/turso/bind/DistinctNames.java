package dev.turso.bind;

import dev.turso.schema.Names;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Tells columns of a query apart that have one name, as views and CREATE TABLE … AS do: {@code a, a:1,
 * a:2}.
 */
public final class DistinctNames {

  /** Tries that begin at one again for each column; from there on numbers go up for all of a name. */
  private static final int SHORT = 4;

  private DistinctNames() {}

  public static List<String> of(List<String> names) {
    Set<String> taken = new HashSet<>();
    Map<String, Integer> numbers = new HashMap<>();
    List<String> distinct = new ArrayList<>(names.size());
    for (String each : names) {
      String name = each;
      for (int n = 1; !taken.add(Names.fold(name)); n++) {
        String stem = stem(name);
        int number =
            n <= SHORT ? n : numbers.merge(Names.fold(stem), SHORT + 1, (old, one) -> old + 1);
        name = stem + ":" + number;
      }
      distinct.add(name);
    }
    return List.copyOf(distinct);
  }

  /** The name without a number that was put behind it. */
  private static String stem(String name) {
    int at = name.length() - 1;
    while (at > 0 && name.charAt(at) >= '0' && name.charAt(at) <= '9') {
      at--;
    }
    return at >= 0 && name.charAt(at) == ':' ? name.substring(0, at) : name;
  }
}
