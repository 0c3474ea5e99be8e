package dev.turso.btree;

import dev.turso.format.Bytes;
import dev.turso.format.Malformed;
import dev.turso.pager.PageStore;

/**
 * Who points to each page, in an auto-vacuum database; in any other, nothing.
 *
 * <pre>
 *   entry of five bytes: 0 1 kind, 1 4 parent page
 *   page 2 describes the usable/5 pages after it, then comes the next map page, and so on
 * </pre>
 *
 * @see <a href="https://www.sqlite.org/fileformat2.html#pointer_map_or_ptrmap_pages">File format,
 *     1.8</a>
 */
final class PointerMap {

  static final int ROOT = 1;
  static final int FREE = 2;
  static final int FIRST_OVERFLOW = 3;
  static final int NEXT_OVERFLOW = 4;
  static final int NODE = 5;

  /** The largest root page in the header of page 1; not 0 in an auto-vacuum database. */
  static final int LARGEST_ROOT = 52;

  static final int INCREMENTAL = 64;

  private final PageStore store;

  PointerMap(PageStore store) {
    this.store = store;
  }

  /** Whether the database keeps a pointer map. */
  boolean kept() {
    return Bytes.i32(store.read(1), LARGEST_ROOT) != 0;
  }

  /** The map page that describes a page, or is it; 0 for page 1. */
  static int mapPageOf(PageStore store, int page) {
    if (page < 2) {
      return 0;
    }
    int span = store.usableSize() / 5 + 1;
    int map = (page - 2) / span * span + 2;
    return map == PageAllocator.lockPage(store) ? map + 1 : map;
  }

  /** Whether the page is one of the map's own. */
  boolean isMapPage(int page) {
    return kept() && mapPageOf(store, page) == page;
  }

  void put(int page, int kind, int parent) {
    if (!kept()) {
      return;
    }
    int map = mapPageOf(store, page);
    int at = entry(page, map);
    byte[] image = store.read(map);
    if (image[at] != kind || Bytes.i32(image, at + 1) != parent) {
      image = store.write(map);
      image[at] = (byte) kind;
      Bytes.put32(image, at + 1, parent);
    }
  }

  /** What the map says a page is. */
  int kind(int page) {
    int map = mapPageOf(store, page);
    int kind = store.read(map)[entry(page, map)];
    if (kind < ROOT || kind > NODE) {
      throw Malformed.file();
    }
    return kind;
  }

  /** The page that points to the page. */
  int parent(int page) {
    int map = mapPageOf(store, page);
    return Bytes.i32(store.read(map), entry(page, map) + 1);
  }

  private int entry(int page, int map) {
    int at = 5 * (page - map - 1);
    if (at < 0 || at + 5 > store.usableSize()) {
      throw Malformed.file();
    }
    return at;
  }
}
