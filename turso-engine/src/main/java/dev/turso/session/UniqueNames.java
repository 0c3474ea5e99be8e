package dev.turso.session;

import dev.turso.schema.Names;
import java.util.List;

/** Tells columns of a query apart that have one name, as CREATE TABLE … AS does: {@code a, a:1}. */
final class UniqueNames {

  private UniqueNames() {}

  static String of(List<String> names, int index) {
    String name = names.get(index);
    if (!isTaken(names, index, name)) {
      return name;
    }
    for (int n = 1; ; n++) {
      String candidate = name + ":" + n;
      if (!isUsedBefore(names, index, candidate)) {
        return candidate;
      }
    }
  }

  private static boolean isTaken(List<String> names, int index, String name) {
    for (int i = 0; i < index; i++) {
      if (Names.same(names.get(i), name)) {
        return true;
      }
    }
    return false;
  }

  private static boolean isUsedBefore(List<String> names, int index, String candidate) {
    for (int i = 0; i < index; i++) {
      if (Names.same(of(names, i), candidate)) {
        return true;
      }
    }
    return false;
  }
}
