package dev.turso.change;

import static org.assertj.core.api.Assertions.assertThat;

import dev.turso.value.Value;
import java.util.List;
import org.junit.jupiter.api.Test;

class WireJsonTest {

  @Test
  void everyStorageClassHasItsForm() {
    assertThat(json(Value.NULL)).isEqualTo("[null]");
    assertThat(json(Value.integer(42))).isEqualTo("[42]");
    assertThat(json(Value.real(0.5))).isEqualTo("[0.5]");
    assertThat(json(Value.text("a\"b\\c\n\u0001é"))).isEqualTo("[\"a\\\"b\\\\c\\n\\u0001é\"]");
    assertThat(json(Value.blob(new byte[] {1, 2, 3}))).isEqualTo("[\"AQID\"]");
  }

  @Test
  void integersThatADoubleCannotHoldAreStrings() {
    assertThat(json(Value.integer(1L << 53))).isEqualTo("[9007199254740992]");
    assertThat(json(Value.integer((1L << 53) + 1))).isEqualTo("[\"9007199254740993\"]");
    assertThat(json(Value.integer(Long.MIN_VALUE))).isEqualTo("[\"-9223372036854775808\"]");
  }

  @Test
  void infinitiesAreStrings() {
    assertThat(json(Value.real(Double.POSITIVE_INFINITY))).isEqualTo("[\"Infinity\"]");
    assertThat(json(Value.real(Double.NEGATIVE_INFINITY))).isEqualTo("[\"-Infinity\"]");
  }

  private static String json(Value value) {
    StringBuilder out = new StringBuilder();
    WireJson.append(out, List.of(value));
    return out.toString();
  }
}
