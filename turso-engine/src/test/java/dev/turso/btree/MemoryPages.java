package dev.turso.btree;

import dev.turso.format.Bytes;
import dev.turso.format.Malformed;
import dev.turso.pager.PageStore;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;

/** A page store in memory, with copy on the first write of a transaction, and no way back. */
final class MemoryPages implements PageStore {

  private final int pageSize;
  private final int usableSize;
  private final List<byte[]> pages = new ArrayList<>();
  private final BitSet written = new BitSet();
  private long changes;

  private MemoryPages(int pageSize, int reserved) {
    this.pageSize = pageSize;
    this.usableSize = pageSize - reserved;
  }

  /** An empty database: page 1 with its header and an empty schema table. */
  static MemoryPages create(int pageSize, int reserved, boolean autoVacuum) {
    MemoryPages store = new MemoryPages(pageSize, reserved);
    store.append();
    byte[] first = store.write(1);
    byte[] magic = "SQLite format 3\0".getBytes(java.nio.charset.StandardCharsets.US_ASCII);
    System.arraycopy(magic, 0, first, 0, 16);
    Bytes.put16(first, 16, pageSize == 65536 ? 1 : pageSize);
    first[18] = 1;
    first[19] = 1;
    first[20] = (byte) reserved;
    first[21] = 64;
    first[22] = 32;
    first[23] = 32;
    Bytes.put32(first, 24, 1);
    Bytes.put32(first, 40, 1);
    Bytes.put32(first, 44, 4);
    Bytes.put32(first, 52, autoVacuum ? 1 : 0);
    Bytes.put32(first, 56, 1);
    Bytes.put32(first, 92, 1);
    Bytes.put32(first, 96, 3_054_000);
    PageEditor.clear(first, 100, 13, store.usableSize);
    store.commit();
    return store;
  }

  static MemoryPages of(byte[] file) {
    int size = Bytes.u16(file, 16);
    MemoryPages store = new MemoryPages(size == 1 ? 65536 : size, file[20] & 0xff);
    for (int at = 0; at + store.pageSize <= file.length; at += store.pageSize) {
      store.pages.add(Arrays.copyOfRange(file, at, at + store.pageSize));
    }
    return store;
  }

  byte[] toFile() {
    Bytes.put32(write(1), 28, pages.size());
    Bytes.put32(write(1), 24, Bytes.i32(write(1), 24) + 1);
    Bytes.put32(write(1), 92, Bytes.i32(write(1), 24));
    byte[] file = new byte[pages.size() * pageSize];
    for (int i = 0; i < pages.size(); i++) {
      System.arraycopy(pages.get(i), 0, file, i * pageSize, pageSize);
    }
    return file;
  }

  /** Ends the transaction: from here on the images are nobody's to change. */
  void commit() {
    written.clear();
    changes++;
  }

  @Override
  public int pageSize() {
    return pageSize;
  }

  @Override
  public int usableSize() {
    return usableSize;
  }

  @Override
  public int pageCount() {
    return pages.size();
  }

  @Override
  public byte[] read(int pageNumber) {
    if (pageNumber < 1 || pageNumber > pages.size()) {
      throw Malformed.file();
    }
    return pages.get(pageNumber - 1);
  }

  @Override
  public byte[] write(int pageNumber) {
    changes++;
    byte[] image = read(pageNumber);
    if (!written.get(pageNumber)) {
      image = image.clone();
      pages.set(pageNumber - 1, image);
      written.set(pageNumber);
    }
    return image;
  }

  @Override
  public boolean isWritten(int pageNumber) {
    return written.get(pageNumber);
  }

  @Override
  public int append() {
    changes++;
    pages.add(new byte[pageSize]);
    written.set(pages.size());
    return pages.size();
  }

  @Override
  public void truncate(int pageCount) {
    changes++;
    while (pages.size() > pageCount) {
      written.clear(pages.size());
      pages.removeLast();
    }
  }

  @Override
  public long changeCount() {
    return changes;
  }
}
