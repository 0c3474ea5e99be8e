package dev.turso.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Random;
import org.junit.jupiter.api.Test;

class LongQueueTest {

  @Test
  void givesWhatWasAddedInItsOrder() {
    LongQueue queue = new LongQueue();
    Deque<Long> expected = new ArrayDeque<>();
    Random random = new Random(1);
    for (long i = 0; i < 10_000; i++) {
      if (expected.isEmpty() || random.nextInt(100) < 52) {
        queue.add(i);
        expected.add(i);
      } else {
        assertThat(queue.remove()).isEqualTo(expected.remove());
      }
    }
    while (!expected.isEmpty()) {
      assertThat(queue.remove()).isEqualTo(expected.remove());
    }
  }
}
