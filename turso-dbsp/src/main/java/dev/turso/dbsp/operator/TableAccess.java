package dev.turso.dbsp.operator;

import dev.turso.btree.IndexCursor;
import dev.turso.dbsp.algebra.OrderedKey;
import dev.turso.dbsp.circuit.Access;
import dev.turso.dbsp.circuit.Equality;
import dev.turso.dbsp.circuit.Keys;
import dev.turso.dbsp.circuit.RowSink;
import dev.turso.dbsp.circuit.TableChanges;
import dev.turso.dbsp.circuit.Version;
import dev.turso.dbsp.circuit.WantedIndex;
import dev.turso.exec.expression.Frame;
import dev.turso.exec.expression.RowSource;
import dev.turso.format.KeyComparator;
import dev.turso.format.KeyProbe;
import dev.turso.format.RecordReader;
import dev.turso.pager.PageStore;
import dev.turso.schema.Column;
import dev.turso.schema.Index;
import dev.turso.schema.IndexPart;
import dev.turso.schema.KeyPart;
import dev.turso.schema.Table;
import dev.turso.value.Affinity;
import dev.turso.value.Register;
import dev.turso.value.Tag;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Ways into a table: by rowid, by an index whose first columns are wanted, or all of it.
 *
 * <p>The old version is the current one without the rows that the step touched, and then their old
 * images: nothing has to be read twice or subtracted.
 */
abstract class TableAccess extends Access {

  final ScanOperator scan;
  final TableReader reader;

  TableAccess(ScanOperator scan, double cost) {
    super(cost);
    this.scan = scan;
    this.reader = new TableReader(scan.context(), scan.table());
  }

  /** The cheapest way for some equalities. */
  static Access best(ScanOperator scan, List<Equality> equalities) {
    Table table = scan.table();
    Access best = new Whole(scan, equalities);
    for (Equality each : equalities) {
      Integer column = scan.columnOf(each.slot());
      if (column != null && column < 0 && !table.withoutRowid()) {
        return new ByRowid(scan, each);
      }
    }
    for (Index index : table.indexes()) {
      List<Equality> prefix = prefix(scan, index, equalities);
      if (!prefix.isEmpty()) {
        Access way = new ByIndex(scan, index, prefix);
        if (way.cost() < best.cost()) {
          best = way;
        }
      }
    }
    return best;
  }

  private static List<Equality> prefix(ScanOperator scan, Index index, List<Equality> equalities) {
    List<Equality> found = new ArrayList<>();
    if (index.predicate() != null) {
      return found;
    }
    for (IndexPart part : index.parts()) {
      Equality match = null;
      for (Equality each : equalities) {
        Integer column = scan.columnOf(each.slot());
        if (column != null
            && column >= 0
            && column == part.column()
            && part.collation() == each.collation()
            && seekable(scan.table().columns().get(column).affinity(), each.affinity())) {
          match = each;
        }
      }
      if (match == null) {
        break;
      }
      found.add(match);
    }
    return found;
  }

  /** Whether comparing under an affinity leaves the stored values of a column as they are. */
  static boolean seekable(Affinity column, Affinity comparison) {
    return switch (comparison) {
      case NONE, BLOB -> true;
      case TEXT -> column == Affinity.TEXT;
      case NUMERIC, INTEGER, REAL -> column.isNumeric();
    };
  }

  /** Puts the wanted value into a register, bent as the comparison bends it; false: no row equals. */
  static boolean wanted(Equality equality, Frame frame, Register into) {
    equality.value().evalInto(frame, into);
    if (into.tag == Tag.NULL) {
      return equality.nullEqual();
    }
    equality.affinity().apply(into);
    return true;
  }

  @Override
  public void rows(Version version, RowSink sink) {
    boolean old = version == Version.OLD;
    if (old && scan.context().filling()) {
      return;
    }
    TableChanges touched = old ? scan.context().changes(scan.table()) : null;
    if (touched != null && touched.isEmpty()) {
      touched = null;
    }
    current(touched, sink);
    if (touched != null) {
      for (TableChanges.Entry each : images(touched)) {
        if (scan.loadBefore(each)) {
          sink.row(1);
        }
      }
    }
  }

  /** The touched rows whose old images this way may have to give. */
  Collection<TableChanges.Entry> images(TableChanges touched) {
    return touched.entries();
  }

  /** Gives the current rows of this way, but for the touched ones. */
  abstract void current(@Nullable TableChanges without, RowSink sink);

  final void giveUnless(@Nullable TableChanges without, RowSink sink) {
    if (without == null || !reader.isTouched(scan.row(), without)) {
      scan.give(sink, 1);
    }
  }

  /** Reads all rows. */
  private static final class Whole extends TableAccess {

    private final List<Equality> equalities;

    Whole(ScanOperator scan, List<Equality> equalities) {
      super(scan, WHOLE);
      this.equalities = equalities;
    }

    @Override
    public void chosen() {
      List<String> columns = new ArrayList<>();
      for (int i = 0; i < scan.table().columns().size(); i++) {
        Column column = scan.table().columns().get(i);
        for (Equality each : equalities) {
          Integer wanted = scan.columnOf(each.slot());
          if (wanted != null && wanted == i && seekable(column.affinity(), each.affinity())) {
            String name = '"' + column.name().replace("\"", "\"\"") + '"';
            columns.add(name + " COLLATE " + each.collation().name());
            break;
          }
        }
      }
      if (!columns.isEmpty()) {
        scan.want(new WantedIndex(scan.table().name(), columns));
      }
    }

    @Override
    void current(@Nullable TableChanges without, RowSink sink) {
      reader.scanAll(scan.row(), () -> giveUnless(without, sink));
    }

    @Override
    public String describe() {
      return "all of " + scan.table().name();
    }
  }

  /** Seeks the row of a rowid. */
  private static final class ByRowid extends TableAccess {

    private final Equality equality;
    private final Register value = new Register();

    ByRowid(ScanOperator scan, Equality equality) {
      super(scan, 1);
      this.equality = equality;
    }

    @Override
    void current(@Nullable TableChanges without, RowSink sink) {
      if (!wanted(equality, scan.context().frame(), value)) {
        return;
      }
      Affinity.NUMERIC.apply(value);
      if (value.tag == Tag.INTEGER && reader.find(scan.row(), value.bits)) {
        giveUnless(without, sink);
      }
    }

    @Override
    Collection<TableChanges.Entry> images(TableChanges touched) {
      TableChanges.Entry entry =
          wanted(equality, scan.context().frame(), value) ? rowOf(touched) : null;
      return entry == null ? List.of() : List.of(entry);
    }

    private TableChanges.@Nullable Entry rowOf(TableChanges touched) {
      Affinity.NUMERIC.apply(value);
      return value.tag == Tag.INTEGER ? touched.entry(value.bits) : null;
    }

    @Override
    public String describe() {
      return scan.table().name() + " by rowid";
    }
  }

  /** Walks the entries of an index that begin with the wanted values. */
  private static final class ByIndex extends TableAccess {

    private final Index index;
    private final List<Equality> prefix;
    private final KeyComparator order;
    private final Register[] values;
    private final KeyProbe probe = new KeyProbe();
    private final KeyProbe rowKey = new KeyProbe();
    private final RecordReader entry;
    private final OldImages<TableChanges.Entry> old = new OldImages<>();
    private final OrderedKey key = new OrderedKey();
    private final OrderedKey imageKey = new OrderedKey();
    private @Nullable PageStore store;
    private @Nullable IndexCursor entries;

    ByIndex(ScanOperator scan, Index index, List<Equality> prefix) {
      super(
          scan,
          index.unique() && prefix.size() == index.parts().size() ? 1 : 100.0 / prefix.size());
      this.index = index;
      this.prefix = prefix;
      this.order = TableReader.comparator(index.storedParts(), scan.context().encoding());
      this.entry = new RecordReader(scan.context().encoding());
      this.values = new Register[prefix.size()];
      for (int i = 0; i < values.length; i++) {
        values[i] = new Register();
      }
    }

    @Override
    void current(@Nullable TableChanges without, RowSink sink) {
      if (scan.context().visible().isEmpty(scan.table()) || !fillProbe()) {
        return;
      }
      IndexCursor cursor = entries();
      for (boolean on = cursor.seekAtLeast(probe);
          on && cursor.compare(probe) == 0;
          on = cursor.next()) {
        if (findRow(cursor)) {
          giveUnless(without, sink);
        }
      }
    }

    /** Not re-entrant, as the probe is not. */
    private IndexCursor entries() {
      PageStore now = scan.context().store();
      IndexCursor known = entries;
      if (known == null || store != now) {
        known = new IndexCursor(now, index.rootPage(), order);
        entries = known;
        store = now;
      }
      return known;
    }

    @Override
    Collection<TableChanges.Entry> images(TableChanges touched) {
      if (!fillProbe()) {
        return List.of();
      }
      key.reset();
      for (int i = 0; i < values.length; i++) {
        Keys.append(key, values[i], prefix.get(i).collation());
      }
      return old.of(scan.context().step(), touched.entries(), key.toBytes(), this::keyOf);
    }

    private byte @Nullable [] keyOf(TableChanges.Entry entry) {
      if (!scan.loadBefore(entry)) {
        return null;
      }
      imageKey.reset();
      for (Equality each : prefix) {
        Keys.append(imageKey, scan.context().frame().slots[each.slot()], each.collation());
      }
      return imageKey.toBytes();
    }

    private boolean fillProbe() {
      probe.reset();
      Frame frame = scan.context().frame();
      for (int i = 0; i < values.length; i++) {
        if (!wanted(prefix.get(i), frame, values[i])) {
          return false;
        }
        values[i].keep();
        probe.add(values[i].tag, values[i].bits, values[i].ref);
      }
      return true;
    }

    private boolean findRow(IndexCursor cursor) {
      RowSource row = scan.row();
      if (index.isTableKey()) {
        cursor.read(row.record);
        return true;
      }
      if (!scan.table().withoutRowid()) {
        return reader.find(row, cursor.rowid());
      }
      cursor.read(entry);
      rowKey.reset();
      for (KeyPart part : scan.table().primaryKey()) {
        int tag = entry.load(position(part));
        rowKey.add(tag, entry.bits(), entry.ref());
      }
      return reader.find(row, rowKey);
    }

    private int position(KeyPart part) {
      List<IndexPart> fields = index.storedParts();
      for (int i = 0; i < fields.size(); i++) {
        if (fields.get(i).column() == part.column()
            && fields.get(i).collation() == part.collation()) {
          return i;
        }
      }
      throw new IllegalStateException(index.name());
    }

    @Override
    public String describe() {
      return scan.table().name() + " by " + index.name();
    }
  }
}
