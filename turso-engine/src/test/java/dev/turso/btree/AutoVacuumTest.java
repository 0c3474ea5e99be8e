package dev.turso.btree;

import static org.assertj.core.api.Assertions.assertThat;

import dev.turso.format.Bytes;
import dev.turso.format.KeyComparator;
import dev.turso.format.RecordWriter;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AutoVacuumTest {

  private final Random random = new Random(11);
  private final RecordWriter writer = new RecordWriter();

  @ParameterizedTest
  @ValueSource(ints = {512, 1024, 4096})
  void commitOfFullAutoVacuumLeavesNoFreePage(int pageSize) {
    MemoryPages store = MemoryPages.create(pageSize, 0, true);
    int[] roots = fill(store);
    for (int round = 0; round < 5; round++) {
      thin(store, roots);
      new AutoVacuum(store).beforeCommit();
      assertThat(Bytes.i32(store.read(1), 36)).isZero();
      assertThat(IntegrityCheck.ofDatabase(store, roots, 10).run()).isEmpty();
      store.commit();
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {512, 1024, 4096})
  void releaseShrinksByAtMostTheLimit(int pageSize) {
    MemoryPages store = MemoryPages.create(pageSize, 0, true);
    Bytes.put32(store.write(1), 64, 1);
    int[] roots = fill(store);
    thin(store, roots);
    AutoVacuum vacuum = new AutoVacuum(store);
    vacuum.beforeCommit();
    int free = Bytes.i32(store.read(1), 36);
    assertThat(free).isPositive();
    for (int left = free; left > 0; left -= 3) {
      assertThat(vacuum.release(3)).isEqualTo(Math.min(3, left));
      assertThat(IntegrityCheck.ofDatabase(store, roots, 10).run()).isEmpty();
      assertThat(Bytes.i32(store.read(1), 36)).isEqualTo(Math.max(0, left - 3));
    }
    assertThat(vacuum.release(3)).isZero();
  }

  @Test
  void droppedRootIsReplacedByTheLastOne() {
    MemoryPages store = MemoryPages.create(1024, 0, true);
    int[] roots = fill(store);
    long rows = new TableCursor(store, roots[3]).count();
    int moved = new BTrees(store).drop(roots[1]);
    assertThat(moved).isEqualTo(roots[3]);
    int[] left = {1, roots[1], roots[2]};
    assertThat(IntegrityCheck.ofDatabase(store, left, 10).run()).isEmpty();
    assertThat(new TableCursor(store, roots[1]).count()).isEqualTo(rows);
    assertThat(new BTrees(store).drop(roots[2])).isZero();
    assertThat(IntegrityCheck.ofDatabase(store, new int[] {1, roots[1]}, 10).run()).isEmpty();
  }

  private int[] fill(MemoryPages store) {
    BTrees trees = new BTrees(store);
    int[] roots = {1, trees.createTable(), 0, 0};
    grow(store, roots[1]);
    roots[2] = trees.createIndex();
    IndexCursor keys = new IndexCursor(store, roots[2], KeyComparator.binary(1));
    for (int i = 0; i < 2000; i++) {
      byte[] blob = new byte[i % 50 == 0 ? 3000 : 12];
      random.nextBytes(blob);
      writer.reset().addBlob(blob, 0, blob.length).finish();
      keys.insert(writer.array(), writer.offset(), writer.length());
    }
    roots[3] = trees.createTable();
    grow(store, roots[3]);
    assertThat(IntegrityCheck.ofDatabase(store, roots, 10).run()).isEmpty();
    return roots;
  }

  private void grow(MemoryPages store, int root) {
    TableCursor cursor = new TableCursor(store, root);
    for (int i = 0; i < 3000; i++) {
      byte[] blob = new byte[i % 100 == 0 ? 9000 : 20];
      writer.reset().addBlob(blob, 0, blob.length).finish();
      cursor.insert(random.nextInt(10_000), writer.array(), writer.offset(), writer.length());
    }
  }

  private void thin(MemoryPages store, int[] roots) {
    int from = random.nextInt(8000);
    for (int root : new int[] {roots[1], roots[3]}) {
      TableCursor cursor = new TableCursor(store, root);
      for (boolean on = cursor.seekAtLeast(from);
          on && cursor.rowid() < from + 2000;
          on = cursor.next()) {
        cursor.delete();
      }
    }
    IndexCursor keys = new IndexCursor(store, roots[2], KeyComparator.binary(1));
    for (boolean on = keys.first(); on; on = keys.next()) {
      if (random.nextInt(3) == 0) {
        keys.delete();
      }
    }
  }
}
