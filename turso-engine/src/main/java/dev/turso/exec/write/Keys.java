package dev.turso.exec.write;

import dev.turso.format.KeyComparator;
import dev.turso.format.TextEncoding;
import dev.turso.schema.Index;
import dev.turso.schema.IndexPart;
import dev.turso.value.Collation;
import java.util.List;

/** The orders of index trees. */
public final class Keys {

  private Keys() {}

  /** The order of the declared parts alone. */
  static KeyComparator prefix(Index index, TextEncoding encoding) {
    return order(index.parts(), encoding);
  }

  /** The order of the first few declared parts. */
  public static KeyComparator prefix(Index index, int parts, TextEncoding encoding) {
    return order(index.parts().subList(0, parts), encoding);
  }

  /** The order of an index's entries; of the key alone for the tree of a WITHOUT ROWID table. */
  public static KeyComparator order(Index index, TextEncoding encoding) {
    return order(index.isTableKey() ? index.parts() : index.storedParts(), encoding);
  }

  private static KeyComparator order(List<IndexPart> parts, TextEncoding encoding) {
    Collation[] collations = new Collation[parts.size()];
    boolean[] descending = new boolean[parts.size()];
    for (int i = 0; i < parts.size(); i++) {
      collations[i] = parts.get(i).collation();
      descending[i] = parts.get(i).descending();
    }
    return new KeyComparator(collations, descending, encoding);
  }
}
