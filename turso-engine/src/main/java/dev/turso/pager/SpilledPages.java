package dev.turso.pager;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Where the log holds pages that an open transaction has written there for want of memory: a hash
 * table from page to frame, and the few images that were read back last. For one thread.
 */
final class SpilledPages {

  private static final int SMALL = 1024;
  private static final int IMAGES = 256;

  private int[] pages = new int[0];
  private int[] frames = new int[0];
  private int used;
  private byte[] @Nullable [] images = new byte[0][];
  private int[] imageFrames = new int[0];

  boolean isEmpty() {
    return used == 0;
  }

  /** The frame of a page, 0 = it has none. */
  int frame(int page) {
    if (used == 0) {
      return 0;
    }
    int i = find(page);
    return pages[i] == page ? frames[i] : 0;
  }

  /** Sets the frame of a page; 0 = none. */
  void set(int page, int frame) {
    if (frame == 0 && used == 0) {
      return;
    }
    if (used * 2 >= pages.length) {
      grow();
    }
    int i = find(page);
    if (pages[i] == 0) {
      pages[i] = page;
      used++;
    }
    frames[i] = frame;
  }

  private int find(int page) {
    int mask = pages.length - 1;
    int h = page * 0x9e3779b9;
    int i = (h ^ h >>> 16) & mask;
    while (pages[i] != 0 && pages[i] != page) {
      i = i + 1 & mask;
    }
    return i;
  }

  private void grow() {
    int[] oldPages = pages;
    int[] oldFrames = frames;
    int size = Math.max(SMALL, oldPages.length * 2);
    pages = new int[size];
    frames = new int[size];
    for (int k = 0; k < oldPages.length; k++) {
      if (oldPages[k] != 0) {
        int i = find(oldPages[k]);
        pages[i] = oldPages[k];
        frames[i] = oldFrames[k];
      }
    }
  }

  /** The image of a frame if it was read a short while ago. */
  byte @Nullable [] image(int page, int frame) {
    int slot = page & IMAGES - 1;
    return imageFrames.length > 0 && imageFrames[slot] == frame ? images[slot] : null;
  }

  /** Keeps the image of a frame for a while. */
  void keep(int page, int frame, byte[] image) {
    if (imageFrames.length == 0) {
      imageFrames = new int[IMAGES];
      images = new byte[IMAGES][];
    }
    imageFrames[page & IMAGES - 1] = frame;
    images[page & IMAGES - 1] = image;
  }

  /** The log is rewound: frames will be written again. */
  void forgetImages() {
    Arrays.fill(imageFrames, 0);
    Arrays.fill(images, null);
  }

  /** What one page and its frame are told to. */
  interface Visitor {
    void visit(int page, int frame);
  }

  void forEach(Visitor visitor) {
    for (int i = 0; i < pages.length; i++) {
      if (pages[i] != 0 && frames[i] != 0) {
        visitor.visit(pages[i], frames[i]);
      }
    }
  }

  void clear() {
    if (used > 0) {
      used = 0;
      pages = new int[0];
      frames = new int[0];
      images = new byte[0][];
      imageFrames = new int[0];
    }
  }
}
