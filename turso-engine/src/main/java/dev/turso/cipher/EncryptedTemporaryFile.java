package dev.turso.cipher;

import dev.turso.error.IoException;
import dev.turso.error.MisuseException;
import dev.turso.error.ResultCode;
import dev.turso.format.Bytes;
import dev.turso.vfs.FileHandle;
import dev.turso.vfs.LockKind;
import java.lang.foreign.MemorySegment;
import java.security.SecureRandom;
import java.util.Arrays;
import javax.crypto.spec.SecretKeySpec;

/**
 * A temporary file under a key of its own, which is in memory only and gone with the handle.
 *
 * <pre>
 *   what callers see   │ block 0: 4096 │ block 1: 4096 │ …
 *   what is written    │ ciphertext 4096, tag 16, nonce 12 │ … │
 * </pre>
 *
 * <p>The number of a block is authenticated with it. Every write of a block is an encryption with a
 * nonce of its own. Thread-safe, one at a time.
 */
public final class EncryptedTemporaryFile implements FileHandle {

  private static final int BLOCK = 4096;
  private static final int SEALED = BLOCK + Gcm.EXTRA;

  private final FileHandle file;
  private final Gcm gcm;
  private final byte[] block = new byte[SEALED];
  private final byte[] sealed = new byte[SEALED];
  private long size;

  /** The block whose text is in {@link #block}, -1 = none. */
  private long current = -1;

  /** Whether the text is newer than the file: many small writes are one encryption. */
  private boolean dirty;

  /**
   * @param file that is empty and nobody else's
   */
  public EncryptedTemporaryFile(FileHandle file) {
    this.file = file;
    SecureRandom random = new SecureRandom();
    byte[] key = new byte[PageCipher.AES_256_GCM.keyBytes()];
    random.nextBytes(key);
    this.gcm = new Gcm(new SecretKeySpec(key, "AES"), new Nonces(random));
    Arrays.fill(key, (byte) 0);
  }

  @Override
  public synchronized int read(long position, byte[] into, int offset, int length) {
    int wanted = (int) Math.clamp(size - position, 0, length);
    for (int done = 0; done < wanted; ) {
      long at = position + done;
      load(at / BLOCK);
      int from = (int) (at % BLOCK);
      int count = Math.min(wanted - done, BLOCK - from);
      System.arraycopy(block, from, into, offset + done, count);
      done += count;
    }
    return wanted;
  }

  @Override
  public synchronized void write(long position, byte[] from, int offset, int length) {
    if (position > size) {
      throw new MisuseException(ResultCode.MISUSE, "a temporary file is written without holes");
    }
    for (int done = 0; done < length; ) {
      long at = position + done;
      int into = (int) (at % BLOCK);
      int count = Math.min(length - done, BLOCK - into);
      startWriting(at / BLOCK, count);
      System.arraycopy(from, offset + done, block, into, count);
      dirty = true;
      done += count;
      size = Math.max(size, position + done);
    }
  }

  private void startWriting(long number, int count) {
    if (count < BLOCK && number * BLOCK < size) {
      load(number);
    } else if (current != number) {
      store();
      Arrays.fill(block, (byte) 0);
      current = number;
    }
  }

  private void load(long number) {
    if (current == number) {
      return;
    }
    store();
    current = -1;
    if (file.read(number * SEALED, block, 0, SEALED) < SEALED) {
      throw new IoException(
          ResultCode.IOERR_SHORT_READ, "disk I/O error: a temporary file ends early");
    }
    gcm.beginOpening(block, 0, BLOCK);
    authenticate(number);
    if (!gcm.open(block, 0, BLOCK)) {
      throw new IoException(
          ResultCode.IOERR_READ, "disk I/O error: a temporary file was changed by somebody else");
    }
    current = number;
  }

  private void store() {
    if (!dirty) {
      return;
    }
    long number = current;
    gcm.beginSealing(sealed, 0, BLOCK);
    authenticate(number);
    gcm.seal(block, 0, sealed, 0, BLOCK);
    file.write(number * SEALED, sealed, 0, SEALED);
    dirty = false;
  }

  private void authenticate(long number) {
    byte[] place = new byte[8];
    Bytes.put64(place, 0, number);
    gcm.authenticate(place, 0, place.length);
  }

  @Override
  public synchronized void truncate(long newSize) {
    if (newSize > size) {
      throw new MisuseException(ResultCode.MISUSE, "a temporary file is written without holes");
    }
    size = newSize;
  }

  @Override
  public synchronized long size() {
    return size;
  }

  @Override
  public synchronized void sync() {
    store();
    file.sync();
  }

  @Override
  public boolean tryLock(long position, long length, LockKind kind) {
    return file.tryLock(position, length, kind);
  }

  @Override
  public void unlock(long position, long length) {
    file.unlock(position, length);
  }

  @Override
  public MemorySegment map(long position, long length) {
    throw new MisuseException(ResultCode.MISUSE, "an encrypted file cannot be mapped");
  }

  @Override
  public void close() {
    file.close();
  }
}
