package dev.turso.architecture;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Looks for parts of a program that need each other in a circle. */
public final class PackageCycles {

  private final Map<String, Set<String>> needs;
  private final Set<String> done = new HashSet<>();
  private final List<String> path = new ArrayList<>();

  private PackageCycles(Map<String, Set<String>> needs) {
    this.needs = needs;
  }

  /**
   * The parts of one circle, the first once more at its end; empty if there is none.
   *
   * @param part what part a package belongs to, or null if to none
   */
  public static List<String> in(JavaClasses classes, Function<String, @Nullable String> part) {
    Map<String, Set<String>> needs = new TreeMap<>();
    for (JavaClass each : classes) {
      String from = part.apply(each.getPackageName());
      if (from != null) {
        Set<String> found = needs.computeIfAbsent(from, key -> new TreeSet<>());
        for (Dependency dependency : each.getDirectDependenciesFromSelf()) {
          String to =
              part.apply(dependency.getTargetClass().getBaseComponentType().getPackageName());
          if (to != null && !to.equals(from)) {
            found.add(to);
          }
        }
      }
    }
    return in(needs);
  }

  static List<String> in(Map<String, Set<String>> needs) {
    PackageCycles search = new PackageCycles(needs);
    for (String each : needs.keySet()) {
      List<String> circle = search.from(each);
      if (!circle.isEmpty()) {
        return circle;
      }
    }
    return List.of();
  }

  private List<String> from(String part) {
    int before = path.indexOf(part);
    path.add(part);
    if (before >= 0) {
      return List.copyOf(path.subList(before, path.size()));
    }
    if (done.add(part)) {
      for (String each : needs.getOrDefault(part, Set.of())) {
        List<String> circle = from(each);
        if (!circle.isEmpty()) {
          return circle;
        }
      }
    }
    path.removeLast();
    return List.of();
  }
}
