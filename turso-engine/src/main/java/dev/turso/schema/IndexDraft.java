package dev.turso.schema;

import dev.turso.sql.ast.ConflictAction;
import dev.turso.sql.ast.Expression;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An {@link Index} before its table exists.
 *
 * @param statistics the numbers of {@code sqlite_stat1}: rows, then rows per distinct prefix
 */
record IndexDraft(
    long id,
    String name,
    int rootPage,
    List<IndexPart> parts,
    boolean unique,
    @Nullable ConflictAction conflict,
    @Nullable Expression predicate,
    IndexOrigin origin,
    @Nullable String sql,
    long @Nullable [] statistics) {

  static IndexDraft of(Index from) {
    return new IndexDraft(
        from.id(),
        from.name(),
        from.rootPage(),
        from.parts(),
        from.unique(),
        from.conflict(),
        from.predicate(),
        from.origin(),
        from.sql(),
        from.statistics());
  }

  IndexDraft at(long newId, int newRoot) {
    return new IndexDraft(
        newId, name, newRoot, parts, unique, conflict, predicate, origin, sql, statistics);
  }

  IndexDraft named(SchemaRow row) {
    return new IndexDraft(
        id,
        row.name(),
        rootPage,
        parts,
        unique,
        conflict,
        predicate,
        origin,
        row.sql(),
        statistics);
  }

  IndexDraft ascending() {
    List<IndexPart> all = new ArrayList<>(parts.size());
    for (IndexPart each : parts) {
      all.add(new IndexPart(each.column(), each.expression(), each.collation(), false));
    }
    return new IndexDraft(
        id, name, rootPage, List.copyOf(all), unique, conflict, predicate, origin, sql, statistics);
  }

  IndexDraft withStatistics(long @Nullable [] numbers) {
    return new IndexDraft(
        id, name, rootPage, parts, unique, conflict, predicate, origin, sql, numbers);
  }
}
