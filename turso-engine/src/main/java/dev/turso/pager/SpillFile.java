package dev.turso.pager;

import dev.turso.cipher.PageCodec;
import dev.turso.vfs.FileHandle;
import dev.turso.vfs.FileSystem;
import org.jspecify.annotations.Nullable;

/**
 * Dirty pages of a transaction that has no log to put them in: a temporary file of page images, used
 * for one transaction and gone with it. A frame is a number from 1 and is written once, so that
 * savepoints can go back to any. For one thread.
 */
final class SpillFile {

  private final FileSystem files;
  private @Nullable FileHandle file;
  private int frames;

  SpillFile(FileSystem files) {
    this.files = files;
  }

  /** Appends images and returns the frame of the first. */
  int append(DirtyPages.Entry[] pages, PageCodec codec) {
    FileHandle open = file;
    if (open == null) {
      open = files.openTemporary();
      file = open;
    }
    int first = frames + 1;
    for (DirtyPages.Entry each : pages) {
      byte[] out = codec.encoded(each.page, each.image);
      open.write((long) frames * out.length, out, 0, out.length);
      frames++;
    }
    return first;
  }

  /** Reads an image as it was encoded. */
  void read(int frame, byte[] into) {
    FileHandle open = file;
    if (open == null || open.read((frame - 1L) * into.length, into, 0, into.length) < into.length) {
      throw new IllegalStateException("no spilled frame " + frame);
    }
  }

  /** The transaction is over. */
  void clear() {
    FileHandle open = file;
    if (open != null) {
      file = null;
      frames = 0;
      open.close();
    }
  }
}
