package dev.turso.cli.mcp;

import io.modelcontextprotocol.json.McpJsonMapper;
import io.modelcontextprotocol.json.jackson3.JacksonMcpJsonMapper;
import java.io.IOException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** JSON text to and from maps, lists and the SDK's schema types. Thread-safe. */
final class Json {

  private static final McpJsonMapper MAPPER =
      new JacksonMcpJsonMapper(
          JsonMapper.builder()
              .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
              .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
              .build());

  private Json() {}

  /** A value as maps, lists, strings, numbers, booleans and null. */
  static Object read(String text) throws IOException {
    try {
      return MAPPER.readValue(text, Object.class);
    } catch (RuntimeException e) {
      throw new IOException("not JSON", e);
    }
  }

  /** One line of JSON. */
  static String write(Object value) {
    try {
      return MAPPER.writeValueAsString(value);
    } catch (IOException e) {
      throw new IllegalStateException("an answer that is not JSON", e);
    }
  }
}
