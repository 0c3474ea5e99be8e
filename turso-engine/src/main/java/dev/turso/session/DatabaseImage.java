package dev.turso.session;

import dev.turso.error.ResultCode;
import dev.turso.error.SqlException;
import dev.turso.format.Bytes;
import dev.turso.format.DatabaseHeader;
import dev.turso.pager.Pager;

/** A database as the bytes of its file, and back. */
final class DatabaseImage {

  private DatabaseImage() {}

  /**
   * The bytes that a file with this content has. They name a rollback journal, whatever the database
   * has: a log is not among them.
   */
  static byte[] of(Pager source) {
    try (Pager pager = source.openAnother()) {
      pager.beginRead();
      int size = pager.pageSize();
      int count = pager.pageCount();
      if ((long) count * size > Integer.MAX_VALUE - 16) {
        throw new SqlException(ResultCode.TOOBIG, "the database is too large for an array", -1);
      }
      byte[] image = new byte[count * size];
      for (int page = 1; page <= count; page++) {
        System.arraycopy(pager.read(page), 0, image, (page - 1) * size, size);
      }
      pager.endRead();
      if (count > 0) {
        image[DatabaseHeader.WRITE_VERSION] = DatabaseHeader.ROLLBACK_JOURNAL;
        image[DatabaseHeader.READ_VERSION] = DatabaseHeader.ROLLBACK_JOURNAL;
      }
      return image;
    }
  }

  /** Replaces a database by an image, in one transaction of the pager; no bytes are an empty one. */
  static void into(Pager target, byte[] image) {
    if (image.length > 0) {
      replace(target, image);
    } else if (pageCount(target) > 0) {
      int reserved = target.pageSize() - target.usableSize();
      replace(
          target,
          DatabaseHeader.newDatabase(target.pageSize(), reserved, DatabaseHeader.ROLLBACK_JOURNAL));
    }
  }

  private static int pageCount(Pager pager) {
    pager.beginRead();
    try {
      return pager.pageCount();
    } finally {
      pager.endRead();
    }
  }

  private static void replace(Pager target, byte[] image) {
    DatabaseHeader.check(
        image.length < DatabaseHeader.SIZE ? new byte[DatabaseHeader.SIZE] : image);
    int size = DatabaseHeader.pageSize(image);
    int usable = DatabaseHeader.usableSize(image);
    int count = image.length / size;
    target.setPageSize(size, size - usable);
    target.beginWrite();
    try {
      if (target.pageSize() != size || target.usableSize() != usable) {
        throw new SqlException("the image has another page size than the database");
      }
      overwrite(target, image, size, count);
      target.commit();
    } finally {
      if (target.isWriting()) {
        target.rollback();
      }
    }
  }

  private static void overwrite(Pager target, byte[] image, int size, int count) {
    byte[] old = target.read(1).clone();
    for (int page = 1; page <= count; page++) {
      while (target.pageCount() < page) {
        target.append();
      }
      System.arraycopy(image, (page - 1) * size, target.write(page), 0, size);
    }
    if (target.pageCount() > count) {
      target.truncate(count);
    }
    byte[] first = target.write(1);
    first[DatabaseHeader.WRITE_VERSION] = old[DatabaseHeader.WRITE_VERSION];
    first[DatabaseHeader.READ_VERSION] = old[DatabaseHeader.READ_VERSION];
    int cookie = Bytes.i32(old, DatabaseHeader.SCHEMA_COOKIE);
    int newer = Bytes.i32(first, DatabaseHeader.SCHEMA_COOKIE);
    Bytes.put32(first, DatabaseHeader.SCHEMA_COOKIE, Math.max(cookie, newer) + 1);
  }
}
