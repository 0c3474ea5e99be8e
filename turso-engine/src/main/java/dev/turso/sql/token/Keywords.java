package dev.turso.sql.token;

import org.jspecify.annotations.Nullable;

/**
 * Finds the keyword that a piece of text is, without making a string of it: an open hash table over
 * length, first, second and last letter, in which a hit is compared letter by letter.
 */
final class Keywords {

  private static final int LONGEST = 17;
  private static final int MASK = 511;
  private static final @Nullable String[] WORDS = new @Nullable String[MASK + 1];
  private static final @Nullable Token[] TOKENS = new @Nullable Token[MASK + 1];

  static {
    for (Token token : Token.values()) {
      if (token.isKeyword()) {
        add(token.name(), token);
      }
    }
    add("TEMPORARY", Token.TEMP);
  }

  private Keywords() {}

  private static void add(String word, Token token) {
    int slot = slot(word, 0, word.length());
    while (WORDS[slot] != null) {
      slot = (slot + 1) & MASK;
    }
    WORDS[slot] = word;
    TOKENS[slot] = token;
  }

  /**
   * The keyword at {@code text[start, end)}, ASCII letters of any case; {@link Token#ID} if none.
   */
  static Token find(String text, int start, int end) {
    int length = end - start;
    if (length < 2 || length > LONGEST) {
      return Token.ID;
    }
    int slot = slot(text, start, end);
    while (true) {
      String word = WORDS[slot];
      if (word == null) {
        return Token.ID;
      }
      if (word.length() == length && matches(word, text, start)) {
        Token token = TOKENS[slot];
        assert token != null;
        return token;
      }
      slot = (slot + 1) & MASK;
    }
  }

  private static boolean matches(String word, String text, int start) {
    for (int i = 0; i < word.length(); i++) {
      char c = text.charAt(start + i);
      char w = word.charAt(i);
      if (c != w && (w == '_' || c != (w | 0x20))) {
        return false;
      }
    }
    return true;
  }

  /** Case is folded by the bit that tells letters apart; what is no letter only collides. */
  private static int slot(String text, int start, int end) {
    int first = text.charAt(start) & 0x1f;
    int second = text.charAt(start + 1) & 0x1f;
    int last = text.charAt(end - 1) & 0x1f;
    int hash = first * 37 + second * 5 + last * 131 + (end - start) * 67;
    return (hash ^ (hash >>> 9)) & MASK;
  }
}
