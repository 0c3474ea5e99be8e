package dev.turso.pager;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** The set of changed pages against a sorted map, over transactions of all sizes. */
class DirtyPagesTest {

  @Test
  void holdsWhatASortedMapHolds() {
    long seed = System.nanoTime();
    System.out.println("DirtyPagesTest seed " + seed);
    Random random = new Random(seed);
    DirtyPages pages = new DirtyPages();
    for (int transaction = 0; transaction < 200; transaction++) {
      TreeMap<Integer, DirtyPages.Entry> expected = new TreeMap<>();
      int range = 1 << 1 + random.nextInt(20);
      int steps = random.nextInt(transaction % 10 == 0 ? 5_000 : 50);
      for (int step = 0; step < steps; step++) {
        int page = 1 + random.nextInt(range);
        DirtyPages.Entry known = expected.get(page);
        assertThat(pages.get(page)).isSameAs(known);
        if (random.nextInt(4) == 0) {
          pages.remove(page);
          expected.remove(page);
        } else if (known == null) {
          DirtyPages.Entry entry = new DirtyPages.Entry(page, new byte[1], 0);
          pages.add(entry);
          expected.put(page, entry);
        }
        assertThat(pages.count()).isEqualTo(expected.size());
      }
      assertThat(pages.sorted())
          .containsExactly(expected.values().toArray(DirtyPages.Entry[]::new));
      pages.clear();
      assertThat(pages.count()).isZero();
      for (int page : expected.keySet()) {
        assertThat(pages.get(page)).isNull();
      }
    }
  }

  @Test
  void pagesAtTheEndOfTheRangeHaveAPlace() {
    DirtyPages pages = new DirtyPages();
    DirtyPages.Entry far = new DirtyPages.Entry(100_000_000, new byte[1], 0);
    pages.add(far);
    assertThat(pages.get(100_000_000)).isSameAs(far);
    assertThat(pages.get(99_999_999)).isNull();
    assertThat(pages.get(Integer.MAX_VALUE)).isNull();
    assertThat(pages.get(-1)).isNull();
  }
}
