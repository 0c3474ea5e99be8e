package dev.turso.cdc.debezium;

import dev.turso.cdc.record.TableShape;
import dev.turso.format.RecordReader;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The parts of messages that are the same for all records of one shape. */
final class TableMessages {

  final String topic;
  final int[] keyColumns;

  /** What stands before the value of each column: a comma but for the first, and the name. */
  private final byte[][] names;

  private final byte[][] keyNames;

  TableMessages(TableShape shape, DebeziumOptions options) {
    topic = options.prefix() + "." + options.database() + "." + shape.tableName();
    keyColumns = shape.keyIndexes();
    names = new byte[shape.columns().size()][];
    for (int i = 0; i < names.length; i++) {
      names[i] = name(shape.columns().get(i), i == 0);
    }
    keyNames = new byte[keyColumns.length][];
    for (int i = 0; i < keyNames.length; i++) {
      keyNames[i] = name(shape.columns().get(keyColumns[i]), i == 0);
    }
  }

  private static byte[] name(String column, boolean first) {
    JsonBuffer out = new JsonBuffer();
    if (!first) {
      out.raw(',');
    }
    return out.string(column).raw(':').toBytes();
  }

  /** Appends an image as an object, or null. */
  void row(byte @Nullable [] image, RecordReader reader, JsonBuffer out) {
    if (image == null) {
      out.raw("null");
      return;
    }
    reader.reset(image, 0, image.length);
    out.raw('{');
    for (int i = 0; i < names.length; i++) {
      out.raw(names[i]).value(reader.load(i), reader);
    }
    out.raw('}');
  }

  /** The key of an image as an object; null if the table has none. */
  byte @Nullable [] key(byte @Nullable [] image, RecordReader reader, JsonBuffer out) {
    if (image == null || keyColumns.length == 0) {
      return null;
    }
    reader.reset(image, 0, image.length);
    out.clear().raw('{');
    for (int i = 0; i < keyColumns.length; i++) {
      out.raw(keyNames[i]).value(reader.load(keyColumns[i]), reader);
    }
    return out.raw('}').toBytes();
  }

  static boolean same(byte @Nullable [] key, byte @Nullable [] other) {
    return Arrays.equals(key, other);
  }

  @Override
  public String toString() {
    return topic
        + " "
        + new String(names.length == 0 ? new byte[0] : names[0], StandardCharsets.UTF_8);
  }
}
