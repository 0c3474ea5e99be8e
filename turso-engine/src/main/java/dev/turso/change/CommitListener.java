package dev.turso.change;

/** Is told of published commits, on the database's dispatcher thread, in commit order. */
public interface CommitListener extends ChangeInterest {

  /** A commit that touched a table this listener wants, or one of another process. */
  void committed(CommittedChanges commit);

  /**
   * Commits were dropped because listeners were too slow for them: more waited than the stream keeps.
   * Whoever keeps a state of its own starts over from the database.
   *
   * @param upTo the newest of them; the next commit told of is one after it
   * @param commits how many that might have concerned somebody
   */
  default void missed(Position upTo, long commits) {}

  /** The same, and where a durable log has those commits. */
  default void missed(MissedCommits missed) {
    missed(missed.upTo(), missed.commits());
  }

  /** This listener threw, or fell out of the stream: it gets nothing more. */
  default void failed(RuntimeException cause) {}
}
