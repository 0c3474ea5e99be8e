package dev.turso.journal;

import dev.turso.error.IoException;
import dev.turso.error.ResultCode;
import dev.turso.format.Bytes;
import dev.turso.format.DatabaseHeader;
import dev.turso.format.JournalLayout;
import dev.turso.vfs.FileHandle;
import dev.turso.vfs.FileSystem;
import dev.turso.vfs.OpenMode;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.BitSet;
import org.jspecify.annotations.Nullable;

/**
 * Plays back what a process left that died in the middle of a commit.
 *
 * <p>Stateless but for the names; the caller holds the locks.
 */
public final class HotJournal {

  private final FileSystem files;
  private final String path;
  private final FileHandle database;

  /**
   * @param path of the journal
   * @param database the file that it belongs to
   */
  public HotJournal(FileSystem files, String path, FileHandle database) {
    this.files = files;
    this.path = path;
    this.database = database;
  }

  /**
   * Whether there is a journal with something in its header. It is hot if also no process holds
   * RESERVED; the answer counts only if it is asked again under EXCLUSIVE (as SQLite has it: a journal
   * that vanishes while it is opened may be hot).
   */
  public boolean isPresent() {
    if (!files.exists(path)) {
      return false;
    }
    try (FileHandle journal = files.open(path, OpenMode.READ_ONLY)) {
      byte[] first = new byte[1];
      return journal.read(0, first, 0, 1) == 1 && first[0] != 0;
    } catch (IoException e) {
      if (e.code() != ResultCode.CANTOPEN) {
        throw e;
      }
      // Another process has ended its transaction since we asked, and may have begun the next. What
      // cannot be opened at all fails again when it is played back.
      return files.exists(path);
    }
  }

  /**
   * What the database header will be when the journal has been played back, as it lies in the journal;
   * null if the journal does not say, which ours do if there was a header and it is to change.
   */
  public byte @Nullable [] header() {
    try (FileHandle journal = files.open(path, OpenMode.READ_ONLY)) {
      byte[] header = new byte[JournalLayout.HEADER_SIZE];
      if (journal.read(0, header, 0, header.length) < header.length
          || !JournalLayout.hasMagic(header, 0)) {
        return null;
      }
      int sectorSize = Bytes.i32(header, JournalLayout.SECTOR_SIZE);
      int pageSize = Bytes.i32(header, JournalLayout.PAGE_SIZE);
      if (!isPower(sectorSize, 32) || !isPower(pageSize, 512)) {
        return null;
      }
      byte[] record = new byte[pageSize + JournalLayout.RECORD_EXTRA];
      int nonce = Bytes.i32(header, JournalLayout.NONCE);
      boolean first =
          journal.read(sectorSize, record, 0, record.length) == record.length
              && Bytes.i32(record, 0) == 1
              && JournalLayout.checksum(nonce, record, 4, pageSize)
                  == Bytes.i32(record, 4 + pageSize);
      return first ? Arrays.copyOfRange(record, 4, 4 + DatabaseHeader.SIZE) : null;
    }
  }

  /**
   * Restores the database and deletes the journal; a journal whose super-journal is gone belongs to a
   * commit that was made, and is deleted only. Called under EXCLUSIVE.
   */
  public void playBack() {
    String superJournal;
    try (FileHandle journal = files.open(path, OpenMode.READ_ONLY)) {
      superJournal = superJournal(journal);
      if (superJournal == null || files.exists(superJournal)) {
        restore(journal);
        database.sync();
      }
    }
    delete();
    if (superJournal != null && files.exists(superJournal)) {
      SuperJournal.deleteIfUnused(files, superJournal);
    }
  }

  /** The same for whoever has just written the journal, and knows that nothing was committed. */
  public void playBackAlways() {
    try (FileHandle journal = files.open(path, OpenMode.READ_ONLY)) {
      restore(journal);
      database.sync();
    }
    delete();
  }

  private void delete() {
    files.delete(path);
    files.syncDirectory(path);
  }

  /** The journal of a commit over several files, which is committed when that one is gone. */
  static @Nullable String superJournal(FileHandle journal) {
    byte[] tail = new byte[16];
    long size = journal.size();
    if (size < tail.length
        || journal.read(size - tail.length, tail, 0, tail.length) < tail.length
        || !JournalLayout.hasMagic(tail, 8)) {
      return null;
    }
    int length = Bytes.i32(tail, 0);
    if (length <= 0 || length > size - tail.length || length > 4096) {
      return null;
    }
    byte[] name = new byte[length];
    journal.read(size - tail.length - length, name, 0, length);
    return JournalLayout.nameChecksum(name) == Bytes.i32(tail, 4)
        ? new String(name, StandardCharsets.UTF_8)
        : null;
  }

  private void restore(FileHandle journal) {
    byte[] header = new byte[JournalLayout.HEADER_SIZE];
    BitSet done = new BitSet();
    long position = 0;
    int sectorSize = 0;
    int pageSize = 0;
    long pageCount = 0;
    while (journal.read(position, header, 0, header.length) == header.length
        && JournalLayout.hasMagic(header, 0)) {
      if (position == 0) {
        sectorSize = Bytes.i32(header, JournalLayout.SECTOR_SIZE);
        pageSize = Bytes.i32(header, JournalLayout.PAGE_SIZE);
        pageCount = Integer.toUnsignedLong(Bytes.i32(header, JournalLayout.PAGE_COUNT));
        if (!isPower(sectorSize, 32) || !isPower(pageSize, 512)) {
          return;
        }
        database.truncate(pageCount * pageSize);
      }
      int records = Bytes.i32(header, JournalLayout.RECORD_COUNT);
      if (records == -1) {
        long room = journal.size() - position - sectorSize;
        records = (int) (room / (pageSize + JournalLayout.RECORD_EXTRA));
      }
      int nonce = Bytes.i32(header, JournalLayout.NONCE);
      long end = restore(journal, position + sectorSize, records, pageSize, pageCount, nonce, done);
      if (end < 0) {
        return;
      }
      position = (end + sectorSize - 1) / sectorSize * sectorSize;
    }
  }

  private static boolean isPower(int size, int least) {
    return size >= least && size <= 65536 && Integer.bitCount(size) == 1;
  }

  /** Restores the records after one header. Returns where they end, or -1 at a damaged one. */
  private long restore(
      FileHandle journal,
      long from,
      int records,
      int pageSize,
      long pageCount,
      int nonce,
      BitSet done) {
    byte[] record = new byte[pageSize + JournalLayout.RECORD_EXTRA];
    long position = from;
    for (int i = 0; i < records; i++, position += record.length) {
      if (journal.read(position, record, 0, record.length) < record.length) {
        return -1;
      }
      int page = Bytes.i32(record, 0);
      if (page <= 0 || page == JournalLayout.lockPage(pageSize)) {
        return -1;
      }
      int checksum = JournalLayout.checksum(nonce, record, 4, pageSize);
      if (checksum != Bytes.i32(record, 4 + pageSize)) {
        return -1;
      }
      if (page <= pageCount && !done.get(page)) {
        done.set(page);
        database.write((page - 1L) * pageSize, record, 4, pageSize);
      }
    }
    return position;
  }
}
