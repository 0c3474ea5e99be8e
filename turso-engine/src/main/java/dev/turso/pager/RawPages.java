package dev.turso.pager;

import dev.turso.cipher.EncryptionKey;
import dev.turso.cipher.FileCipher;
import dev.turso.cipher.PageCodec;
import dev.turso.error.CorruptException;
import dev.turso.error.ReadOnlyException;
import dev.turso.error.ResultCode;
import dev.turso.format.Bytes;
import dev.turso.format.DatabaseHeader;
import dev.turso.vfs.FileHandle;
import dev.turso.vfs.FileSystem;
import dev.turso.vfs.OpenMode;
import org.jspecify.annotations.Nullable;

/**
 * The pages of a file as they lie there, for a file that is too damaged to be opened: no locks, no
 * journal, no log, nothing cached. What the header does not say in a believable way is guessed. For one
 * thread.
 */
public final class RawPages implements PageStore, AutoCloseable {

  private static final int LIKELY_SIZE = 4096;

  private final FileHandle file;
  private final PageCodec codec;
  private final byte[] header;
  private final int pageSize;
  private final int usableSize;
  private final int pageCount;

  private RawPages(FileHandle file, FileCipher cipher) {
    this.file = file;
    byte[] raw = new byte[DatabaseHeader.SIZE];
    file.read(0, raw, 0, raw.length);
    header = cipher.open(raw);
    codec = cipher.codec();
    int size = DatabaseHeader.pageSize(header);
    boolean likely = size >= 512 && size <= 65536 && Integer.bitCount(size) == 1;
    pageSize = likely ? size : LIKELY_SIZE;
    int reserved = header[DatabaseHeader.RESERVED_BYTES] & 0xff;
    usableSize = pageSize - (pageSize - reserved < 480 || !likely ? 0 : reserved);
    pageCount = (int) Math.min(Integer.MAX_VALUE - 1, file.size() / pageSize);
  }

  /**
   * @param key of an encrypted file; its pages that are not genuine are damaged
   * @throws dev.turso.error.KeyException if it is not the file's
   */
  public static RawPages open(FileSystem files, String path, @Nullable EncryptionKey key) {
    FileHandle file = files.open(files.canonical(path), OpenMode.READ_ONLY);
    try {
      return new RawPages(file, new FileCipher(path, key));
    } catch (Throwable e) {
      file.close();
      throw e;
    }
  }

  /** The text encoding that the header names, UTF-8 if it names none. */
  public int encodingCode() {
    int code = pageCount == 0 ? 1 : Bytes.i32(header, DatabaseHeader.TEXT_ENCODING);
    return code >= 1 && code <= 3 ? code : 1;
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
    return pageCount;
  }

  @Override
  public byte[] read(int pageNumber) {
    if (pageNumber < 1 || pageNumber > pageCount) {
      throw new CorruptException(
          ResultCode.CORRUPT, "database disk image is malformed: page " + pageNumber);
    }
    byte[] image = new byte[pageSize];
    file.read((pageNumber - 1L) * pageSize, image, 0, pageSize);
    codec.decode(pageNumber, image);
    return image;
  }

  @Override
  public byte[] write(int pageNumber) {
    throw readOnly();
  }

  @Override
  public boolean isWritten(int pageNumber) {
    return false;
  }

  @Override
  public int append() {
    throw readOnly();
  }

  @Override
  public void truncate(int newPageCount) {
    throw readOnly();
  }

  private static ReadOnlyException readOnly() {
    return new ReadOnlyException(ResultCode.READONLY, "attempt to write a readonly database");
  }

  @Override
  public long changeCount() {
    return 0;
  }

  @Override
  public void close() {
    file.close();
  }
}
