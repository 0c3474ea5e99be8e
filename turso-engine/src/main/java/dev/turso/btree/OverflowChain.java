package dev.turso.btree;

import dev.turso.format.Bytes;
import dev.turso.format.Malformed;
import dev.turso.pager.PageStore;

/**
 * The pages that hold what of a payload does not fit its cell: four bytes of next page, then
 * payload.
 *
 * @see <a href="https://www.sqlite.org/fileformat2.html#cell_payload_overflow_pages">File format,
 *     1.7</a>
 */
final class OverflowChain {

  private OverflowChain() {}

  /** Copies {@code length} bytes of a chain to an array. */
  static void read(PageStore store, int first, byte[] to, int at, int length) {
    int room = store.usableSize() - 4;
    int page = first;
    int done = 0;
    while (done < length) {
      check(store, page);
      byte[] image = store.read(page);
      int n = Math.min(room, length - done);
      System.arraycopy(image, 4, to, at + done, n);
      done += n;
      page = Bytes.i32(image, 0);
    }
  }

  /** Stores bytes in new pages and returns the first of them. */
  static int write(PageAllocator pages, byte[] from, int offset, int length) {
    int room = pages.store.usableSize() - 4;
    int first = pages.allocate();
    int page = first;
    int done = 0;
    while (true) {
      int n = Math.min(room, length - done);
      int next = done + n < length ? pages.allocate() : 0;
      byte[] image = pages.store.write(page);
      Bytes.put32(image, 0, next);
      System.arraycopy(from, offset + done, image, 4, n);
      done += n;
      if (next == 0) {
        return first;
      }
      pages.map.put(next, PointerMap.NEXT_OVERFLOW, page);
      page = next;
    }
  }

  /** Frees the pages that hold {@code length} bytes. */
  static void free(PageAllocator pages, int first, int length) {
    int room = pages.store.usableSize() - 4;
    int page = first;
    for (int left = length; left > 0; left -= room) {
      check(pages.store, page);
      int next = Bytes.i32(pages.store.read(page), 0);
      pages.free(page);
      page = next;
    }
  }

  /** A payload that claims more pages than there are is damage, found before memory is taken. */
  static void checkSize(PageStore store, int payload) {
    if (payload > (long) store.pageCount() * store.pageSize()) {
      throw Malformed.file();
    }
  }

  private static void check(PageStore store, int page) {
    if (page < 2 || page > store.pageCount()) {
      throw Malformed.file();
    }
  }
}
