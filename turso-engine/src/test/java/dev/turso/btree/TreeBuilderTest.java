package dev.turso.btree;

import static org.assertj.core.api.Assertions.assertThat;

import dev.turso.format.KeyComparator;
import dev.turso.format.KeyProbe;
import dev.turso.format.RecordWriter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TreeBuilderTest {

  private final RecordWriter writer = new RecordWriter();

  @ParameterizedTest
  @CsvSource({
    "512,false,0",
    "512,false,1",
    "512,true,5000",
    "512,false,30",
    "512,false,20000",
    "4096,true,50000",
    "4096,false,50000",
    "65536,false,50000"
  })
  void builtTreesAreSoundAndComplete(int pageSize, boolean autoVacuum, int rows) {
    MemoryPages store = MemoryPages.create(pageSize, 0, autoVacuum);
    BTrees trees = new BTrees(store);
    int table = trees.createTable();
    TreeBuilder builder = TreeBuilder.table(store, table);
    for (int i = 0; i < rows; i++) {
      record(i);
      builder.add(2L * i, writer.array(), writer.offset(), writer.length());
    }
    builder.finish();
    int index = trees.createIndex();
    TreeBuilder keys = TreeBuilder.index(store, index);
    for (int i = 0; i < rows; i++) {
      record(i);
      keys.add(writer.array(), writer.offset(), writer.length());
    }
    keys.finish();
    check(store, table, index, rows);
    MemoryPages copy = MemoryPages.create(pageSize, 0, autoVacuum);
    BTrees copied = new BTrees(copy);
    int tableCopy = copied.createTable();
    int indexCopy = copied.createIndex();
    copied.copyTable(store, table, tableCopy, () -> {});
    copied.copyIndex(store, index, indexCopy, () -> {});
    check(copy, tableCopy, indexCopy, rows);
    assertThat(copy.pageCount()).isLessThanOrEqualTo(store.pageCount());
  }

  private void record(int i) {
    writer.reset().addInteger(i).addBlob(new byte[600], 0, i % 97 == 0 ? 600 : i % 11).finish();
  }

  private static void check(MemoryPages store, int table, int index, int rows) {
    IntegrityCheck check = IntegrityCheck.ofDatabase(store, new int[] {1, table, index}, 10);
    assertThat(check.run()).isEmpty();
    assertThat(check.entries(1)).isEqualTo(rows);
    assertThat(check.entries(2)).isEqualTo(rows);
    TableCursor cursor = new TableCursor(store, table);
    IndexCursor keys = new IndexCursor(store, index, KeyComparator.binary(1));
    for (int i = 0; i < rows; i += 7) {
      assertThat(cursor.seek(2L * i)).isTrue();
      assertThat(cursor.seek(2L * i + 1)).isFalse();
      assertThat(keys.seek(new KeyProbe().addInteger(i))).isTrue();
    }
    assertThat(keys.seek(new KeyProbe().addInteger(rows))).isFalse();
  }

  @ParameterizedTest
  @CsvSource({"512,400", "512,3", "4096,60"})
  void schemaTableOnPageOneIsBuiltAroundTheHeader(int pageSize, int rows) {
    MemoryPages store = MemoryPages.create(pageSize, 0, false);
    TreeBuilder builder = TreeBuilder.table(store, 1);
    for (int i = 1; i <= rows; i++) {
      record(i);
      builder.add(i, writer.array(), writer.offset(), writer.length());
    }
    builder.finish();
    IntegrityCheck check = IntegrityCheck.ofDatabase(store, new int[] {1}, 10);
    assertThat(check.run()).isEmpty();
    assertThat(check.entries(0)).isEqualTo(rows);
    TableCursor cursor = new TableCursor(store, 1);
    for (int i = 1; i <= rows; i++) {
      assertThat(cursor.seek(i)).isTrue();
    }
    for (boolean on = cursor.first(); on; on = cursor.next()) {
      cursor.delete();
    }
    assertThat(check(store)).isEmpty();
    assertThat(cursor.first()).isFalse();
  }

  private static java.util.List<String> check(MemoryPages store) {
    return IntegrityCheck.ofDatabase(store, new int[] {1}, 10).run();
  }
}
