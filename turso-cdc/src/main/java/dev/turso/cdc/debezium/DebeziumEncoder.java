package dev.turso.cdc.debezium;

import dev.turso.cdc.read.ChangeBatch;
import dev.turso.cdc.read.ChangeKind;
import dev.turso.cdc.read.ChangeLogException;
import dev.turso.cdc.read.ChangeRecord;
import dev.turso.cdc.record.TableShape;
import dev.turso.format.RecordReader;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Makes Debezium's messages of batches, which must be given in their order. Not safe for use by several
 * threads.
 *
 * <p>The log must be of mode {@code full} (or {@code after}, if nobody needs {@code before}). The counts
 * of a transaction that an encoder has seen only the end of are those of that end.
 */
public final class DebeziumEncoder {

  private static final String CONNECTOR = "turso";
  private static final String VERSION = "0.1.0";

  private final DebeziumOptions options;
  private final InstantSource clock;
  private final Map<TableShape, TableMessages> tables = new HashMap<>();
  private final JsonBuffer out = new JsonBuffer();
  private final JsonBuffer key = new JsonBuffer();
  private final RecordReader reader = new RecordReader();
  private final Map<String, long[]> counts = new LinkedHashMap<>();
  private final byte[] sourceHead;
  private final byte[] databaseKey;
  private long order;

  public DebeziumEncoder(DebeziumOptions options) {
    this(options, InstantSource.system());
  }

  /**
   * @param clock for the time of encoding
   */
  public DebeziumEncoder(DebeziumOptions options, InstantSource clock) {
    this.options = options;
    this.clock = clock;
    sourceHead =
        new JsonBuffer()
            .raw("\"source\":{\"version\":\"" + VERSION + "\",\"connector\":\"" + CONNECTOR)
            .raw("\",\"name\":")
            .string(options.prefix())
            .raw(",\"ts_ms\":")
            .toBytes();
    databaseKey =
        new JsonBuffer().raw("{\"databaseName\":").string(options.database()).raw('}').toBytes();
  }

  /** The messages of a batch. */
  public List<DebeziumMessage> encode(ChangeBatch batch) {
    List<DebeziumMessage> messages = new ArrayList<>(batch.changes().size() + 2);
    if (batch.first()) {
      order = 0;
      counts.clear();
    }
    boolean told = options.transactions() && !batch.snapshot();
    if (told && batch.first()) {
      messages.add(boundary(batch, "BEGIN"));
    }
    int last = batch.changes().size() - 1;
    for (int i = 0; i <= last; i++) {
      ChangeRecord change = batch.changes().get(i);
      if (!change.kind().isOfRow()) {
        if (change.kind() == ChangeKind.DEFINITION) {
          int end = OneStatement.end(batch.changes(), i);
          if (options.definitions()) {
            messages.add(definition(batch, batch.changes().subList(i, end)));
          }
          i = end - 1;
        }
        continue;
      }
      String snapshot =
          !batch.snapshot()
              ? "false"
              : batch.first() && i == 0 ? "first" : batch.last() && i == last ? "last" : "true";
      row(batch, change, snapshot, messages);
    }
    if (told && batch.last()) {
      messages.add(boundary(batch, "END"));
    }
    return messages;
  }

  /** What is sent now and then while nothing changes. */
  public DebeziumMessage heartbeat() {
    byte[] name = key.clear().raw("{\"serverName\":").string(options.prefix()).raw('}').toBytes();
    byte[] value = out.clear().raw("{\"ts_ms\":").number(clock.millis()).raw('}').toBytes();
    return new DebeziumMessage("__debezium-heartbeat." + options.prefix(), name, value, Map.of());
  }

  // ---- rows

  private void row(
      ChangeBatch batch, ChangeRecord change, String snapshot, List<DebeziumMessage> messages) {
    TableShape shape = change.shape();
    if (shape == null || shape.definition() == null) {
      throw new ChangeLogException(
          ChangeLogException.Reason.UNKNOWN_SHAPE,
          "the definition of " + change.table() + ", and with it its key, is not known");
    }
    TableMessages table = tables.get(shape);
    if (table == null) {
      table = new TableMessages(shape, options);
      tables.put(shape, table);
    }
    byte[] before = change.beforeImage();
    byte[] after = change.afterImage();
    byte[] oldKey = table.key(before, reader, key);
    byte[] newKey = table.key(after, reader, key);
    switch (change.kind()) {
      case INSERT ->
          messages.add(message(batch, change, table, 'c', snapshot, newKey, null, after, Map.of()));
      case SNAPSHOT ->
          messages.add(message(batch, change, table, 'r', snapshot, newKey, null, after, Map.of()));
      case DELETE -> delete(batch, change, table, oldKey, Map.of(), messages);
      case UPDATE -> {
        if (oldKey == null || newKey == null || TableMessages.same(oldKey, newKey)) {
          messages.add(
              message(batch, change, table, 'u', snapshot, newKey, before, after, Map.of()));
          return;
        }
        delete(batch, change, table, oldKey, Map.of("__debezium.newkey", newKey), messages);
        Map<String, byte[]> headers = Map.of("__debezium.oldkey", oldKey);
        messages.add(message(batch, change, table, 'c', snapshot, newKey, null, after, headers));
      }
      case DEFINITION, GAP -> throw new IllegalStateException(change.kind() + " is not of a row");
    }
  }

  private void delete(
      ChangeBatch batch,
      ChangeRecord change,
      TableMessages table,
      byte @Nullable [] oldKey,
      Map<String, byte[]> headers,
      List<DebeziumMessage> messages) {
    byte[] before = change.beforeImage();
    messages.add(message(batch, change, table, 'd', "false", oldKey, before, null, headers));
    if (options.tombstones() && oldKey != null) {
      messages.add(new DebeziumMessage(table.topic, oldKey, null, Map.of()));
    }
  }

  private DebeziumMessage message(
      ChangeBatch batch,
      ChangeRecord change,
      TableMessages table,
      char op,
      String snapshot,
      byte @Nullable [] keyOfRow,
      byte @Nullable [] before,
      byte @Nullable [] after,
      Map<String, byte[]> headers) {
    out.clear().raw("{\"before\":");
    table.row(before, reader, out);
    out.raw(",\"after\":");
    table.row(after, reader, out);
    out.raw(',');
    source(batch, change, change.table(), snapshot);
    out.raw(",\"transaction\":");
    if (options.transactions() && !batch.snapshot()) {
      long[] count = counts.computeIfAbsent(change.table(), name -> new long[1]);
      out.raw("{\"id\":\"").raw(transactionId(batch)).raw("\",\"total_order\":").number(++order);
      out.raw(",\"data_collection_order\":").number(++count[0]).raw('}');
    } else {
      out.raw("null");
    }
    out.raw(",\"op\":\"").raw(op).raw('"');
    now(clock.instant());
    out.raw('}');
    return new DebeziumMessage(table.topic, keyOfRow, out.toBytes(), headers);
  }

  private static String transactionId(ChangeBatch batch) {
    return batch.position().epoch() + ":" + batch.transaction();
  }

  private void source(
      ChangeBatch batch, @Nullable ChangeRecord change, String table, String snapshot) {
    Instant time = batch.committed();
    long micros = time.getEpochSecond() * 1_000_000 + time.getNano() / 1000;
    out.raw(sourceHead).number(Math.floorDiv(micros, 1000));
    out.raw(",\"snapshot\":\"").raw(snapshot).raw("\",\"db\":").string(options.database());
    out.raw(",\"sequence\":");
    if (batch.snapshot() || change == null) {
      out.raw("null");
    } else {
      out.raw("\"[\\\"").number(batch.transaction()).raw("\\\",\\\"").number(change.id());
      out.raw("\\\"]\"");
    }
    out.raw(",\"ts_us\":").number(micros).raw(",\"ts_ns\":").number(micros * 1000);
    out.raw(",\"schema\":null,\"table\":").string(table);
    if (batch.snapshot()) {
      out.raw(",\"txId\":null,\"change_id\":null");
    } else {
      out.raw(",\"txId\":").number(batch.transaction());
      out.raw(",\"change_id\":").number(change == null ? batch.transaction() : change.id());
    }
    out.raw(",\"origin\":");
    nullable(batch.origin());
    out.raw('}');
  }

  private void nullable(@Nullable String text) {
    if (text == null) {
      out.raw("null");
    } else {
      out.string(text);
    }
  }

  private void now(Instant now) {
    long micros = now.getEpochSecond() * 1_000_000 + now.getNano() / 1000;
    out.raw(",\"ts_ms\":").number(Math.floorDiv(micros, 1000)).raw(",\"ts_us\":").number(micros);
    out.raw(",\"ts_ns\":").number(now.getEpochSecond() * 1_000_000_000 + now.getNano());
  }

  // ---- transactions

  private DebeziumMessage boundary(ChangeBatch batch, String status) {
    String id = transactionId(batch);
    byte[] name = key.clear().raw("{\"id\":\"").raw(id).raw("\"}").toBytes();
    out.clear().raw("{\"status\":\"").raw(status).raw("\",\"id\":\"").raw(id);
    out.raw("\",\"ts_ms\":").number(batch.committed().toEpochMilli());
    if (status.equals("BEGIN")) {
      out.raw(",\"event_count\":null,\"data_collections\":null}");
    } else {
      out.raw(",\"event_count\":").number(order).raw(",\"data_collections\":[");
      boolean any = false;
      for (Map.Entry<String, long[]> each : counts.entrySet()) {
        out.raw(any ? "," : "").raw("{\"data_collection\":");
        out.string(options.database() + "." + each.getKey());
        out.raw(",\"event_count\":").number(each.getValue()[0]).raw('}');
        any = true;
      }
      out.raw("]}");
    }
    return new DebeziumMessage(options.prefix() + ".transaction", name, out.toBytes(), Map.of());
  }

  // ---- definitions

  private DebeziumMessage definition(ChangeBatch batch, List<ChangeRecord> changes) {
    ChangeRecord change = OneStatement.subject(changes);
    String object = String.valueOf(change.objectName());
    out.clear().raw('{');
    source(batch, change, object, "false");
    out.raw(",\"ts_ms\":").number(clock.millis());
    out.raw(",\"databaseName\":").string(options.database());
    out.raw(",\"schemaName\":null,\"ddl\":").string(String.valueOf(change.statement()));
    out.raw(",\"tableChanges\":[");
    boolean any = false;
    for (ChangeRecord each : changes) {
      if ("table".equals(each.objectType())) {
        out.raw(any ? "," : "");
        DefinitionJson.append(out, each, options.database());
        any = true;
      }
    }
    out.raw("]}");
    return new DebeziumMessage(options.prefix(), databaseKey, out.toBytes(), Map.of());
  }
}
