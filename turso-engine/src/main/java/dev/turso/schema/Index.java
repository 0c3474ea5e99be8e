package dev.turso.schema;

import dev.turso.sql.ast.ConflictAction;
import dev.turso.sql.ast.Expression;
import dev.turso.value.Collation;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An index, or the key of a WITHOUT ROWID table seen as one. */
public final class Index {

  private final Table table;
  private final IndexDraft draft;
  private final List<IndexPart> storedParts;

  Index(Table table, IndexDraft draft) {
    this.table = table;
    this.draft = draft;
    this.storedParts = List.copyOf(stored(table, draft));
  }

  /** The rowid of its row in {@code sqlite_schema}; 0 for the key of a WITHOUT ROWID table. */
  public long id() {
    return draft.id();
  }

  public String name() {
    return draft.name();
  }

  public int rootPage() {
    return draft.rootPage();
  }

  public Table table() {
    return table;
  }

  /** The declared parts, which UNIQUE speaks of. */
  public List<IndexPart> parts() {
    return draft.parts();
  }

  /**
   * Every field of the index's records: the declared parts, then what names the row (the rowid, or
   * the columns of the key that are not among the parts). For the key of a WITHOUT ROWID table: all
   * stored columns of the table.
   */
  public List<IndexPart> storedParts() {
    return storedParts;
  }

  public boolean unique() {
    return draft.unique();
  }

  /** What the constraint's ON CONFLICT clause says, or null. */
  public @Nullable ConflictAction conflict() {
    return draft.conflict();
  }

  /** The WHERE of a partial index, or null. */
  public @Nullable Expression predicate() {
    return draft.predicate();
  }

  public IndexOrigin origin() {
    return draft.origin();
  }

  /** The text of CREATE INDEX, or null for the index of a constraint. */
  public @Nullable String sql() {
    return draft.sql();
  }

  /** Rows in the index, then rows per distinct value of each prefix; null if never analyzed. */
  public long @Nullable [] statistics() {
    return draft.statistics();
  }

  /** Whether this is the B-tree of a WITHOUT ROWID table. */
  public boolean isTableKey() {
    return table.withoutRowid() && draft.rootPage() == table.rootPage();
  }

  private static List<IndexPart> stored(Table table, IndexDraft draft) {
    List<IndexPart> fields = new ArrayList<>(draft.parts());
    if (table.withoutRowid() && draft.rootPage() == table.rootPage()) {
      int[] order = table.storageOrder();
      for (int i = fields.size(); i < order.length; i++) {
        Column column = table.columns().get(order[i]);
        fields.add(IndexPart.ofColumn(order[i], column.collation(), false));
      }
    } else if (table.withoutRowid()) {
      for (KeyPart each : table.primaryKey()) {
        if (!holds(fields, each.column(), each.collation())) {
          fields.add(IndexPart.ofColumn(each.column(), each.collation(), each.descending()));
        }
      }
    } else {
      fields.add(IndexPart.rowid());
    }
    return fields;
  }

  private static boolean holds(List<IndexPart> fields, int column, Collation collation) {
    for (IndexPart each : fields) {
      if (each.column() == column && each.collation().name().equals(collation.name())) {
        return true;
      }
    }
    return false;
  }

  @Override
  public String toString() {
    return name();
  }
}
