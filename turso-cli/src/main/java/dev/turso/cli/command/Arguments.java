package dev.turso.cli.command;

import dev.turso.cli.shell.Outcome;
import dev.turso.cli.shell.Shell;
import java.util.Locale;

/** What commands' arguments mean. */
final class Arguments {

  private Arguments() {}

  /** {@code on}, {@code off}, {@code yes}, {@code no} or a number; anything else is told and off. */
  static boolean truth(Shell shell, String word) {
    switch (word.toLowerCase(Locale.ROOT)) {
      case "on", "yes" -> {
        return true;
      }
      case "off", "no" -> {
        return false;
      }
      default -> {
        if (isNumber(word)) {
          return number(word) != 0;
        }
        shell.complain("ERROR: Not a boolean value: \"" + word + "\". Assuming \"no\".");
        return false;
      }
    }
  }

  private static boolean isNumber(String word) {
    return word.matches("[0-9]+|0[xX][0-9a-fA-F]+");
  }

  /** A number as far as the word is one: a sign, 0x, a suffix K, M, G or their bytes. */
  static long number(String word) {
    boolean negative = word.startsWith("-");
    int at = negative || word.startsWith("+") ? 1 : 0;
    long value = 0;
    if (word.startsWith("0x", at) || word.startsWith("0X", at)) {
      for (at += 2; at < word.length() && Character.digit(word.charAt(at), 16) >= 0; at++) {
        value = value << 4 | Character.digit(word.charAt(at), 16);
      }
    } else {
      for (; at < word.length() && word.charAt(at) >= '0' && word.charAt(at) <= '9'; at++) {
        value = value * 10 + word.charAt(at) - '0';
      }
      value *= factor(word.substring(at));
    }
    return negative ? -value : value;
  }

  private static long factor(String suffix) {
    return switch (suffix.toLowerCase(Locale.ROOT)) {
      case "kib" -> 1L << 10;
      case "mib" -> 1L << 20;
      case "gib" -> 1L << 30;
      case "kb", "k" -> 1_000L;
      case "mb", "m" -> 1_000_000L;
      case "gb", "g" -> 1_000_000_000L;
      default -> 1;
    };
  }

  /** An option without its dashes, which may be one or two; or null if the word is none. */
  static String option(String word) {
    if (word.startsWith("--")) {
      return word.substring(2);
    }
    return word.startsWith("-") ? word.substring(1) : "";
  }

  static Outcome usage(Shell shell, String line) {
    shell.complain("Usage: " + line);
    return Outcome.FAILED;
  }
}
