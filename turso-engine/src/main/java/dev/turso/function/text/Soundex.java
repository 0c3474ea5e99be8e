package dev.turso.function.text;

import dev.turso.value.Register;

/** {@code soundex(X)}: a letter and three digits; {@code ?000} where there is no letter. */
final class Soundex {

  private static final byte[] NOTHING = {'?', '0', '0', '0'};

  /** The digits of the letters a to z; 0 for those that count for nothing. */
  private static final String CODES = "01230120022455012623010202";

  private Soundex() {}

  static void call(Register value, Register result) {
    value.textify();
    if (value.isNull()) {
      result.setText(NOTHING.clone());
      return;
    }
    byte[] text = value.ref;
    int end = TextFunctions.end(value);
    int i = value.offset();
    while (i < end && !isLetter(text[i])) {
      i++;
    }
    if (i == end) {
      result.setText(NOTHING.clone());
      return;
    }
    byte[] code = {(byte) (text[i] & 0xdf), '0', '0', '0'};
    int previous = digit(text[i]);
    int filled = 1;
    for (; filled < 4 && i < end; i++) {
      int digit = digit(text[i]);
      if (digit == '0') {
        previous = digit;
      } else if (digit != previous) {
        previous = digit;
        code[filled++] = (byte) digit;
      }
    }
    result.setText(code);
  }

  private static boolean isLetter(byte b) {
    int lower = b | 0x20;
    return lower >= 'a' && lower <= 'z';
  }

  private static int digit(byte b) {
    return isLetter(b) ? CODES.charAt((b | 0x20) - 'a') : '0';
  }
}
