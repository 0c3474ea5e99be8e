package dev.turso.pager;

import java.util.Arrays;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/**
 * The pages that one write transaction has changed: a hash table from page number to private image.
 * For one thread.
 */
final class DirtyPages {

  /** A changed page. */
  static final class Entry {
    final int page;
    byte[] image;

    /** The savepoint that was newest when the image was made. */
    long mark;

    /** The change count of the transaction when the image was last handed out for writing. */
    long touched;

    Entry(int page, byte[] image, long mark) {
      this.page = page;
      this.image = image;
      this.mark = mark;
    }
  }

  private static final Comparator<Entry> BY_PAGE =
      new Comparator<>() {
        @Override
        public int compare(Entry a, Entry b) {
          return Integer.compare(a.page, b.page);
        }
      };

  private static final int SMALL = 64;

  private @Nullable Entry[] slots = new Entry[SMALL];
  private int count;

  int count() {
    return count;
  }

  @Nullable Entry get(int page) {
    Entry[] table = slots;
    int mask = table.length - 1;
    for (int i = hash(page) & mask; ; i = i + 1 & mask) {
      Entry entry = table[i];
      if (entry == null || entry.page == page) {
        return entry;
      }
    }
  }

  /** Adds a page that is not yet among them. */
  void add(Entry entry) {
    if (count * 2 >= slots.length) {
      grow();
    }
    insert(entry);
    count++;
  }

  private void insert(Entry entry) {
    int mask = slots.length - 1;
    int i = hash(entry.page) & mask;
    while (slots[i] != null) {
      i = i + 1 & mask;
    }
    slots[i] = entry;
  }

  private void grow() {
    @Nullable Entry[] old = slots;
    slots = new Entry[old.length * 2];
    for (Entry entry : old) {
      if (entry != null) {
        insert(entry);
      }
    }
  }

  /** Removes a page; those that its slot pushed further move back. */
  void remove(int page) {
    int mask = slots.length - 1;
    int i = hash(page) & mask;
    for (Entry entry = slots[i]; entry == null || entry.page != page; entry = slots[i]) {
      if (entry == null) {
        return;
      }
      i = i + 1 & mask;
    }
    slots[i] = null;
    count--;
    for (int j = i + 1 & mask; slots[j] != null; j = j + 1 & mask) {
      Entry moved = slots[j];
      slots[j] = null;
      insert(moved);
    }
  }

  void clear() {
    if (slots.length > SMALL) {
      slots = new Entry[SMALL];
    } else if (count > 0) {
      Arrays.fill(slots, null);
    }
    count = 0;
  }

  /** All entries in page order. */
  Entry[] sorted() {
    Entry[] all = new Entry[count];
    int n = 0;
    for (Entry entry : slots) {
      if (entry != null) {
        all[n++] = entry;
      }
    }
    if (n > 1) {
      Arrays.sort(all, BY_PAGE);
    }
    return all;
  }

  private static int hash(int page) {
    int h = page * 0x9e3779b9;
    return h ^ h >>> 16;
  }
}
