package dev.turso.session;

import dev.turso.change.ChangeSet;
import dev.turso.change.CommittedChanges;
import dev.turso.change.Position;
import dev.turso.schema.Catalog;
import org.jspecify.annotations.Nullable;

/** A commit before it has its position. */
record CommitDraft(
    Catalog catalog, ChangeSet changes, @Nullable String origin, CommittedChanges.Kind kind) {

  static CommitDraft own(Catalog catalog, ChangeSet changes, @Nullable String origin) {
    return new CommitDraft(catalog, changes, origin, CommittedChanges.Kind.OWN);
  }

  /** A commit of another process. */
  static CommitDraft foreign(Catalog catalog, ChangeSet empty) {
    return new CommitDraft(catalog, empty, null, CommittedChanges.Kind.FOREIGN);
  }

  CommittedChanges at(Position position) {
    return new CommittedChanges(position, catalog, changes, origin, kind);
  }
}
