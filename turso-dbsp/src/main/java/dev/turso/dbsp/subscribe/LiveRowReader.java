package dev.turso.dbsp.subscribe;

import dev.turso.change.Position;
import dev.turso.dbsp.algebra.ZSet;
import dev.turso.dbsp.circuit.Circuit;
import dev.turso.format.RecordReader;
import dev.turso.value.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Turns differences of rows into messages. Not safe for use by several threads. */
final class LiveRowReader {

  private final List<String> columns;
  private final boolean identified;
  private final RecordReader reader = new RecordReader();

  /**
   * @param identified whether each row carries its source row's rowid, which is then its key
   */
  LiveRowReader(List<String> columns, boolean identified) {
    this.columns = columns;
    this.identified = identified;
  }

  /** One key's rows that went and came. */
  private static final class Both {
    @Nullable List<Value> gone;
    @Nullable List<Value> come;
  }

  LiveMessage message(boolean snapshot, Position position, ZSet rows) {
    List<LiveChange> changes = new ArrayList<>(rows.size());
    if (identified && !snapshot) {
      paired(rows, changes);
    } else {
      for (int i = 0; i < rows.size(); i++) {
        single(rows, i, changes);
      }
    }
    return new LiveMessage(
        snapshot ? LiveMessage.Kind.SNAPSHOT : LiveMessage.Kind.DELTA, position, columns, changes);
  }

  private void single(ZSet rows, int index, List<LiveChange> into) {
    List<Value> row = row(rows, index);
    List<Value> key = identified ? List.of(Value.integer(identity(rows, index))) : row;
    long weight = rows.weight(index);
    LiveChange.Kind kind = weight > 0 ? LiveChange.Kind.INSERT : LiveChange.Kind.DELETE;
    for (long n = Math.abs(weight); n > 0; n--) {
      into.add(new LiveChange(kind, key, row, null));
    }
  }

  private void paired(ZSet rows, List<LiveChange> into) {
    Map<Long, Both> byKey = new LinkedHashMap<>();
    for (int i = 0; i < rows.size(); i++) {
      Both both = byKey.computeIfAbsent(identity(rows, i), key -> new Both());
      if (rows.weight(i) > 0) {
        both.come = row(rows, i);
      } else {
        both.gone = row(rows, i);
      }
    }
    byKey.forEach((identity, both) -> {
      List<Value> key = List.of(Value.integer(identity));
      List<Value> come = both.come;
      List<Value> gone = both.gone;
      if (come != null && gone != null) {
        into.add(new LiveChange(LiveChange.Kind.UPDATE, key, come, gone));
      } else if (come != null) {
        into.add(new LiveChange(LiveChange.Kind.INSERT, key, come, null));
      } else if (gone != null) {
        into.add(new LiveChange(LiveChange.Kind.DELETE, key, gone, null));
      }
    });
  }

  private static long identity(ZSet rows, int index) {
    return java.nio.ByteBuffer.wrap(rows.array(), rows.start(index), Circuit.IDENTITY).getLong();
  }

  private List<Value> row(ZSet rows, int index) {
    reader.reset(
        rows.array(), rows.start(index) + Circuit.IDENTITY, rows.length(index) - Circuit.IDENTITY);
    List<Value> values = new ArrayList<>(columns.size());
    for (int i = 0; i < columns.size(); i++) {
      int tag = reader.load(i);
      values.add(Value.of(tag, reader.bits(), reader.ref()));
    }
    return values;
  }
}
