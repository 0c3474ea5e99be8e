package dev.turso.cli.output;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;

/**
 * Breaks a text into the lines of a column: at control characters, and past a width, there at a word
 * where asked. Tabs become spaces up to the next multiple of eight. Widths count characters.
 */
final class Wrapping {

  private static final int NO_LIMIT = 1_000_000;

  private final int width;
  private final boolean atWords;

  Wrapping(int width, boolean atWords) {
    this.width = width == 0 ? NO_LIMIT : Math.abs(width);
    this.atWords = atWords;
  }

  List<byte[]> lines(byte[] text) {
    List<byte[]> lines = new ArrayList<>(1);
    int at = 0;
    do {
      at = line(text, at, lines);
    } while (at >= 0);
    return lines;
  }

  /** Adds the line that begins at an offset; returns where the next one begins, or -1. */
  private int line(byte[] text, int from, List<byte[]> into) {
    int end = from;
    int columns = 0;
    while (columns < width && end < text.length) {
      if (text[end] == '\t') {
        columns = afterTab(columns);
        end++;
      } else if (isControl(text[end])) {
        break;
      } else {
        columns++;
        end = nextCharacter(text, end);
      }
    }
    int cut = end;
    int next = end;
    if (columns >= width && atWords) {
      int word = wordEnd(text, from, end);
      cut = word < 0 ? end : word;
      next = cut;
      while (word >= 0 && next < text.length && text[next] == ' ') {
        next++;
      }
    }
    into.add(expanded(text, from, cut));
    return following(text, next, columns >= width);
  }

  private int following(byte[] text, int at, boolean full) {
    if (at >= text.length) {
      return -1;
    }
    if (full && !isControl(text[at])) {
      return at;
    }
    boolean pair = text[at] == '\r' && at + 1 < text.length && text[at + 1] == '\n';
    int next = pair ? at + 2 : at + 1;
    return next < text.length ? next : -1;
  }

  private static int nextCharacter(byte[] text, int at) {
    int next = at + 1;
    while (next < text.length && (text[next] & 0xC0) == 0x80) {
      next++;
    }
    return next;
  }

  private int afterTab(int columns) {
    int to = columns;
    do {
      to++;
    } while ((to & 7) != 0 && to < width);
    return to;
  }

  /** Where to cut in the second half of a line: after a space, else where a word ends; or -1. */
  private static int wordEnd(byte[] text, int from, int end) {
    int half = from + (end - from) / 2;
    for (int k = end; k > half; k--) {
      if (isSpace(text[k - 1])) {
        return k;
      }
    }
    for (int k = end; k > half; k--) {
      int here = k < text.length ? text[k] : 0;
      if (isWord(text[k - 1]) != isWord(here) && (here & 0xC0) != 0x80) {
        return k;
      }
    }
    return -1;
  }

  private byte[] expanded(byte[] text, int from, int to) {
    ByteArrayOutputStream line = new ByteArrayOutputStream(to - from);
    int columns = 0;
    for (int i = from; i < to; i++) {
      if (text[i] == '\t') {
        int after = afterTab(columns);
        for (; columns < after; columns++) {
          line.write(' ');
        }
      } else {
        columns += (text[i] & 0xC0) == 0x80 ? 0 : 1;
        line.write(text[i]);
      }
    }
    return line.toByteArray();
  }

  private static boolean isControl(byte octet) {
    return octet >= 0 && octet < ' ';
  }

  private static boolean isSpace(int octet) {
    return octet == ' ' || octet >= '\t' && octet <= '\r';
  }

  private static boolean isWord(int octet) {
    return octet >= '0' && octet <= '9'
        || octet >= 'a' && octet <= 'z'
        || octet >= 'A' && octet <= 'Z';
  }
}
