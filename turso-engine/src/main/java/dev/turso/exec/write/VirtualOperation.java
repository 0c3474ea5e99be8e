package dev.turso.exec.write;

import dev.turso.bind.BoundVirtualWrite;
import dev.turso.error.SqlException;
import dev.turso.exec.expression.Frame;
import dev.turso.exec.operator.Executable;
import dev.turso.value.Register;
import dev.turso.value.Value;
import dev.turso.vtab.WritableTable;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Writes a virtual table: reads which rows to the end, then hands one after another to its module. */
final class VirtualOperation extends WriteOperation {

  private final BoundVirtualWrite.Kind kind;
  private final Executable source;
  private final WritableTable target;
  private final int[] values;
  private final RowBuffer rows = new RowBuffer();
  private final Register register = new Register();

  VirtualOperation(Frame frame, Executable source, BoundVirtualWrite write) {
    super(frame, new ReturningSink(null));
    if (!(write.function() instanceof WritableTable writable)) {
      throw new SqlException("table " + write.table().name() + " may not be modified");
    }
    this.kind = write.kind();
    this.source = source;
    this.target = writable;
    this.values = write.values();
  }

  @Override
  void execute(WriteContext ctx, Frame f) {
    rows.clear();
    source.open();
    try {
      while (source.next()) {
        f.tick();
        rows.add(source);
      }
    } finally {
      source.close();
    }
    rows.rewind();
    Set<Long> seen = new HashSet<>();
    while (rows.next()) {
      f.tick();
      if (kind == BoundVirtualWrite.Kind.INSERT) {
        ctx.lastInsertRowid = target.insert(newValues());
        cleared++;
      } else {
        rows.load(0, register);
        long rowid = register.asLong();
        if (seen.add(rowid)) {
          change(rowid);
          cleared++;
        }
      }
    }
    rows.clear();
  }

  private void change(long rowid) {
    if (kind == BoundVirtualWrite.Kind.DELETE) {
      target.delete(rowid);
    } else {
      target.update(rowid, newValues());
    }
  }

  private List<Value> newValues() {
    List<Value> row = new ArrayList<>(values.length);
    for (int from : values) {
      if (from < 0) {
        row.add(Value.NULL);
      } else {
        rows.load(from, register);
        row.add(register.toValue());
      }
    }
    return row;
  }
}
