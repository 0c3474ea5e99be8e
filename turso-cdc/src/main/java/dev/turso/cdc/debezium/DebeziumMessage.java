package dev.turso.cdc.debezium;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One message.
 *
 * @param topic where it belongs
 * @param key JSON in UTF-8, or null
 * @param value JSON in UTF-8; null for a tombstone
 * @param headers names and JSON
 */
public record DebeziumMessage(
    String topic, byte @Nullable [] key, byte @Nullable [] value, Map<String, byte[]> headers) {

  public @Nullable String keyText() {
    return key == null ? null : new String(key, StandardCharsets.UTF_8);
  }

  public @Nullable String valueText() {
    return value == null ? null : new String(value, StandardCharsets.UTF_8);
  }

  @Override
  public String toString() {
    return topic + " " + keyText() + " " + valueText();
  }
}
