package dev.turso.cli.shell;

import dev.turso.Database;
import dev.turso.Session;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The connections that {@code .connection} changes between; the open one is the shell's own. */
public final class Connections implements AutoCloseable {

  /** How many there can be. */
  public static final int MOST = 5;

  private static final Slot NEW = new Slot(":memory:", null, null);

  /** A connection that may not be open yet. */
  record Slot(String path, @Nullable Database database, @Nullable Session session) {}

  private final @Nullable Slot[] slots = new @Nullable Slot[MOST];
  private int active;

  Connections() {}

  public int active() {
    return active;
  }

  Slot exchange(int number, Slot current) {
    slots[active] = current;
    Slot next = slots[number];
    slots[number] = null;
    active = number;
    return next == null ? NEW : next;
  }

  /** A line for each connection that is open, and for the active one. */
  public List<String> lines(String activePath) {
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < MOST; i++) {
      Slot slot = slots[i];
      if (i == active) {
        lines.add("ACTIVE " + i + ": " + label(i, activePath));
      } else if (slot != null && slot.session() != null) {
        lines.add("       " + i + ": " + label(i, slot.path()));
      }
    }
    return lines;
  }

  private static String label(int number, String path) {
    return path.isEmpty()
        ? "(temporary-file)"
        : number > 0 && path.equals(":memory:") ? "(memory)" : path;
  }

  /** Closes one that is not active. */
  public void close(int number) {
    Slot slot = slots[number];
    slots[number] = null;
    if (slot != null && slot.session() != null) {
      slot.session().close();
    }
    if (slot != null && slot.database() != null) {
      slot.database().close();
    }
  }

  @Override
  public void close() {
    for (int i = 0; i < MOST; i++) {
      close(i);
    }
  }
}
