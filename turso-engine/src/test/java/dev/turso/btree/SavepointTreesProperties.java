package dev.turso.btree;

import static org.assertj.core.api.Assertions.assertThat;

import dev.turso.format.KeyComparator;
import dev.turso.format.KeyProbe;
import dev.turso.format.RecordWriter;
import dev.turso.pager.Pager;
import dev.turso.pager.PagerOptions;
import dev.turso.pager.Synchronous;
import dev.turso.vfs.DiskFileSystem;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Trees over the real pager, with savepoints, rollbacks, commits and a cache too small for a
 * transaction, equal a model; cursors live through all of it.
 */
class SavepointTreesProperties {

  private static final int STEPS = Integer.getInteger("turso.operations", 4000);

  @TempDir Path directory;

  private final RecordWriter writer = new RecordWriter();
  private Random random;
  private Pager pager;
  private TreeMap<Long, byte[]> model = new TreeMap<>();
  private TreeMap<Long, byte[]> committed = new TreeMap<>();
  private final List<TreeMap<Long, byte[]>> copies = new ArrayList<>();

  @ParameterizedTest
  @CsvSource({"512,40", "512,100000", "4096,20"})
  void treesFollowSavepointsAndRollbacks(int pageSize, int cachePages) {
    long seed = Long.getLong("turso.seed", java.time.LocalDate.now().toEpochDay());
    System.out.println("savepoints, page size " + pageSize + " seed " + seed);
    random = new Random(seed);
    PagerOptions options =
        PagerOptions.DEFAULT.withPageSize(pageSize).withCacheBytes(cachePages * pageSize);
    pager = Pager.open(DiskFileSystem.instance(), directory.resolve("db").toString(), options);
    try {
      pager.commitSettings().setSynchronous(Synchronous.OFF);
      pager.beginWrite();
      BTrees trees = new BTrees(pager);
      int table = trees.createTable();
      int index = trees.createIndex();
      pager.commit();
      pager.beginWrite();
      TableCursor rows = new TableCursor(pager, table);
      TableCursor scanner = new TableCursor(pager, table);
      IndexCursor keys = new IndexCursor(pager, index, KeyComparator.binary(2));
      for (int step = 0; step < STEPS; step++) {
        if (random.nextInt(40) == 0) {
          control();
        }
        change(rows, keys);
        scan(scanner, "seed " + seed + " step " + step);
      }
      check(rows, keys);
      int[] roots = {1, table, index};
      assertThat(IntegrityCheck.ofDatabase(pager, roots, 10).run()).isEmpty();
      pager.commit();
    } finally {
      pager.close();
    }
  }

  private void control() {
    switch (random.nextInt(7)) {
      case 0, 1 -> {
        pager.savepoint();
        copies.add(new TreeMap<>(model));
      }
      case 2, 3 -> {
        if (!copies.isEmpty()) {
          int to = random.nextInt(copies.size());
          pager.rollbackTo(to);
          model = new TreeMap<>(copies.get(to));
          copies.subList(to + 1, copies.size()).clear();
        }
      }
      case 4 -> {
        if (!copies.isEmpty()) {
          int from = random.nextInt(copies.size());
          pager.release(from);
          copies.subList(from, copies.size()).clear();
        }
      }
      case 5 -> {
        pager.commit();
        committed = new TreeMap<>(model);
        copies.clear();
        pager.beginWrite();
      }
      default -> {
        if (random.nextInt(3) == 0) {
          pager.rollback();
          model = new TreeMap<>(committed);
          copies.clear();
          pager.beginWrite();
        }
      }
    }
  }

  private void change(TableCursor rows, IndexCursor keys) {
    long rowid = random.nextInt(3000);
    if (random.nextInt(5) < 3) {
      byte[] blob = new byte[random.nextInt(30) == 0 ? random.nextInt(3000) : random.nextInt(60)];
      random.nextBytes(blob);
      boolean fresh = model.put(rowid, record(rowid, blob)) == null;
      byte[] record = model.get(rowid);
      rows.insert(rowid, record, 0, record.length);
      if (fresh) {
        writer.reset().addInteger(rowid * 31 % 1009).addInteger(rowid).finish();
        keys.insert(writer.array(), writer.offset(), writer.length());
      }
    } else if (rows.seekAtLeast(rowid)) {
      long found = rows.rowid();
      assertThat(found).isEqualTo(model.ceilingKey(rowid));
      model.remove(found);
      rows.delete();
      KeyProbe probe = new KeyProbe().addInteger(found * 31 % 1009).addInteger(found);
      assertThat(keys.seek(probe)).isTrue();
      keys.delete();
    }
  }

  private byte[] record(long rowid, byte[] blob) {
    writer.reset().addInteger(rowid).addBlob(blob, 0, blob.length).finish();
    return writer.toByteArray();
  }

  private void scan(TableCursor scanner, String where) {
    Map.Entry<Long, byte[]> expected;
    boolean on;
    if (scanner.onRow()) {
      long at = scanner.rowid();
      assertThat(model).as(where).containsKey(at);
      expected = model.higherEntry(at);
      on = scanner.next();
    } else {
      expected = model.firstEntry();
      on = scanner.first();
    }
    assertThat(on).as(where).isEqualTo(expected != null);
    if (on) {
      assertThat(scanner.rowid()).as(where).isEqualTo(expected.getKey());
      assertThat(payload(scanner)).as(where).isEqualTo(expected.getValue());
    }
  }

  private void check(TableCursor rows, IndexCursor keys) {
    boolean on = rows.first();
    for (Map.Entry<Long, byte[]> entry : model.entrySet()) {
      assertThat(on).isTrue();
      assertThat(payload(rows)).isEqualTo(entry.getValue());
      on = rows.next();
    }
    assertThat(on).isFalse();
    assertThat(keys.count()).isEqualTo(model.size());
  }

  private static byte[] payload(TreeCursor cursor) {
    int from = cursor.payloadOffset();
    return Arrays.copyOfRange(cursor.array(), from, from + cursor.payloadLength());
  }
}
