package dev.turso.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.turso.error.CorruptException;
import dev.turso.value.Tag;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RecordTest {

  private static final byte[] NONE = new byte[0];

  @Test
  void integersTakeTheirNarrowestType() {
    long[] values = {
      0,
      1,
      -1,
      2,
      127,
      128,
      -128,
      -129,
      32767,
      32768,
      8388607,
      8388608,
      Integer.MAX_VALUE,
      1L + Integer.MAX_VALUE,
      Integer.MIN_VALUE,
      (1L << 47) - 1,
      1L << 47,
      -(1L << 47),
      Long.MAX_VALUE,
      Long.MIN_VALUE
    };
    int[] types = {8, 9, 1, 1, 1, 2, 1, 2, 2, 3, 3, 4, 4, 5, 4, 5, 6, 5, 6, 6};
    RecordWriter writer = new RecordWriter();
    for (int i = 0; i < values.length; i++) {
      writer.reset().addInteger(values[i]).finish();
      byte[] record = writer.toByteArray();
      assertThat(record[1]).as("type of %d", values[i]).isEqualTo((byte) types[i]);
      RecordReader reader = new RecordReader();
      reader.reset(record, 0, record.length);
      assertThat(reader.load(0)).isEqualTo(Tag.INTEGER);
      assertThat(reader.bits()).isEqualTo(values[i]);
    }
  }

  @ParameterizedTest
  @EnumSource(TextEncoding.class)
  void randomRowsReadBackInAnyOrderOfColumns(TextEncoding encoding) {
    Random random = new Random(5);
    RecordWriter writer = new RecordWriter(encoding);
    RecordReader reader = new RecordReader(encoding);
    for (int round = 0; round < 3000; round++) {
      int columns = random.nextInt(round % 100 == 0 ? 300 : 12);
      int[] tags = new int[columns];
      long[] bits = new long[columns];
      byte[][] refs = new byte[columns][];
      writer.reset();
      for (int i = 0; i < columns; i++) {
        tags[i] = random.nextInt(5);
        refs[i] = NONE;
        switch (tags[i]) {
          case Tag.INTEGER -> bits[i] = random.nextLong() >> random.nextInt(64);
          case Tag.REAL -> bits[i] = Double.doubleToRawLongBits(random.nextGaussian());
          case Tag.TEXT -> {
            refs[i] = "é😀x".repeat(random.nextInt(30)).getBytes(StandardCharsets.UTF_8);
            bits[i] = Tag.slice(0, refs[i].length);
          }
          case Tag.BLOB -> {
            refs[i] = new byte[random.nextInt(200)];
            random.nextBytes(refs[i]);
            int from = random.nextInt(refs[i].length + 1);
            bits[i] = Tag.slice(from, refs[i].length - from);
          }
          default -> bits[i] = 0;
        }
        writer.add(tags[i], bits[i], refs[i]);
      }
      writer.finish();
      reader.reset(writer.array(), writer.offset(), writer.length());
      for (int n = 0; n < 2 * columns; n++) {
        int i = random.nextInt(columns);
        assertThat(reader.load(i)).isEqualTo(tags[i]);
        if (tags[i] == Tag.INTEGER || tags[i] == Tag.REAL) {
          assertThat(reader.bits()).isEqualTo(bits[i]);
        } else if (tags[i] != Tag.NULL) {
          assertThat(slice(reader.ref(), reader.bits())).isEqualTo(slice(refs[i], bits[i]));
        }
      }
      assertThat(reader.columnCount()).isEqualTo(columns);
      assertThat(reader.load(columns)).isEqualTo(RecordReader.ABSENT);
    }
  }

  private static byte[] slice(byte[] ref, long bits) {
    return Arrays.copyOfRange(ref, Tag.offset(bits), Tag.offset(bits) + Tag.length(bits));
  }

  @Test
  void wholeRealsOfRealColumnsAreStoredAsIntegers() {
    RecordWriter writer = new RecordWriter();
    double[] values = {3.0, -0.0, 0.5, 1e15, 140737488355327.0, 140737488355328.0, Double.NaN};
    int[] types = {1, 8, 7, 7, 5, 7, 0};
    for (int i = 0; i < values.length; i++) {
      writer.reset().addCompactReal(Double.doubleToRawLongBits(values[i])).finish();
      assertThat(writer.toByteArray()[1]).as("%s", values[i]).isEqualTo((byte) types[i]);
    }
  }

  @Test
  void restOfARecordIsAskedForOnlyWhenAColumnNeedsIt() {
    RecordWriter writer = new RecordWriter();
    writer.addInteger(7).addBlob(new byte[1000], 0, 1000).addInteger(8).finish();
    byte[] record = writer.toByteArray();
    int[] asked = {0};
    RecordReader reader = new RecordReader();
    byte[] start = Arrays.copyOf(record, 100);
    reader.reset(
        start,
        0,
        record.length,
        100,
        () -> {
          asked[0]++;
          return record;
        });
    assertThat(reader.load(0)).isEqualTo(Tag.INTEGER);
    assertThat(reader.bits()).isEqualTo(7);
    assertThat(asked[0]).isZero();
    assertThat(reader.load(2)).isEqualTo(Tag.INTEGER);
    assertThat(reader.bits()).isEqualTo(8);
    assertThat(reader.load(1)).isEqualTo(Tag.BLOB);
    assertThat(asked[0]).isEqualTo(1);
  }

  @Test
  void recordsThatContradictThemselvesAreDamage() {
    RecordReader reader = new RecordReader();
    byte[][] damaged = {{5, 1}, {2, 6, 1}, {(byte) 0x81}, {3, (byte) 0x81, 1, 0}, {2, 7, 0, 0}};
    for (byte[] record : damaged) {
      assertThatThrownBy(
              () -> {
                reader.reset(record, 0, record.length);
                reader.load(0);
              })
          .as(Arrays.toString(record))
          .isInstanceOf(CorruptException.class);
    }
  }

  @Test
  void randomBytesNeverEndInAnythingButDamage() {
    Random random = new Random(17);
    RecordReader reader = new RecordReader();
    KeyComparator order = KeyComparator.binary(4);
    KeyProbe probe = new KeyProbe().addInteger(5).addNull();
    for (int i = 0; i < 200_000; i++) {
      byte[] bytes = new byte[random.nextInt(24)];
      random.nextBytes(bytes);
      if (bytes.length > 0 && random.nextBoolean()) {
        bytes[0] = (byte) random.nextInt(bytes.length + 1);
      }
      try {
        reader.reset(bytes, 0, bytes.length);
        int n = reader.columnCount();
        for (int c = 0; c < n; c++) {
          reader.load(c);
        }
        order.compare(bytes, 0, bytes.length, probe);
        order.compare(bytes, 0, bytes.length, bytes, 0, bytes.length);
      } catch (CorruptException e) {
        assertThat(e).hasMessage("database disk image is malformed");
      }
    }
  }
}
