package dev.turso.cipher;

/**
 * How pages are written to files. Thread-safe.
 *
 * <p>One codec is for one file, with its log, journal and spilled pages.
 */
public sealed interface PageCodec permits PlainPages, EncryptedPages {

  /** Pages as they are in memory. */
  PageCodec PLAIN = new PlainPages();

  /** Whether encoding changes nothing. */
  boolean isPlain();

  /** How many bytes at the end of a page have to be reserved. */
  int reservedBytes();

  /**
   * Writes the form that goes to a file.
   *
   * @param image the page, whose length is the page size; not changed
   * @param out takes as many bytes, and is not the image
   */
  void encode(int page, byte[] image, byte[] out, int at);

  /**
   * Turns the form that came from a file into the page, in place.
   *
   * @throws dev.turso.error.CorruptException naming the page, if it is not what was encoded for this
   *     place of this file
   */
  void decode(int page, byte[] image);

  /**
   * Whether the next commit should write the first page, which counts the encryptions made with the
   * key.
   */
  boolean wantsFirstPage();

  /** The form that goes to a file, in an array that may be the image itself. */
  default byte[] encoded(int page, byte[] image) {
    if (isPlain()) {
      return image;
    }
    byte[] out = new byte[image.length];
    encode(page, image, out, 0);
    return out;
  }
}
