package dev.turso.cdc.debezium;

import dev.turso.cdc.read.ChangeKind;
import dev.turso.cdc.read.ChangeRecord;
import dev.turso.schema.Names;
import dev.turso.value.Value;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which changes of definitions one statement made: they are one message, or who runs the statements of the
 * messages would run it twice.
 *
 * <p>An ALTER TABLE rewrites the indexes, triggers and views that name what it renames, and the tables that
 * refer to it; with a table its indexes and triggers are dropped.
 */
final class OneStatement {

  private static final int TABLE_NAME = 2;

  private OneStatement() {}

  /** The end of the run of changes that begins somewhere and comes from one statement. */
  static int end(List<ChangeRecord> changes, int from) {
    ChangeRecord first = changes.get(from);
    int end = from + 1;
    while (end < changes.size() && goesWith(changes.get(end), first)) {
      end++;
    }
    return end;
  }

  private static boolean goesWith(ChangeRecord next, ChangeRecord first) {
    if (next.kind() != ChangeKind.DEFINITION) {
      return false;
    }
    Value[] is = next.after();
    Value[] was = next.before();
    if (is != null && was != null) {
      return isAltered(first)
          && String.valueOf(next.statement()).equals(String.valueOf(first.statement()));
    }
    return was != null
        && first.after() == null
        && "table".equals(first.objectType())
        && !"table".equals(next.objectType())
        && Names.same(text(was[TABLE_NAME]), String.valueOf(first.objectName()));
  }

  private static boolean isAltered(ChangeRecord change) {
    return change.before() != null && change.after() != null;
  }

  /** What the statement is about: the table that it renames, or the first one that it changes. */
  static ChangeRecord subject(List<ChangeRecord> changes) {
    ChangeRecord found = null;
    for (ChangeRecord each : changes) {
      if ("table".equals(each.objectType())) {
        if (previousName(each) != null) {
          return each;
        }
        found = found == null ? each : found;
      }
    }
    return found == null ? changes.getFirst() : found;
  }

  /** The name that a renamed table had, or null. */
  static @Nullable String previousName(ChangeRecord change) {
    Value[] was = change.before();
    Value[] is = change.after();
    if (was == null || is == null) {
      return null;
    }
    String name = text(was[1]);
    return name.equals(text(is[1])) ? null : name;
  }

  private static String text(Value value) {
    return String.valueOf(value.asString());
  }
}
