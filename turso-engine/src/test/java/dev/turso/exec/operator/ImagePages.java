package dev.turso.exec.operator;

import dev.turso.pager.PageStore;
import java.util.Arrays;

/** The pages of a database file held in memory, read only. */
final class ImagePages implements PageStore {

  private final byte[][] pages;

  ImagePages(byte[] image) {
    int size = (image[16] & 0xff) << 8 | image[17] & 0xff;
    int pageSize = size == 1 ? 65536 : size;
    pages = new byte[image.length / pageSize][];
    for (int i = 0; i < pages.length; i++) {
      pages[i] = Arrays.copyOfRange(image, i * pageSize, (i + 1) * pageSize);
    }
  }

  @Override
  public int pageSize() {
    return pages[0].length;
  }

  @Override
  public int usableSize() {
    return pages[0].length;
  }

  @Override
  public int pageCount() {
    return pages.length;
  }

  @Override
  public byte[] read(int pageNumber) {
    return pages[pageNumber - 1];
  }

  @Override
  public byte[] write(int pageNumber) {
    throw new UnsupportedOperationException();
  }

  @Override
  public int append() {
    throw new UnsupportedOperationException();
  }

  @Override
  public void truncate(int pageCount) {
    throw new UnsupportedOperationException();
  }

  @Override
  public long changeCount() {
    return 0;
  }

  @Override
  public boolean isWritten(int pageNumber) {
    return false;
  }
}
