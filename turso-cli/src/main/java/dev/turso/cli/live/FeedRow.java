package dev.turso.cli.live;

import dev.turso.change.Position;
import dev.turso.value.Value;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One committed change of a row.
 *
 * @param position its commit
 * @param table the table's name, empty for a commit of another process, whose rows are not known
 * @param operation insert, update, delete, or foreign
 * @param origin what wrote it: a statement, a trigger, a cascade
 * @param before the row before, by column, or null
 * @param after the row after, or null
 */
public record FeedRow(
    Position position,
    String table,
    String operation,
    String origin,
    @Nullable Map<String, Value> before,
    @Nullable Map<String, Value> after) {

  static FeedRow foreign(Position position) {
    return new FeedRow(position, "", "foreign", "", null, null);
  }
}
