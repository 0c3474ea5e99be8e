package dev.turso.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.turso.error.CorruptException;
import java.util.Random;
import org.junit.jupiter.api.Test;

class VarintTest {

  @Test
  void everyWidthReadsBackWhatWasWritten() {
    byte[] bytes = new byte[12];
    Random random = new Random(3);
    for (int i = 0; i < 200_000; i++) {
      long value = random.nextLong() >>> random.nextInt(64);
      int end = Varint.write(bytes, 1, value);
      assertThat(end - 1).isEqualTo(Varint.lengthOf(value)).isEqualTo(Varint.length(bytes, 1));
      assertThat(Varint.read(bytes, 1)).isEqualTo(value);
      assertThat(Varint.read(bytes, 1, end)).isEqualTo(value);
    }
  }

  @Test
  void boundariesTakeTheDocumentedLength() {
    assertThat(Varint.lengthOf(0x7f)).isEqualTo(1);
    assertThat(Varint.lengthOf(0x80)).isEqualTo(2);
    assertThat(Varint.lengthOf(0x3fff)).isEqualTo(2);
    assertThat(Varint.lengthOf(0x4000)).isEqualTo(3);
    assertThat(Varint.lengthOf((1L << 56) - 1)).isEqualTo(8);
    assertThat(Varint.lengthOf(1L << 56)).isEqualTo(9);
    assertThat(Varint.lengthOf(-1)).isEqualTo(9);
  }

  @Test
  void unendingVarintIsDamage() {
    byte[] bytes = {-1, -1, -1};
    assertThatThrownBy(() -> Varint.read(bytes, 0, 3)).isInstanceOf(CorruptException.class);
    assertThatThrownBy(() -> Varint.read(bytes, 3, 3)).isInstanceOf(CorruptException.class);
  }
}
