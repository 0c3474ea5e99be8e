package dev.turso.exec.write;

import dev.turso.bind.TableExpressions;
import dev.turso.btree.IndexCursor;
import dev.turso.btree.TableCursor;
import dev.turso.btree.TreeBuilder;
import dev.turso.exec.expression.Frame;
import dev.turso.exec.expression.Locations;
import dev.turso.format.KeyComparator;
import dev.turso.format.KeyProbe;
import dev.turso.format.RecordReader;
import dev.turso.format.RecordWriter;
import dev.turso.format.TextEncoding;
import dev.turso.function.StatementEnvironment;
import dev.turso.pager.PageStore;
import dev.turso.plan.physical.PhysicalPlanner;
import dev.turso.plan.physical.TableKnowledge;
import dev.turso.schema.Index;
import dev.turso.schema.Table;
import dev.turso.value.Tag;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Fills an empty index from the rows of its table, in the order of its keys. */
public final class IndexFiller {

  private static final int MOST_IN_MEMORY = 32 << 20;

  private IndexFiller() {}

  /** Fails with the message of the constraint if the index is unique and the rows are not. */
  public static void fill(
      Index index,
      TableExpressions expressions,
      TableKnowledge knowledge,
      WriteContext ctx,
      StatementEnvironment environment) {
    Table table = index.table();
    PageStore store = ctx.store(table.databaseIndex());
    TextEncoding encoding = ctx.encoding(table.databaseIndex());
    Frame frame = new Frame();
    frame.storage(ctx);
    frame.environment = environment;
    TargetCompiler target =
        new TargetCompiler(
            table, false, expressions, frame, new Locations(), new PhysicalPlanner(knowledge));
    TableWriter rows = target.writer();
    IndexWriter writer = rows == null ? null : find(rows, index);
    if (writer == null) {
      throw new IllegalStateException("not an index of its table: " + index.name());
    }
    frame.rows[target.oldSource()].record = new RecordReader(encoding);
    KeyComparator order = Keys.order(index, encoding);
    Filling filling = new Filling(index, store, order, ctx);
    writer.open(store, encoding);
    scan(table, store, encoding, frame, target.oldSource(), writer, filling);
    filling.finish();
  }

  private static @Nullable IndexWriter find(TableWriter rows, Index index) {
    for (IndexWriter each : rows.indexes()) {
      if (each.index().rootPage() == index.rootPage()) {
        return each;
      }
    }
    return null;
  }

  private static void scan(
      Table table,
      PageStore store,
      TextEncoding encoding,
      Frame frame,
      int source,
      IndexWriter writer,
      Filling filling) {
    Index key = table.primaryKeyIndex();
    if (key == null) {
      TableCursor cursor = new TableCursor(store, table.rootPage());
      for (boolean more = cursor.first(); more; more = cursor.next()) {
        cursor.read(frame.rows[source].record);
        frame.rows[source].rowid = cursor.rowid();
        filling.add(writer.encodeOld(frame));
        filling.ctx.checkInterrupt();
      }
      return;
    }
    IndexCursor cursor = new IndexCursor(store, table.rootPage(), Keys.order(key, encoding));
    for (boolean more = cursor.first(); more; more = cursor.next()) {
      cursor.read(frame.rows[source].record);
      filling.add(writer.encodeOld(frame));
      filling.ctx.checkInterrupt();
    }
  }

  /**
   * Entries on their way into the index: sorted in runs. If one run is all there is the tree is built
   * from the bottom up, otherwise most entries of a run go next to each other.
   */
  private static final class Filling {
    private final Index index;
    private final PageStore store;
    private final IndexCursor cursor;
    private final KeyComparator order;
    private final KeyComparator unique;
    private final List<byte[]> run = new ArrayList<>();
    private final boolean checked;
    private final WriteContext ctx;
    private long bytes;
    private boolean flushed;

    Filling(Index index, PageStore store, KeyComparator order, WriteContext ctx) {
      this.ctx = ctx;
      this.index = index;
      this.store = store;
      this.cursor = new IndexCursor(store, index.rootPage(), order);
      this.order = order;
      this.checked = index.unique();
      this.unique = Keys.prefix(index, order.encoding());
    }

    void add(@Nullable RecordWriter entry) {
      if (entry == null) {
        return;
      }
      byte[] record = entry.toByteArray();
      run.add(record);
      bytes += record.length + 16;
      if (bytes > MOST_IN_MEMORY) {
        flush(null);
      }
    }

    void finish() {
      if (flushed) {
        flush(null);
      } else {
        TreeBuilder builder = TreeBuilder.index(store, index.rootPage());
        flush(builder);
        builder.finish();
      }
    }

    private void flush(@Nullable TreeBuilder builder) {
      run.sort((a, b) -> {
        ctx.checkInterrupt();
        return order.compare(a, 0, a.length, b, 0, b.length);
      });
      RecordReader reader = new RecordReader(order.encoding());
      KeyProbe probe = new KeyProbe();
      byte[] before = null;
      for (byte[] each : run) {
        ctx.checkInterrupt();
        if (checked && !hasNull(reader, each)) {
          boolean repeats =
              before != null && unique.compare(before, 0, before.length, each, 0, each.length) == 0;
          if (repeats || inIndex(reader, probe, each)) {
            throw Constraints.unique(index);
          }
          before = each;
        }
        if (builder == null) {
          cursor.insert(each, 0, each.length);
        } else {
          builder.add(each, 0, each.length);
        }
      }
      run.clear();
      bytes = 0;
      flushed = true;
    }

    /** Only entries of earlier runs are out of order with this one. */
    private boolean inIndex(RecordReader reader, KeyProbe probe, byte[] record) {
      if (!flushed) {
        return false;
      }
      reader.reset(record, 0, record.length);
      return cursor.seek(probe.load(reader, index.parts().size()));
    }

    private boolean hasNull(RecordReader reader, byte[] record) {
      reader.reset(record, 0, record.length);
      for (int i = 0; i < index.parts().size(); i++) {
        if (reader.load(i) == Tag.NULL) {
          return true;
        }
      }
      return false;
    }
  }
}
