package dev.turso.exec.write;

import dev.turso.bind.BoundInsert;
import dev.turso.schema.Index;
import dev.turso.schema.Table;
import dev.turso.sql.ast.ConflictAction;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What about a row must be unique, in the order of checking. */
final class UniqueChecks {

  private UniqueChecks() {}

  /**
   * Those that an upsert clause takes come first, in the order of the clauses; those that replace
   * come last.
   */
  static UniqueCheck[] of(
      Table table,
      @Nullable TableWriter writer,
      @Nullable ConflictAction statement,
      List<BoundInsert.BoundUpsert> upserts) {
    if (writer == null) {
      return new UniqueCheck[0];
    }
    List<UniqueCheck> all = all(table, writer, statement, upserts);
    List<UniqueCheck> ordered = new ArrayList<>();
    for (int i = 0; i < upserts.size(); i++) {
      for (UniqueCheck each : all) {
        if (each.upsert() == i) {
          ordered.add(each);
        }
      }
    }
    for (UniqueCheck each : all) {
      if (each.upsert() < 0 && each.action() != ConflictAction.REPLACE) {
        ordered.add(each);
      }
    }
    for (UniqueCheck each : all) {
      if (each.upsert() < 0 && each.action() == ConflictAction.REPLACE) {
        ordered.add(each);
      }
    }
    return ordered.toArray(new UniqueCheck[0]);
  }

  private static List<UniqueCheck> all(
      Table table,
      TableWriter writer,
      @Nullable ConflictAction statement,
      List<BoundInsert.BoundUpsert> upserts) {
    List<UniqueCheck> all = new ArrayList<>();
    if (!table.withoutRowid()) {
      ConflictAction own = table.rowidAlias() >= 0 ? table.primaryKeyConflict() : null;
      all.add(
          new UniqueCheck(
              UniqueCheck.Kind.ROWID, -1, null, action(statement, own), upsertOf(null, upserts)));
    }
    int at = 0;
    for (Index each : table.indexes()) {
      if (each.isTableKey()) {
        all.add(
            new UniqueCheck(
                UniqueCheck.Kind.TABLE_KEY,
                -1,
                each,
                action(statement, each.conflict()),
                upsertOf(each, upserts)));
        continue;
      }
      if (each.unique()) {
        all.add(
            new UniqueCheck(
                UniqueCheck.Kind.INDEX,
                at,
                each,
                action(statement, each.conflict()),
                upsertOf(each, upserts)));
      }
      at++;
    }
    assert at == writer.indexes().length;
    return all;
  }

  private static ConflictAction action(
      @Nullable ConflictAction statement, @Nullable ConflictAction constraint) {
    if (statement != null) {
      return statement;
    }
    return constraint == null ? ConflictAction.ABORT : constraint;
  }

  /** The first clause that takes a conflict of this index, of the rowid where it is null. */
  private static int upsertOf(@Nullable Index index, List<BoundInsert.BoundUpsert> upserts) {
    for (int i = 0; i < upserts.size(); i++) {
      BoundInsert.BoundUpsert each = upserts.get(i);
      if (each.anyConflict() || (index == null ? each.onRowid() : each.index() == index)) {
        return i;
      }
    }
    return -1;
  }
}
