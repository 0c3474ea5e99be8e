package dev.turso.value;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class ValueTest {

  @Test
  void valuesAreEqualOnlyIfExactlyTheSame() {
    assertThat(Value.integer(1)).isEqualTo(Value.integer(1)).isNotEqualTo(Value.real(1.0));
    assertThat(Value.real(0.0)).isNotEqualTo(Value.real(-0.0));
    assertThat(Value.text("a")).isNotEqualTo(Value.text("A"));
    assertThat(Value.text("a")).isNotEqualTo(Value.blob(new byte[] {'a'}));
    assertThat(Value.text("a")).isEqualTo(Value.text("a")).hasSameHashCodeAs(Value.text("a"));
  }

  @Test
  void notANumberIsNull() {
    assertThat(Value.real(Double.NaN)).isSameAs(Value.NULL);
    Register register = new Register();
    register.setReal(Double.NaN);
    assertThat(register.isNull()).isTrue();
  }

  @Test
  void aValueKeepsNothingOfTheArrayItWasMadeFrom() {
    byte[] bytes = {1, 2, 3};
    Value value = Value.of(Tag.BLOB, Tag.slice(1, 2), bytes);
    bytes[1] = 9;
    assertThat(value.asBytes()).containsExactly(2, 3);
  }

  @Test
  void aKeptSliceOutlivesItsPage() {
    byte[] page = "xxhelloxx".getBytes(StandardCharsets.UTF_8);
    Register register = new Register();
    register.setText(page, 2, 5);
    Register copy = new Register();
    copy.copyFrom(register);
    copy.keep();
    page[2] = 'j';
    assertThat(register.asString()).isEqualTo("jello");
    assertThat(copy.asString()).isEqualTo("hello");
  }

  @Test
  void valuesPrintAsLiterals() {
    assertThat(Value.text("it's")).hasToString("'it''s'");
    assertThat(Value.blob(new byte[] {1, -1})).hasToString("x'01ff'");
    assertThat(Value.real(1)).hasToString("1.0");
    assertThat(Value.NULL).hasToString("NULL");
  }

  @Test
  void comparisonsConvertTowardsTheNumericSide() {
    assertThat(Affinity.forComparison(Affinity.INTEGER, Affinity.TEXT)).isEqualTo(Affinity.NUMERIC);
    assertThat(Affinity.forComparison(Affinity.NONE, Affinity.REAL)).isEqualTo(Affinity.NUMERIC);
    assertThat(Affinity.forComparison(Affinity.TEXT, Affinity.NONE)).isEqualTo(Affinity.TEXT);
    assertThat(Affinity.forComparison(Affinity.TEXT, Affinity.BLOB)).isEqualTo(Affinity.NONE);
    assertThat(Affinity.forComparison(Affinity.NONE, Affinity.NONE)).isEqualTo(Affinity.NONE);
  }
}
