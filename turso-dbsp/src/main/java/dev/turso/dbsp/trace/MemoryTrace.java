package dev.turso.dbsp.trace;

import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A trace in memory: the state of a live query, which ends with it. */
public final class MemoryTrace implements Trace {

  private final TreeMap<byte[], byte[]> entries = new TreeMap<>(Arrays::compareUnsigned);

  @Override
  public byte @Nullable [] get(byte[] key) {
    return entries.get(key);
  }

  @Override
  public void put(byte[] key, byte[] value) {
    entries.put(key, value);
  }

  @Override
  public void remove(byte[] key) {
    entries.remove(key);
  }

  @Override
  public void scan(byte[] prefix, byte[] from, Visitor visitor) {
    for (Map.Entry<byte[], byte[]> each : entries.tailMap(from, true).entrySet()) {
      byte[] key = each.getKey();
      if (!Prefixes.starts(key, prefix) || !visitor.visit(key, each.getValue())) {
        return;
      }
    }
  }

  @Override
  public void scanBack(byte[] prefix, byte[] below, Visitor visitor) {
    for (Map.Entry<byte[], byte[]> each :
        entries.headMap(below, false).descendingMap().entrySet()) {
      byte[] key = each.getKey();
      if (!Prefixes.starts(key, prefix) || !visitor.visit(key, each.getValue())) {
        return;
      }
    }
  }

  /** The number of entries. */
  public int size() {
    return entries.size();
  }
}
