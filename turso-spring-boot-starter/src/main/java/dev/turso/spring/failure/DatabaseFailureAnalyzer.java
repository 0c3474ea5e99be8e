package dev.turso.spring.failure;

import dev.turso.error.DatabaseException;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** The engine could not open or use the database file at start: by result code, what to do. */
final class DatabaseFailureAnalyzer extends AbstractFailureAnalyzer<DatabaseException> {

  @Override
  protected @Nullable FailureAnalysis analyze(Throwable failure, DatabaseException cause) {
    String action = action(cause);
    if (action == null) {
      return null;
    }
    return new FailureAnalysis(
        "The Turso database could not be used: " + cause.getMessage() + ".", action, cause);
  }

  private static @Nullable String action(DatabaseException cause) {
    return switch (cause.code().primary()) {
      case CANTOPEN ->
          "Check that the folder of the file in spring.datasource.url (or turso.path) exists and that"
              + " this user may write to it; the file itself is created, its folder is not.";
      case NOTADB ->
          "The file is not an SQLite database, or another engine has encrypted it. Look at its"
              + " first 16 bytes: they read 'SQLite format 3' in a database, and start with 'TursoE'"
              + " in one that is encrypted.";
      case AUTH ->
          "Compare turso.encryption.key, key-file and cipher with what the file was encrypted with;"
              + " leave them out for a file that is not encrypted.";
      case BUSY, LOCKED ->
          "Another process holds the file locked. Find it (for example with 'fuser' on the file), or"
              + " wait longer with turso.busy-timeout.";
      case READONLY ->
          "This user may not write to the file or its folder, where the write-ahead log is kept."
              + " Change the permissions, or open the file with mode=ro in a file: URI.";
      case CORRUPT ->
          "The file is damaged. Keep a copy of it and of its -wal file, run PRAGMA integrity_check,"
              + " and restore the newest backup.";
      case FULL -> "The disk or its quota is full. Make room and start again.";
      case IOERR ->
          "The file system refused an operation. Check the disk; network file systems without locks"
              + " cannot hold a database.";
      default -> null;
    };
  }
}
