package dev.turso.cipher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.turso.error.CorruptException;
import dev.turso.format.DatabaseHeader;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** One page at a time: what is written, and what is taken back. */
class EncryptedPagesTest {

  private static final EncryptionKey KEY = EncryptionKey.ofHex("aes256gcm", "07".repeat(32));

  private static PageCodec codec(EncryptionKey key) {
    return new FileCipher("/db", key).fresh(key);
  }

  private static byte[] page(int number, int size, long seed) {
    byte[] page = new byte[size];
    new Random(seed).nextBytes(page);
    if (number == 1) {
      System.arraycopy(
          DatabaseHeader.newDatabase(size, Gcm.EXTRA, 1), 0, page, 0, DatabaseHeader.SIZE);
    }
    Arrays.fill(page, size - Gcm.EXTRA, size, (byte) 0);
    return page;
  }

  @Test
  void hkdfGivesTheFirstVectorOfItsRfc() {
    HexFormat hex = HexFormat.of();
    byte[] derived =
        KeyDerivation.derive(
            hex.parseHex("0b".repeat(22)),
            hex.parseHex("000102030405060708090a0b0c"),
            hex.parseHex("f0f1f2f3f4f5f6f7f8f9"),
            42);
    assertThat(hex.formatHex(derived))
        .isEqualTo(
            "3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf34007208d5b887185865");
  }

  @ParameterizedTest
  @ValueSource(ints = {512, 1024, 4096, 65536})
  void aPageComesBackAsItWas(int size) {
    for (EncryptionKey key :
        new EncryptionKey[] {KEY, EncryptionKey.ofHex(null, "1f".repeat(16))}) {
      PageCodec codec = codec(key);
      for (int number : new int[] {1, 2, Integer.MAX_VALUE}) {
        byte[] page = page(number, size, number);
        byte[] form = new byte[size + 7];
        codec.encode(number, page, form, 7);
        byte[] back = Arrays.copyOfRange(form, 7, 7 + size);
        codec.decode(number, back);
        assertThat(back).isEqualTo(page);
      }
    }
  }

  @Test
  void equalPagesAreWrittenDifferentlyEachTime() {
    PageCodec codec = codec(KEY);
    byte[] page = page(2, 4096, 5);
    assertThat(codec.encoded(2, page)).isNotEqualTo(codec.encoded(2, page)).isNotEqualTo(page);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void everyFlippedBitIsNoticed(int number) {
    PageCodec codec = codec(KEY);
    byte[] form = codec.encoded(number, page(number, 512, 6));
    for (int bit = 0; bit < form.length * 8; bit++) {
      byte[] flipped = form.clone();
      flipped[bit / 8] ^= (byte) (1 << bit % 8);
      assertThatThrownBy(() -> codec.decode(number, flipped))
          .isInstanceOf(CorruptException.class)
          .hasMessageContaining("page " + number + " ");
    }
  }

  @Test
  void aPageIsNotTakenInAnotherPlaceOrFile() {
    PageCodec codec = codec(KEY);
    PageCodec other = codec(KEY);
    byte[] form = codec.encoded(2, page(2, 512, 7));
    assertThatThrownBy(() -> codec.decode(3, form.clone())).isInstanceOf(CorruptException.class);
    assertThatThrownBy(() -> other.decode(2, form.clone())).isInstanceOf(CorruptException.class);
    codec.decode(2, form);
  }

  @Test
  void theHeaderSaysWhatIsNeededAndNothingElse() {
    byte[] page = page(1, 1024, 8);
    byte[] form = codec(KEY).encoded(1, page);
    assertThat(CipherHeader.hasMagic(form)).isTrue();
    assertThat(Arrays.copyOfRange(form, 16, 72)).isEqualTo(Arrays.copyOfRange(page, 16, 72));
    byte[] header = Arrays.copyOf(form, DatabaseHeader.SIZE);
    byte[] shown = new FileCipher("/db", KEY).open(header);
    assertThat(shown).isEqualTo(Arrays.copyOf(page, DatabaseHeader.SIZE));
  }

  @Test
  void theCountOfEncryptionsRunsAheadAndIsCarriedOn() {
    PageCodec codec = codec(KEY);
    assertThat(codec.wantsFirstPage()).isTrue();
    byte[] first = codec.encoded(1, page(1, 512, 9));
    assertThat(CipherHeader.count(first)).isBetween(1024L, 1026L);
    assertThat(codec.wantsFirstPage()).isFalse();
    for (int i = 0; i < 5_000; i++) {
      codec.encoded(2, page(2, 512, 10));
    }
    assertThat(codec.wantsFirstPage()).isTrue();
    long counted = CipherHeader.count(codec.encoded(1, page(1, 512, 9)));
    assertThat(counted).isBetween(6_000L, 7_100L);
    FileCipher later = new FileCipher("/db", KEY);
    later.open(Arrays.copyOf(first, DatabaseHeader.SIZE));
    PageCodec reopened = later.codec();
    byte[] again = reopened.encoded(1, page(1, 512, 9));
    assertThat(CipherHeader.count(again)).isGreaterThan(CipherHeader.count(first));
  }

  @Test
  void aWornKeyIsCountedToTheEndAndNoFurther() {
    KeyUse use = new KeyUse("/db");
    use.seen(KeyUse.LIMIT - 10);
    use.encrypted();
    assertThat(use.reserved()).isEqualTo(KeyUse.LIMIT);
    assertThat(use.reserved()).isEqualTo(KeyUse.LIMIT);
  }

  @Test
  void aKeyIsNeverShown() {
    String hex = "c0ffee".repeat(5) + "c0";
    EncryptionKey key = EncryptionKey.ofHex("AES-128_gcm", hex);
    assertThat(key.toString()).isEqualTo("EncryptionKey[aes128gcm]");
    assertThatThrownBy(() -> EncryptionKey.ofHex("aes256gcm", hex))
        .hasMessageNotContaining("c0ffee")
        .hasNoCause();
    assertThatThrownBy(() -> EncryptionKey.ofHex(null, hex + "zz"))
        .hasMessageNotContaining("c0ffee")
        .hasNoCause();
  }
}
