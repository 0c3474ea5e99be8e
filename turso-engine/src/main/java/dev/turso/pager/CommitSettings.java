package dev.turso.pager;

/** How a connection wants its commits kept. For its thread. */
public final class CommitSettings {

  private Synchronous synchronous = Synchronous.FULL;
  private long journalLimit = -1;

  CommitSettings() {}

  void setLike(CommitSettings other) {
    synchronous = other.synchronous;
    journalLimit = other.journalLimit;
  }

  /** When a commit waits for the disk. */
  public Synchronous synchronous() {
    return synchronous;
  }

  public void setSynchronous(Synchronous value) {
    synchronous = value;
  }

  /**
   * The size in bytes to which a journal that is kept is cut when its commit has ended, and a log at
   * the first commit after it began anew; -1 = as it is.
   */
  public long journalLimit() {
    return journalLimit;
  }

  /** Sets {@link #journalLimit}; whatever is below zero means none. */
  public void setJournalLimit(long bytes) {
    journalLimit = Math.max(-1, bytes);
  }
}
