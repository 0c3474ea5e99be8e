package dev.turso.exec.operator;

import dev.turso.btree.IndexCursor;
import dev.turso.exec.expression.Frame;
import dev.turso.exec.expression.Node;
import dev.turso.exec.expression.RowSource;
import dev.turso.format.KeyProbe;
import dev.turso.value.Register;
import org.jspecify.annotations.Nullable;

/**
 * Entries of an index: all of them, or those that begin with given values and lie in a range of the
 * next column; forward or backward; filtered.
 *
 * <p>The table's row is not fetched until a column that the entry lacks is asked for.
 */
final class IndexScanOperator extends Operator {

  private final Frame frame;
  private final IndexPlace place;
  private final IndexKey[] keys;

  /** Where the scan starts and where it ends, in the direction it goes. */
  private final @Nullable IndexBound start;

  private final @Nullable IndexBound end;
  private final boolean backward;
  private final @Nullable Node filter;
  private final @Nullable TableLookup lookup;
  private final RowSource row;

  private final Register[] values;
  private final Register startValue = new Register();
  private final Register endValue = new Register();
  private final KeyProbe startProbe = new KeyProbe();
  private final KeyProbe endProbe = new KeyProbe();
  private final int[] turn;
  private @Nullable IndexCursor cursor;
  private boolean moving;
  private boolean finished;

  /**
   * @param start in the direction of the scan
   * @param lookup where the rest of the row is, or null if the entries hold all that is asked for
   */
  IndexScanOperator(
      Frame frame,
      IndexPlace place,
      IndexKey[] keys,
      @Nullable IndexBound start,
      @Nullable IndexBound end,
      boolean backward,
      @Nullable Node filter,
      @Nullable TableLookup lookup) {
    this.frame = frame;
    this.place = place;
    this.keys = keys;
    this.start = start;
    this.end = end;
    this.backward = backward;
    this.filter = filter;
    this.lookup = lookup;
    this.row = frame.rows[place.source];
    this.values = Registers.create(keys.length);
    this.turn = new int[keys.length];
  }

  @Override
  public void open() {
    cursor = place.cursor(frame, cursor);
    row.absent = false;
    if (lookup != null) {
      lookup.open();
    }
    moving = false;
    finished = !begin();
  }

  /** Computes keys and bounds; false if nothing can match. */
  private boolean begin() {
    for (int i = 0; i < keys.length; i++) {
      IndexKey key = keys[i];
      if (key.list() != null) {
        key.list().fill(frame, key.affinity(), key.collation());
        if (key.list().size() == 0) {
          return false;
        }
        turn[i] = backward ? key.list().size() - 1 : 0;
        values[i].copyFrom(key.list().get(turn[i]));
      } else if (key.node() != null) {
        key.node().evalInto(frame, values[i]);
        key.affinity().apply(values[i]);
        if (values[i].isNull() && !key.nullMatches()) {
          return false;
        }
      }
    }
    return bound(start, startValue) && bound(end, endValue);
  }

  private boolean bound(@Nullable IndexBound bound, Register value) {
    if (bound == null || bound.node() == null) {
      value.setNull();
      return true;
    }
    bound.node().evalInto(frame, value);
    bound.affinity().apply(value);
    return !value.isNull();
  }

  /** The next combination of the values of INs, the last one turning fastest. */
  private boolean turn() {
    for (int i = keys.length - 1; i >= 0; i--) {
      ValueList list = keys[i].list();
      if (list != null) {
        turn[i] += backward ? -1 : 1;
        boolean over = turn[i] < 0 || turn[i] >= list.size();
        if (over) {
          turn[i] = backward ? list.size() - 1 : 0;
        }
        values[i].copyFrom(list.get(turn[i]));
        if (!over) {
          return true;
        }
      }
    }
    return false;
  }

  @Override
  public boolean next() {
    IndexCursor c = cursor;
    assert c != null;
    while (!finished) {
      boolean found = moving ? (backward ? c.previous() : c.next()) : seek(c);
      moving = true;
      if (found && !beyond(c)) {
        frame.tick();
        if (accept(c)) {
          return true;
        }
      } else {
        moving = false;
        finished = !turn();
      }
    }
    return false;
  }

  private boolean accept(IndexCursor c) {
    c.read(row.record);
    if (lookup != null) {
      lookup.moved(c, row);
    } else if (place.endsWithRowid) {
      row.rowid = c.rowid();
    }
    return filter == null || filter.truth(frame) == 1;
  }

  private boolean seek(IndexCursor c) {
    fill(startProbe, start, startValue);
    fill(endProbe, end, endValue);
    if (startProbe.count() == 0) {
      return backward ? c.last() : c.first();
    }
    boolean exclusive = start != null && start.exclusive();
    if (backward) {
      return exclusive ? c.seekLess(startProbe) : c.seekAtMost(startProbe);
    }
    return exclusive ? c.seekGreater(startProbe) : c.seekAtLeast(startProbe);
  }

  private void fill(KeyProbe probe, @Nullable IndexBound bound, Register value) {
    probe.reset();
    for (Register each : values) {
      probe.add(each.tag, each.bits, each.ref);
    }
    if (bound != null) {
      probe.add(value.tag, value.bits, value.ref);
    }
  }

  private boolean beyond(IndexCursor c) {
    if (endProbe.count() == 0) {
      return false;
    }
    int order = c.compare(endProbe);
    if (order == 0) {
      return end != null && end.exclusive();
    }
    return backward ? order < 0 : order > 0;
  }

  @Override
  public void close() {
    if (lookup != null) {
      lookup.close();
    }
  }
}
