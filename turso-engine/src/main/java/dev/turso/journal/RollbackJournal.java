package dev.turso.journal;

import dev.turso.cipher.PageCodec;
import dev.turso.format.Bytes;
import dev.turso.format.JournalLayout;
import dev.turso.vfs.FileHandle;
import dev.turso.vfs.FileSystem;
import dev.turso.vfs.OpenMode;
import java.nio.charset.StandardCharsets;

/** Writes the journal of one commit. For the holder of RESERVED. */
public final class RollbackJournal implements AutoCloseable {

  /** What becomes of the journal when it is no longer needed. */
  public enum Ending {
    DELETE,
    TRUNCATE,
    PERSIST
  }

  /** How durable a journal is when the database is overwritten. */
  public enum Sealing {
    /** Not at all. */
    UNSYNCED,
    /** Records and their count in one sync: a power cut in it may leave a count without records. */
    ONCE,
    /** The records before their count, as their checksums are weak. */
    TWICE
  }

  private static final int BATCH_BYTES = 1 << 18;

  private final FileSystem files;
  private final String path;
  private final FileHandle file;
  private final PageCodec codec;
  private final int pageSize;
  private final int nonce;
  private final byte[] header = new byte[JournalLayout.OUR_SECTOR_SIZE];
  private final byte[] batch;
  private int batched;
  private int records;
  private boolean hasSuper;
  private long position = JournalLayout.OUR_SECTOR_SIZE;

  private RollbackJournal(
      FileSystem files,
      String path,
      FileHandle file,
      PageCodec codec,
      int pageSize,
      int nonce,
      int records) {
    this.files = files;
    this.path = path;
    this.file = file;
    this.codec = codec;
    this.pageSize = pageSize;
    this.nonce = nonce;
    int record = pageSize + JournalLayout.RECORD_EXTRA;
    this.batch = new byte[record * Math.max(1, Math.min(records, BATCH_BYTES / record))];
  }

  /**
   * Starts the journal of a database.
   *
   * @param pageCount the size of the database before the commit
   * @param codec for the pages that will be added
   * @param records how many those will be, as a hint
   */
  public static RollbackJournal create(
      FileSystem files,
      String path,
      PageCodec codec,
      int pageSize,
      int pageCount,
      int nonce,
      int records) {
    FileHandle file = files.open(path, OpenMode.CREATE);
    try {
      RollbackJournal journal =
          new RollbackJournal(files, path, file, codec, pageSize, nonce, records);
      journal.writeHeader(pageCount);
      return journal;
    } catch (Throwable e) {
      file.close();
      throw e;
    }
  }

  private void writeHeader(int pageCount) {
    if (file.size() > 0) {
      file.truncate(0);
    }
    JournalLayout.putMagic(header, 0);
    Bytes.put32(header, JournalLayout.NONCE, nonce);
    Bytes.put32(header, JournalLayout.PAGE_COUNT, pageCount);
    Bytes.put32(header, JournalLayout.SECTOR_SIZE, JournalLayout.OUR_SECTOR_SIZE);
    Bytes.put32(header, JournalLayout.PAGE_SIZE, pageSize);
    file.write(0, header, 0, header.length);
  }

  /** Adds the old image of a page. */
  public void add(int page, byte[] image) {
    int record = pageSize + JournalLayout.RECORD_EXTRA;
    if (batched + record > batch.length) {
      flush();
    }
    Bytes.put32(batch, batched, page);
    codec.encode(page, image, batch, batched + 4);
    int checksum = JournalLayout.checksum(nonce, batch, batched + 4, pageSize);
    Bytes.put32(batch, batched + 4 + pageSize, checksum);
    batched += record;
    records++;
  }

  private void flush() {
    file.write(position, batch, 0, batched);
    position += batched;
    batched = 0;
  }

  /**
   * Makes this the journal of one database of several that commit together. Called after the last
   * page; the name stands in a sector of its own at the end of the file.
   */
  public void nameSuperJournal(String superJournal) {
    flush();
    byte[] name = superJournal.getBytes(StandardCharsets.UTF_8);
    byte[] record = new byte[name.length + JournalLayout.SUPER_EXTRA];
    Bytes.put32(record, 0, JournalLayout.lockPage(pageSize));
    System.arraycopy(name, 0, record, 4, name.length);
    int at = 4 + name.length;
    Bytes.put32(record, at, name.length);
    Bytes.put32(record, at + 4, JournalLayout.nameChecksum(name));
    JournalLayout.putMagic(record, at + 8);
    int sector = JournalLayout.OUR_SECTOR_SIZE;
    file.write((position + sector - 1) / sector * sector, record, 0, record.length);
    hasSuper = true;
  }

  /** Completes the journal: when this returns it is hot, and the database may be overwritten. */
  public void seal(Sealing sealing) {
    flush();
    if (sealing == Sealing.TWICE) {
      file.sync();
    }
    Bytes.put32(header, JournalLayout.RECORD_COUNT, records);
    file.write(0, header, 0, JournalLayout.HEADER_SIZE);
    if (sealing != Sealing.UNSYNCED) {
      file.sync();
      files.syncDirectory(path);
    }
  }

  /**
   * Ends the journal; in this moment the transaction is committed.
   *
   * @param limit of the size of a journal that persists, -1 = none
   */
  public void end(Ending ending, boolean sync, boolean syncDirectory, long limit) {
    switch (ending) {
      case DELETE -> {
        file.close();
        files.delete(path);
        if (syncDirectory) {
          files.syncDirectory(path);
        }
      }
      case TRUNCATE -> {
        file.truncate(0);
        endKept(sync);
      }
      case PERSIST -> {
        if (hasSuper || limit == 0) {
          // A name at the end of the file would be read as that of a later commit.
          file.truncate(0);
          endKept(sync);
          return;
        }
        file.write(0, new byte[JournalLayout.HEADER_SIZE], 0, JournalLayout.HEADER_SIZE);
        endPersisting(sync, limit);
      }
    }
  }

  private void endKept(boolean sync) {
    if (sync) {
      file.sync();
    }
    file.close();
  }

  /** What is cut off belonged to records that nobody will read, whether the cut is durable or not. */
  private void endPersisting(boolean sync, long limit) {
    if (sync) {
      file.sync();
    }
    if (limit > 0 && file.size() > limit) {
      file.truncate(limit);
    }
    file.close();
  }

  /** Leaves the journal as it is. */
  @Override
  public void close() {
    file.close();
  }
}
