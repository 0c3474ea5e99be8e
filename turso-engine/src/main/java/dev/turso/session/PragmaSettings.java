package dev.turso.session;

import org.jspecify.annotations.Nullable;

/** Settings of a connection that pragmas set and read. */
final class PragmaSettings {

  /** The cipher of the key that is to come, null = as its length says. */
  @Nullable String cipher;

  boolean caseSensitiveLike;
  boolean queryOnly;
  boolean requireWhere;
  boolean writableSchema;
  boolean legacyAlterTable;
  boolean legacyFileFormat;
  boolean fullColumnNames;
  boolean shortColumnNames = true;
  boolean countChanges;
  boolean emptyResultCallbacks;
  boolean reverseUnorderedSelects;
  boolean readUncommitted;
  boolean trustedSchema = true;
  boolean cellSizeCheck;
  boolean fullfsync;
  boolean checkpointFullfsync;
  boolean automaticIndex = true;
  long cacheSize = -2000;
  long cacheSpill = 483;
  long mmapSize;
  long softHeapLimit;
  long hardHeapLimit;
  long analysisLimit;
  long threads;

  /** The page size that the next VACUUM gives a file, 0 = as it is. */
  int nextPageSize;

  /** The auto_vacuum that the next VACUUM gives a database, -1 = as it is. */
  int nextAutoVacuum = -1;

  long operatorMemory = OperatorSpace.defaultBytes();
  int tempStore;
}
