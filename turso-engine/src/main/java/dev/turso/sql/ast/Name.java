package dev.turso.sql.ast;

/**
 * One identifier as it stands in the text.
 *
 * @param text the name itself: quotes removed, case kept
 * @param position offset of the token in the statement's text, in UTF-16 units; -1 if made up
 * @param length length of the token in the text with its quotes, so that a rename can replace it
 */
public record Name(String text, int position, int length) {

  /** A name that no text holds. */
  public static Name of(String text) {
    return new Name(text, -1, 0);
  }

  @Override
  public String toString() {
    return text;
  }
}
