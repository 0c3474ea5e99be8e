package dev.turso.cipher;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** A temporary file under a key of its own is one like any other, to those who have its handle. */
class EncryptedTemporaryFileTest {

  @Test
  void itReadsWhatWasWrittenThere() {
    long seed = 20_781;
    Random random = new Random(seed);
    WatchedFileSystem files = new WatchedFileSystem("needle");
    byte[] model = new byte[0];
    try (EncryptedTemporaryFile file = new EncryptedTemporaryFile(files.openTemporary())) {
      for (int i = 0; i < 600; i++) {
        int at = random.nextInt(model.length + 1);
        byte[] bytes = new byte[random.nextInt(20_000)];
        for (int k = 0; k < bytes.length; k++) {
          bytes[k] = (byte) "needle ".charAt(k % 7);
        }
        file.write(at, bytes, 0, bytes.length);
        model = Arrays.copyOf(model, Math.max(model.length, at + bytes.length));
        System.arraycopy(bytes, 0, model, at, bytes.length);
        if (random.nextInt(10) == 0) {
          model = Arrays.copyOf(model, random.nextInt(model.length + 1));
          file.truncate(model.length);
        }
        int from = random.nextInt(model.length + 1);
        byte[] read = new byte[random.nextInt(30_000)];
        int count = file.read(from, read, 0, read.length);
        assertThat(count).as("seed %d", seed).isEqualTo(Math.min(read.length, model.length - from));
        assertThat(Arrays.equals(read, 0, count, model, from, from + count))
            .as("seed %d, step %d", seed, i)
            .isTrue();
      }
      assertThat(file.size()).isEqualTo(model.length);
    }
    assertThat(files.found()).isEmpty();
    assertThat(files.bytes()).isPositive();
  }
}
