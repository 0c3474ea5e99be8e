package dev.turso;

import dev.turso.cipher.KeyProvider;
import org.jspecify.annotations.Nullable;

/**
 * How a database is opened. Immutable: each {@code with} method gives a changed copy.
 *
 * @param mode what may be done with the file
 * @param busyTimeoutMillis how long a new session waits for locks; {@code PRAGMA busy_timeout}
 * @param foreignKeys whether a new session enforces foreign keys; {@code PRAGMA foreign_keys}
 * @param journalMode the journal mode to switch to when opening, or null to take the file's
 * @param synchronous the value of {@code PRAGMA synchronous}, or null for FULL
 * @param cacheBytes limit of the page cache
 * @param changeSetBytes bytes of changes that a transaction keeps in memory before it spills to a
 *     temporary file, and that the change stream keeps of past commits; whoever opens a file first decides
 * @param tailCommits how many commits the change stream keeps, and how many may wait for slow listeners
 *     before those are told that they missed them; whoever opens a file first decides
 * @param immutable whether to promise that nobody changes the file: no locks, no change detection
 * @param encryption what files are encrypted with, or null for plain files; a URI's own key comes first
 */
public record Options(
    Mode mode,
    int busyTimeoutMillis,
    boolean foreignKeys,
    @Nullable String journalMode,
    @Nullable String synchronous,
    long cacheBytes,
    long changeSetBytes,
    int tailCommits,
    boolean immutable,
    @Nullable KeyProvider encryption) {

  /** What may be done with the file. */
  public enum Mode {
    READ_ONLY,
    READ_WRITE,
    READ_WRITE_CREATE
  }

  /** SQLite's defaults. */
  public static final Options DEFAULT =
      new Options(
          Mode.READ_WRITE_CREATE, 0, false, null, null, 32L << 20, 16L << 20, 1024, false, null);

  public Options withMode(Mode value) {
    return new Options(
        value,
        busyTimeoutMillis,
        foreignKeys,
        journalMode,
        synchronous,
        cacheBytes,
        changeSetBytes,
        tailCommits,
        immutable,
        encryption);
  }

  public Options withBusyTimeout(int millis) {
    return new Options(
        mode,
        millis,
        foreignKeys,
        journalMode,
        synchronous,
        cacheBytes,
        changeSetBytes,
        tailCommits,
        immutable,
        encryption);
  }

  public Options withForeignKeys(boolean value) {
    return new Options(
        mode,
        busyTimeoutMillis,
        value,
        journalMode,
        synchronous,
        cacheBytes,
        changeSetBytes,
        tailCommits,
        immutable,
        encryption);
  }

  public Options withJournalMode(@Nullable String value) {
    return new Options(
        mode,
        busyTimeoutMillis,
        foreignKeys,
        value,
        synchronous,
        cacheBytes,
        changeSetBytes,
        tailCommits,
        immutable,
        encryption);
  }

  public Options withSynchronous(@Nullable String value) {
    return new Options(
        mode,
        busyTimeoutMillis,
        foreignKeys,
        journalMode,
        value,
        cacheBytes,
        changeSetBytes,
        tailCommits,
        immutable,
        encryption);
  }

  public Options withCacheBytes(long value) {
    return new Options(
        mode,
        busyTimeoutMillis,
        foreignKeys,
        journalMode,
        synchronous,
        value,
        changeSetBytes,
        tailCommits,
        immutable,
        encryption);
  }

  public Options withChangeSetBytes(long value) {
    return new Options(
        mode,
        busyTimeoutMillis,
        foreignKeys,
        journalMode,
        synchronous,
        cacheBytes,
        value,
        tailCommits,
        immutable,
        encryption);
  }

  public Options withTailCommits(int value) {
    return new Options(
        mode,
        busyTimeoutMillis,
        foreignKeys,
        journalMode,
        synchronous,
        cacheBytes,
        changeSetBytes,
        value,
        immutable,
        encryption);
  }

  public Options withImmutable(boolean value) {
    return new Options(
        mode,
        busyTimeoutMillis,
        foreignKeys,
        journalMode,
        synchronous,
        cacheBytes,
        changeSetBytes,
        tailCommits,
        value,
        encryption);
  }

  /**
   * Files are encrypted with the keys that a provider gives: one {@link
   * dev.turso.cipher.EncryptionKey} for all of them, or one by path. A database in memory is not.
   */
  public Options withEncryption(@Nullable KeyProvider value) {
    return new Options(
        mode,
        busyTimeoutMillis,
        foreignKeys,
        journalMode,
        synchronous,
        cacheBytes,
        changeSetBytes,
        tailCommits,
        immutable,
        value);
  }
}
