package dev.turso.pager;

/**
 * The pages of one database as one transaction sees them: all that a B-tree needs of the storage
 * below it.
 *
 * <p>Pages are numbered from 1. An image is a byte array of {@link #pageSize()} bytes that the
 * caller of {@link #read} must not modify. The image of a page that this transaction has not written
 * never changes, whoever commits; the image of a page that it has written may change by later calls
 * of {@link #write} in the same transaction.
 *
 * <p>Not thread-safe: one transaction, one thread at a time. Failures are {@link
 * dev.turso.error.IoException} and {@link dev.turso.error.CorruptException}.
 */
public interface PageStore {

  /** Bytes in a page, a power of two from 512 to 65536. */
  int pageSize();

  /** Bytes of a page that the B-tree may use: the page size less the reserved bytes at its end. */
  int usableSize();

  /** The size of the database in pages, in this transaction's view. */
  int pageCount();

  /** The image of a page, not to be modified. A page beyond the end is a corrupt database. */
  byte[] read(int pageNumber);

  /**
   * The private, writable image of a page in the current write transaction, copied on the first
   * touch and again on the first touch after a savepoint was set. Ask again after setting a
   * savepoint, and after some hundred other calls: writing to an array handed out before would escape
   * the savepoint, or be lost with a page that has been moved out of memory meanwhile.
   */
  byte[] write(int pageNumber);

  /**
   * Whether this transaction has written the page, so that a later {@link #write} may change the
   * image that {@link #read} returned. A store that does not know says {@code true}: cursors are then
   * right but slower, since they copy what they hand out and seek again after every change.
   */
  boolean isWritten(int pageNumber);

  /** Grows the database by one zeroed page and returns its number. Knows nothing of a free list. */
  int append();

  /** Shrinks the database to its first pages. */
  void truncate(int pageCount);

  /**
   * Whether what is put on the free list is overwritten first, at the cost of writing it: {@code
   * PRAGMA secure_delete = on}.
   */
  default boolean wipesFreedPages() {
    return false;
  }

  /** Counts calls that may have changed a page, so that cursors know when to seek again. */
  long changeCount();
}
