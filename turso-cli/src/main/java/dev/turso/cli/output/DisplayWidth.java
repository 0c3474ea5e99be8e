package dev.turso.cli.output;

import org.jline.utils.WCWidth;

/** How many columns of a terminal a text takes. */
public final class DisplayWidth {

  private DisplayWidth() {}

  public static int of(String text) {
    int width = 0;
    for (int i = 0; i < text.length(); ) {
      int c = text.codePointAt(i);
      width += Math.max(0, c < ' ' ? 0 : WCWidth.wcwidth(c));
      i += Character.charCount(c);
    }
    return width;
  }
}
