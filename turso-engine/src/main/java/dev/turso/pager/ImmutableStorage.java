package dev.turso.pager;

import dev.turso.cipher.PageCodec;
import dev.turso.error.ReadOnlyException;
import dev.turso.error.ResultCode;
import dev.turso.format.DatabaseHeader;
import dev.turso.vfs.Patience;
import org.jspecify.annotations.Nullable;

/**
 * A database file of which the caller has promised that nobody changes it: no locks, no journal, no
 * log, and nothing is looked at twice.
 */
final class ImmutableStorage extends Storage {

  private final DatabaseFile database;
  private final PageTable table;
  private final int pageSize;
  private final int usableSize;
  private final int pageCount;
  private final PageCodec codec;

  ImmutableStorage(DatabaseFile database) {
    this.database = database;
    byte[] header = new byte[DatabaseHeader.SIZE];
    if (database.handle().read(0, header, 0, header.length) == 0) {
      pageSize = database.newPageSize();
      usableSize = pageSize - database.newReservedBytes();
      pageCount = 0;
    } else {
      header = database.cipher().open(header);
      DatabaseHeader.check(header);
      pageSize = DatabaseHeader.pageSize(header);
      usableSize = DatabaseHeader.usableSize(header);
      pageCount = database.pageCountOfFile(pageSize);
    }
    codec = database.cipher().codec();
    table = database.newTable(pageSize);
    table.ensureRoom(pageCount);
  }

  @Override
  synchronized Snapshot beginRead(Patience patience) {
    Snapshot snapshot = new Snapshot(table, 1, pageCount, pageSize, usableSize);
    snapshots.add(snapshot);
    return snapshot;
  }

  @Override
  synchronized void endRead(Snapshot snapshot) {
    snapshots.remove(snapshot);
  }

  @Override
  void beginWrite(Snapshot snapshot, boolean fresh) {
    throw new ReadOnlyException(ResultCode.READONLY, "attempt to write a readonly database");
  }

  @Override
  void commit(Snapshot snapshot, WriteSet changes, Patience patience) {
    throw new ReadOnlyException(ResultCode.READONLY, "attempt to write a readonly database");
  }

  @Override
  void endWrite() {}

  @Override
  byte[] fetch(Snapshot snapshot, int page, @Nullable PageVersion version) {
    byte[] image = new byte[pageSize];
    database.readPage(page, image);
    codec.decode(page, image);
    return image;
  }

  @Override
  long runStart(Snapshot snapshot) {
    return Long.MAX_VALUE;
  }

  @Override
  void afterCommit(Synchronous synchronous) {}

  @Override
  void close() {}
}
