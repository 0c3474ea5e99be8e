package dev.turso.dbsp.operator;

import dev.turso.dbsp.algebra.OrderedKey;
import dev.turso.dbsp.circuit.Keys;
import dev.turso.exec.expression.Frame;
import dev.turso.format.RecordReader;
import dev.turso.format.RecordWriter;
import dev.turso.value.Register;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The rows of a group for one DISTINCT aggregate whose rows are kept: of those with equal arguments the
 * first in source order, and these in the aggregate's own order.
 *
 * <p>A row is the arguments, their subtypes, and the values it is ordered by.
 */
final class DistinctRows {

  private final Aggregation call;
  private final RecordReader reader;
  private final Register value = new Register();
  private final Set<ByteBuffer> seen = new HashSet<>();
  private final List<Row> rows = new ArrayList<>();

  private record Row(byte[] place, byte[] record) {}

  DistinctRows(Aggregation call, RecordReader reader) {
    this.call = call;
    this.reader = reader;
  }

  /** Appends to a record what the row in the frame is ordered by. */
  static void addOrder(Aggregation call, Frame frame, RecordWriter record) {
    Register value = new Register();
    for (Aggregation.SortPart each : call.order()) {
      each.node().evalInto(frame, value);
      GroupRecords.add(record, value);
    }
  }

  /** Takes the rows in source order. */
  void add(byte[] record) {
    int arguments = call.arguments().length;
    OrderedKey key = new OrderedKey();
    for (int i = 0; i < arguments; i++) {
      GroupRecords.read(reader, record, i, value);
      Keys.append(key, value, call.collation());
    }
    if (!seen.add(ByteBuffer.wrap(key.toBytes()))) {
      return;
    }
    key.reset();
    Aggregation.SortPart[] order = call.order();
    for (int i = 0; i < order.length; i++) {
      Aggregation.SortPart part = order[i];
      GroupRecords.read(reader, record, 2 * arguments + i, value);
      Keys.append(key, value, part.collation(), part.descending(), part.nullsFirst());
    }
    rows.add(new Row(key.toBytes(), record));
  }

  /** What is left of them, in the order of the aggregate and then of the sources. */
  List<byte[]> inOrder() {
    if (call.order().length > 0) {
      rows.sort((a, b) -> Arrays.compareUnsigned(a.place, b.place));
    }
    List<byte[]> records = new ArrayList<>(rows.size());
    for (Row each : rows) {
      records.add(each.record);
    }
    return records;
  }
}
