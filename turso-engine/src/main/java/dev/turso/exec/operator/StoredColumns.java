package dev.turso.exec.operator;

import dev.turso.exec.expression.Frame;
import dev.turso.exec.expression.Node;
import dev.turso.format.RecordWriter;
import dev.turso.value.Register;

/**
 * The columns of an operator's rows that are kept beyond the current row: how they are packed, and the
 * source they are read from again.
 */
final class StoredColumns {

  final Node[] nodes;
  final int source;
  private final RecordWriter writer = new RecordWriter();

  StoredColumns(Node[] nodes, int source) {
    this.nodes = nodes;
    this.source = source;
  }

  /** The current row as a record: the given key values, then the columns. */
  RecordWriter pack(Frame frame, Register[] keys) {
    writer.reset();
    for (Register key : keys) {
      writer.add(key.tag, key.bits, key.ref);
    }
    for (Node node : nodes) {
      int tag = node.eval(frame);
      writer.add(tag, frame.bits, frame.ref);
    }
    writer.finish();
    return writer;
  }
}
