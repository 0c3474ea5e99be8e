package dev.turso.function;

import static org.assertj.core.api.Assertions.assertThat;

import dev.turso.value.Value;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Functions that SQLite has not: uuid, regexp, crypto, fuzzy and those known from other databases.
 */
class ExtensionFunctionsTest {

  private final CallContext context = new CallContext(new FixedEnvironment());

  @Test
  void aUuidGoesFromTextToBytesAndBack() {
    String text = "01945ca0-3189-76c0-9a8f-caf310fc8b8e";
    assertThat(call("uuid_blob", text)).isEqualTo("x'01945ca0318976c09a8fcaf310fc8b8e'");
    assertThat(call("uuid_str", text)).isEqualTo("'" + text + "'");
    assertThat(call("uuid7_timestamp_ms", text)).isEqualTo("1736720789897");
    assertThat(call("uuid_str", "no uuid")).isEqualTo("NULL");
  }

  @Test
  void randomUuidsSayTheirVersion() {
    assertThat(call("uuid4_str"))
        .matches("'[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}'");
    assertThat(call("uuid7")).matches("x'018bcfe5687b7[0-9a-f]{3}[89ab][0-9a-f]{15}'");
  }

  @Test
  void aPatternMatchesAnywhereInTheText() {
    assertThat(call("regexp", "l+", "hello")).isEqualTo("1");
    assertThat(call("regexp", "^l", "hello")).isEqualTo("0");
    assertThat(call("regexp_substr", "the year is 2021", "[0-9]+")).isEqualTo("'2021'");
    assertThat(call("regexp_capture", "the year is 2021", "(\\w+) is", 1L)).isEqualTo("'year'");
    assertThat(call("regexp_replace", "the year is 2021", "[0-9]+", "2050"))
        .isEqualTo("'the year is 2050'");
    assertThat(call("regexp", "(", "x")).startsWith("error: invalid regular expression");
    assertThat(call("regexp", "a{1,25000}", "x")).isEqualTo("error: REGEXP pattern too big");
  }

  @Test
  void digestsAndEncodingsAreTheKnownOnes() {
    assertThat(call("crypto_md5", "abc")).isEqualTo("x'900150983cd24fb0d6963f7d28e17f72'");
    assertThat(call("crypto_sha1", "abc")).isEqualTo("x'a9993e364706816aba3e25717850c26c9cd0d89d'");
    assertThat(call("crypto_encode", "hello", "hex")).isEqualTo("'68656c6c6f'");
    assertThat(call("crypto_encode", "hello", "base32")).isEqualTo("'NBSWY3DP'");
    assertThat(call("crypto_encode", "hello", "base64")).isEqualTo("'aGVsbG8='");
    assertThat(call("crypto_encode", "hello", "base85")).isEqualTo("'BOu!rDZ'");
    assertThat(call("crypto_encode", "hel lo!", "url")).isEqualTo("'hel%20lo%21'");
    for (String format : List.of("hex", "base32", "base64", "base85", "url")) {
      String encoded = call("crypto_encode", "hello!?", format);
      assertThat(call("crypto_decode", encoded.substring(1, encoded.length() - 1), format))
          .isEqualTo("x'68656c6c6f213f'");
    }
  }

  @Test
  void distancesAreTheKnownOnes() {
    assertThat(call("fuzzy_leven", "awesome", "aewsme")).isEqualTo("3");
    assertThat(call("fuzzy_damlev", "awesome", "aewsme")).isEqualTo("2");
    assertThat(call("fuzzy_osadist", "ca", "abc")).isEqualTo("3");
    assertThat(call("fuzzy_damlev", "ca", "abc")).isEqualTo("2");
    assertThat(call("fuzzy_hamming", "awesome", "awewome")).isEqualTo("1");
    assertThat(call("fuzzy_jarowin", "MARTHA", "MARHTA")).startsWith("real 0.961111111111111");
  }

  @Test
  void textFunctionsOfOtherDatabasesCountCharacters() {
    assertThat(call("repeat", "ab", 3L)).isEqualTo("'ababab'");
    assertThat(call("lpad", "hi", 5L, "xy")).isEqualTo("'xyxhi'");
    assertThat(call("rpad", "hi", 5L)).isEqualTo("'hi   '");
    assertThat(call("lpad", "hello", 2L)).isEqualTo("'he'");
    assertThat(call("reverse", "aé")).isEqualTo("'<c3><a9>a'");
    assertThat(call("strpos", "aéb", "b")).isEqualTo("3");
    assertThat(call("chr", 233L)).isEqualTo("'<c3><a9>'");
    assertThat(call("btrim", "xxaxx", "x")).isEqualTo("'a'");
    assertThat(call("gcd", 12L, 18L)).isEqualTo("6");
    assertThat(call("lcm", 4L, 6L)).isEqualTo("12");
    assertThat(call("lcm", Long.MIN_VALUE, -1L)).isEqualTo("error: integer overflow");
  }

  private String call(String name, Object... arguments) {
    Value[] values = new Value[arguments.length];
    for (int i = 0; i < arguments.length; i++) {
      values[i] =
          arguments[i] instanceof Long number
              ? Value.integer(number)
              : Value.text((String) arguments[i]);
    }
    return ScalarCaller.call(name, List.of(values), context);
  }
}
