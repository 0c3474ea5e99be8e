package dev.turso.change;

/** Is told of published commits, on the database's dispatcher thread, in commit order. */
public interface CommitListener extends ChangeInterest {

  /** A commit that touched a table this listener wants, or one of another process. */
  void committed(CommittedChanges commit);

  /** This listener threw, or fell out of the stream: it gets nothing more. */
  default void failed(RuntimeException cause) {}
}
