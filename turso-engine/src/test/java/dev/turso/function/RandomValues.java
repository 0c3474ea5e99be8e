package dev.turso.function;

import dev.turso.value.Value;
import java.nio.charset.StandardCharsets;
import java.util.SplittableRandom;

/** Values that tend to be awkward. */
final class RandomValues {

  private static final long[] LONGS = {
    0,
    1,
    -1,
    2,
    3,
    10,
    100,
    -2,
    -3,
    63,
    64,
    65,
    -64,
    127,
    255,
    256,
    0xd800,
    0xfffe,
    0x10ffff,
    Integer.MAX_VALUE,
    Integer.MIN_VALUE,
    1L << 32,
    1L << 51,
    1L << 52,
    1L << 53,
    (1L << 53) + 1,
    Long.MAX_VALUE,
    Long.MIN_VALUE,
    Long.MAX_VALUE - 1,
    Long.MIN_VALUE + 1
  };
  private static final double[] DOUBLES = {
    0.0,
    -0.0,
    0.5,
    1.5,
    2.5,
    -0.5,
    -1.5,
    -2.5,
    0.1,
    0.285,
    1.005,
    2.675,
    1e15,
    1e16,
    1e17,
    1e-4,
    1e-5,
    123456.789,
    9007199254740993.0,
    9.2233720368547758e18,
    -9.2233720368547758e18,
    1e300,
    Double.MIN_VALUE,
    Double.MAX_VALUE,
    Double.POSITIVE_INFINITY,
    Double.NEGATIVE_INFINITY,
    4503599627370495.5,
    0.49999999999999994,
    99.95,
    999999.5,
    1e22,
    1e23
  };
  private static final String[] TEXTS = {
    "",
    " ",
    "a",
    "A",
    "abc",
    "ABC",
    "aBc",
    "12",
    " 12 ",
    "-1.5",
    "1e3",
    "12abc",
    "abc12",
    "é",
    "É",
    "€uro",
    "😀",
    "a\0b",
    "\0",
    "x'y",
    "''",
    "\"q\"",
    "%",
    "_",
    "a%b",
    "[a-c]",
    "\\",
    "Hello World",
    "hello",
    "aaa",
    "abab",
    "ababab",
    "0x1F",
    "ab\ncd",
    "\t",
    "9223372036854775807",
    "9223372036854775808",
    "Robert",
    "Rupert",
    "Pfister",
    "caé",
    "ÀÈ",
    "ff",
    "zz",
    "0",
    "1",
    "-0.0"
  };

  final SplittableRandom random;

  RandomValues(long seed) {
    random = new SplittableRandom(seed);
  }

  Value any() {
    return switch (random.nextInt(10)) {
      case 0 -> Value.NULL;
      case 1, 2 -> integer();
      case 3, 4 -> real();
      case 5 -> blob();
      default -> text();
    };
  }

  Value integer() {
    return switch (random.nextInt(3)) {
      case 0 -> Value.integer(LONGS[random.nextInt(LONGS.length)]);
      case 1 -> Value.integer(random.nextLong());
      default -> small();
    };
  }

  Value small() {
    return Value.integer(random.nextInt(-12, 13));
  }

  Value real() {
    return switch (random.nextInt(4)) {
      case 0 -> Value.real(DOUBLES[random.nextInt(DOUBLES.length)]);
      case 1 -> Value.real(Double.longBitsToDouble(random.nextLong()));
      case 2 -> Value.real(random.nextInt(-1_000_000, 1_000_000) / 1000.0);
      default -> Value.real(random.nextDouble(-100, 100));
    };
  }

  Value number() {
    return random.nextBoolean() ? integer() : real();
  }

  Value text() {
    return switch (random.nextInt(5)) {
      case 0 -> textOf("abAB%_*?[]^-\\ é€", random.nextInt(8));
      case 1 -> textOf("ab", random.nextInt(12));
      case 2 -> Value.text(bytes(random.nextInt(7)));
      default -> Value.text(TEXTS[random.nextInt(TEXTS.length)]);
    };
  }

  Value textOf(String alphabet, int length) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < length; i++) {
      text.append(alphabet.charAt(random.nextInt(alphabet.length())));
    }
    return Value.text(text.toString());
  }

  Value blob() {
    return random.nextBoolean()
        ? Value.blob(bytes(random.nextInt(7)))
        : Value.blob(TEXTS[random.nextInt(TEXTS.length)].getBytes(StandardCharsets.UTF_8));
  }

  private byte[] bytes(int length) {
    byte[] bytes = new byte[length];
    random.nextBytes(bytes);
    return bytes;
  }

  <T> T oneOf(T[] choices) {
    return choices[random.nextInt(choices.length)];
  }
}
