package dev.turso.error;

/**
 * A file and the key given for it do not belong together: no key, another key, another cipher, or a key
 * for a file that is not encrypted. Nothing was changed. The message never holds a key.
 */
public final class KeyException extends DatabaseException {

  private static final long serialVersionUID = 1L;

  /**
   * @param code AUTH where the caller may not see the file
   */
  public KeyException(ResultCode code, String message) {
    super(code, message, null);
  }
}
