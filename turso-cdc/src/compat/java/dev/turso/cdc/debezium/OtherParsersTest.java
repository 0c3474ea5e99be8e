package dev.turso.cdc.debezium;

import static org.assertj.core.api.Assertions.assertThat;

import io.debezium.data.Envelope;
import io.debezium.document.Document;
import io.debezium.document.DocumentReader;
import io.debezium.relational.history.JsonTableChangeSerializer;
import io.debezium.serde.DebeziumSerdes;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.flink.formats.common.TimestampFormat;
import org.apache.flink.formats.json.debezium.DebeziumJsonDeserializationSchema;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.runtime.typeutils.InternalTypeInfo;
import org.apache.flink.table.types.DataType;
import org.apache.flink.table.types.logical.RowType;
import org.apache.flink.util.Collector;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The golden files, read by Flink's and Debezium's own classes. Run with {@code -Pcompat}, which needs
 * their libraries.
 */
class OtherParsersTest {

  private static final Path GOLDEN = Path.of("src/test/resources/dev/turso/cdc/debezium");

  private static final Map<String, DataType> TYPES =
      Map.of(
          "app.main.orders",
          DataTypes.ROW(
              DataTypes.FIELD("id", DataTypes.BIGINT()),
              DataTypes.FIELD("customer", DataTypes.STRING()),
              DataTypes.FIELD("total", DataTypes.DOUBLE()),
              DataTypes.FIELD("paid", DataTypes.BYTES())),
          "app.main.pairs",
          DataTypes.ROW(
              DataTypes.FIELD("a", DataTypes.STRING()),
              DataTypes.FIELD("b", DataTypes.BIGINT()),
              DataTypes.FIELD("v", DataTypes.STRING())),
          "app.main.codes",
          DataTypes.ROW(
              DataTypes.FIELD("code", DataTypes.STRING()),
              DataTypes.FIELD("n", DataTypes.BIGINT())),
          "app.main.bare",
          DataTypes.ROW(DataTypes.FIELD("v", DataTypes.BIGINT())));

  private static List<String[]> messages(String file) throws IOException {
    List<String[]> messages = new ArrayList<>();
    for (String line : Files.readAllLines(GOLDEN.resolve(file))) {
      String[] parts = line.split(" ", 3);
      parts[2] = parts[2].replaceFirst(" __debezium\\.(old|new)key=.*$", "");
      messages.add(parts);
    }
    return messages;
  }

  @ParameterizedTest
  @ValueSource(strings = {"changes.txt", "snapshot.txt"})
  void flinkReadsEveryMessageOfATable(String file) throws Exception {
    for (String[] each : messages(file)) {
      DataType type = TYPES.get(each[0]);
      if (type == null) {
        continue;
      }
      RowType row = (RowType) type.getLogicalType();
      DebeziumJsonDeserializationSchema schema =
          new DebeziumJsonDeserializationSchema(
              type, List.of(), InternalTypeInfo.of(row), false, false, TimestampFormat.ISO_8601);
      schema.open(null);
      boolean tombstone = each[2].equals("null");
      List<RowData> rows = new ArrayList<>();
      schema.deserialize(
          tombstone ? null : each[2].getBytes(StandardCharsets.UTF_8), collecting(rows));
      int expected = tombstone ? 0 : each[2].contains("\"op\":\"u\"") ? 2 : 1;
      assertThat(rows).as(each[2]).hasSize(expected);
    }
  }

  private static Collector<RowData> collecting(List<RowData> rows) {
    return new Collector<>() {
      @Override
      public void collect(RowData row) {
        rows.add(row);
      }

      @Override
      public void close() {}
    };
  }

  @ParameterizedTest
  @ValueSource(strings = {"changes.txt", "snapshot.txt"})
  void debeziumReadsEnvelopesAndDefinitions(String file) throws Exception {
    for (String[] each : messages(file)) {
      if (each[2].equals("null")) {
        continue;
      }
      Document document = DocumentReader.defaultReader().read(each[2]);
      if (TYPES.containsKey(each[0])) {
        String op = document.getString("op");
        assertThat(Envelope.Operation.forCode(op)).as(each[2]).isNotNull();
        var serde = DebeziumSerdes.payloadJson(Map.class);
        serde.configure(Map.of("from.field", op.equals("d") ? "before" : "after"), false);
        byte[] value = each[2].getBytes(StandardCharsets.UTF_8);
        assertThat(serde.deserializer().deserialize(each[0], value)).as(each[2]).isNotNull();
      } else if (each[0].equals("app")) {
        var changes =
            new JsonTableChangeSerializer().deserialize(document.getArray("tableChanges"), true);
        changes.forEach(change -> assertThat(change.getId()).isNotNull());
      }
    }
  }
}
