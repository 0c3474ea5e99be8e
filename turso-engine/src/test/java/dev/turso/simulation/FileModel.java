package dev.turso.simulation;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What one database file may hold.
 *
 * <p>Mostly that is one content: that of the newest commit. While a commit is under way, and after one
 * that failed or whose process died, it is one of two; whoever reads decides which.
 */
final class FileModel {

  /** How sure a commit is that was reported done. */
  enum Promise {
    /** It survives a power cut. */
    DURABLE,
    /** A power cut may undo it, and no commit before it. */
    LAST_MAY_GO,
    /** A power cut may undo it and others that were not durable. */
    LATER
  }

  /** After which crashes a commit that was under way may leave anything: each includes those before. */
  enum Crash {
    NONE,
    POWER_CUT,
    KILL
  }

  /** A moment since which a snapshot may be. */
  record Moment(Set<Content> possible, int logged) {}

  /** A commit that is under way. */
  static final class Commit {
    final Content base;
    final Content next;
    private final Crash fragileTo;
    private final boolean isNew;
    private boolean seen;

    private Commit(Content base, Content next, Crash fragileTo, boolean isNew) {
      this.base = base;
      this.next = next;
      this.fragileTo = fragileTo;
      this.isNew = isNew;
    }
  }

  final String schema;

  /** What the next reader may find; first what the newest finished commit left. */
  private Set<Content> now = new LinkedHashSet<>();

  /** What may be there when the power has failed. */
  private Set<Content> afterCut = new LinkedHashSet<>();

  /** All that ever was possible, in order. */
  private final List<Content> log = new ArrayList<>();

  private final List<Commit> underWay = new ArrayList<>();
  private int commits;
  private boolean unsafe;

  FileModel(String schema) {
    this.schema = schema;
    become(Content.EMPTY);
  }

  Moment moment() {
    return new Moment(Set.copyOf(now), log.size());
  }

  /** Whether a snapshot taken since a moment may hold this. */
  boolean wasPossible(Content found, Moment since) {
    return since.possible.contains(found) || log.subList(since.logged, log.size()).contains(found);
  }

  Collection<Content> possible() {
    return now;
  }

  Collection<Content> possibleAfterCut() {
    return afterCut;
  }

  /** How many commits were reported done. */
  int commits() {
    return commits;
  }

  /** A new snapshot holds this. Of two contents that were possible only this one is left. */
  void found(Content content) {
    if (!now.contains(content) || content.equals(now.iterator().next())) {
      return;
    }
    settle(content);
    for (Commit each : underWay) {
      each.seen |= each.next.equals(content);
    }
  }

  private void settle(Content content) {
    now = new LinkedHashSet<>(Set.of(content));
    afterCut.add(content);
  }

  // ---- a commit ----

  /** One that changes nothing makes nothing possible: what it has read may be an old snapshot. */
  Commit begin(Content base, Content next, Crash fragileTo) {
    boolean changes = !next.equals(base);
    Commit commit = new Commit(base, next, fragileTo, changes && now.add(next));
    if (changes) {
      afterCut.add(next);
      log.add(next);
    }
    underWay.add(commit);
    return commit;
  }

  /** The commit was reported done. Returns what is wrong with that, if something is. */
  @Nullable String done(Commit commit, Promise promise) {
    underWay.remove(commit);
    commits++;
    if (commit.seen || commit.next.equals(commit.base)) {
      // Where nothing changed nothing need have been written, nor made durable.
      return null;
    }
    boolean lost = !now.contains(commit.base) || !now.contains(commit.next);
    String wrong = lost ? "a commit on " + commit.base + " was done, where " + now + " was" : null;
    settle(commit.next);
    if (commit.fragileTo == Crash.KILL && waitsForSync()) {
      // A journal whose deletion is not durable would be played back over this commit.
      unsafe = true;
    }
    if (promise != Promise.LATER) {
      afterCut = new LinkedHashSet<>(Set.of(commit.next));
    }
    if (promise == Promise.LAST_MAY_GO) {
      afterCut.add(commit.base);
    }
    return wrong;
  }

  /** The commit was refused: it has not happened. Returns what is wrong with that, if something is. */
  @Nullable String refused(Commit commit) {
    underWay.remove(commit);
    if (commit.isNew && now.size() > 1) {
      now.remove(commit.next);
    }
    return commit.seen && !commit.next.equals(commit.base)
        ? "a commit was refused that others have seen"
        : null;
  }

  /** The commit failed: it may have happened. */
  void failed(Commit commit) {
    underWay.remove(commit);
  }

  // ---- crashes ----

  /** Whether a commit is under way that may leave anything if it is cut. */
  boolean isFragile(Crash crash) {
    return underWay.stream().anyMatch(c -> c.fragileTo.compareTo(crash) >= 0);
  }

  /** Whether anything may be there after a power cut. */
  boolean isUnsafe() {
    return unsafe;
  }

  void becomeUnsafe() {
    unsafe = true;
  }

  boolean waitsForSync() {
    return afterCut.size() > 1;
  }

  /** All that is there is durable. */
  void checkpointed() {
    afterCut = new LinkedHashSet<>(now);
  }

  /** The file was read after a power cut, or is new: this is what it holds, on the disk. */
  void become(Content content) {
    now = new LinkedHashSet<>(Set.of(content));
    afterCut = new LinkedHashSet<>(Set.of(content));
    log.add(content);
    underWay.clear();
  }

  void reset() {
    unsafe = false;
    become(Content.EMPTY);
  }
}
