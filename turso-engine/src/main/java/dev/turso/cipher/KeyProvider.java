package dev.turso.cipher;

import org.jspecify.annotations.Nullable;

/**
 * Where keys come from: asked once for each file that is opened, attached or written anew by {@code
 * VACUUM INTO} and backups, unless a URI says which key.
 *
 * <p>Called by the thread that opens the file; must not open databases itself.
 */
@FunctionalInterface
public interface KeyProvider {

  /**
   * The key of a file.
   *
   * @param path of the database file, absolute
   * @return null if the file is not encrypted
   */
  @Nullable EncryptionKey keyFor(String path);
}
