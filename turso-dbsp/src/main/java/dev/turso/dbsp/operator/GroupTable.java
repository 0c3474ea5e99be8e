package dev.turso.dbsp.operator;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The groups that a step works on, by their keys; a look-up makes no object. Not thread-safe. */
final class GroupTable {

  private static final int LEAST = 64;

  private final List<Group> groups = new ArrayList<>();
  private @Nullable Group[] slots = new Group[LEAST];

  /** The group of the key that an array begins with, or null. */
  @Nullable Group find(byte[] array, int length) {
    int mask = slots.length - 1;
    for (int at = hash(array, length) & mask; ; at = at + 1 & mask) {
      Group each = slots[at];
      if (each == null || Arrays.equals(each.key, 0, each.key.length, array, 0, length)) {
        return each;
      }
    }
  }

  void add(Group group) {
    groups.add(group);
    if (groups.size() * 2 > slots.length) {
      slots = new Group[slots.length * 4];
      groups.forEach(this::place);
    } else {
      place(group);
    }
  }

  private void place(Group group) {
    int mask = slots.length - 1;
    int at = hash(group.key, group.key.length) & mask;
    while (slots[at] != null) {
      at = at + 1 & mask;
    }
    slots[at] = group;
  }

  private static int hash(byte[] array, int length) {
    int hash = 1;
    for (int i = 0; i < length; i++) {
      hash = 31 * hash + array[i];
    }
    hash *= 0x9E3779B9;
    return hash ^ hash >>> 15;
  }

  /** All groups in the order of their keys. */
  List<Group> sorted() {
    if (groups.size() > 1) {
      groups.sort((a, b) -> Arrays.compareUnsigned(a.key, b.key));
    }
    return groups;
  }

  void clear() {
    if (slots.length > LEAST) {
      slots = new Group[LEAST];
    } else if (!groups.isEmpty()) {
      Arrays.fill(slots, null);
    }
    groups.clear();
  }
}
