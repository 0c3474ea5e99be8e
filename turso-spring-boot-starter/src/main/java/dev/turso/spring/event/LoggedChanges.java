package dev.turso.spring.event;

import dev.turso.cdc.read.ChangeBatch;
import dev.turso.cdc.read.ChangeKind;
import dev.turso.cdc.read.ChangeLogException;
import dev.turso.cdc.read.ChangeRecord;
import dev.turso.cdc.record.TableShape;
import dev.turso.change.Operation;
import dev.turso.change.Position;
import dev.turso.value.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** From records of the log to events of one row type. */
final class LoggedChanges {

  private LoggedChanges() {}

  static <T> List<RowChangeEvent<?>> events(ChangeBatch batch, RowMapping<T> mapping) {
    List<RowChangeEvent<?>> events = new ArrayList<>();
    for (ChangeRecord each : batch.changes()) {
      if (each.kind() != ChangeKind.DEFINITION && each.table().equalsIgnoreCase(mapping.table())) {
        events.add(event(batch, each, mapping));
      }
    }
    return events;
  }

  private static <T> RowChangeEvent<T> event(
      ChangeBatch batch, ChangeRecord change, RowMapping<T> mapping) {
    TableShape shape = change.shape();
    if (shape == null) {
      throw new ChangeLogException(
          ChangeLogException.Reason.UNKNOWN_SHAPE,
          "the columns of " + change.table() + " at change " + change.id() + " are not known");
    }
    Map<String, @Nullable Object> before = row(shape, change.before());
    Map<String, @Nullable Object> after = row(shape, change.after());
    return new RowChangeEvent<>(
        mapping.type(),
        change.table(),
        operation(change.kind()),
        before == null ? null : mapping.map(before),
        after == null ? null : mapping.map(after),
        new Position(batch.position().epoch(), batch.position().change()),
        batch.origin());
  }

  private static Operation operation(ChangeKind kind) {
    return switch (kind) {
      case INSERT, SNAPSHOT -> Operation.INSERT;
      case UPDATE -> Operation.UPDATE;
      case DELETE -> Operation.DELETE;
      case DEFINITION -> throw new IllegalArgumentException("a definition is no row");
    };
  }

  private static @Nullable Map<String, @Nullable Object> row(
      TableShape shape, Value @Nullable [] values) {
    if (values == null) {
      return null;
    }
    Map<String, @Nullable Object> row = new LinkedHashMap<>();
    for (int i = 0; i < values.length && i < shape.columns().size(); i++) {
      row.put(shape.columns().get(i).toLowerCase(Locale.ROOT), RowImage.object(values[i]));
    }
    return row;
  }
}
