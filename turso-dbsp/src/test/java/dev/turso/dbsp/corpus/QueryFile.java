package dev.turso.dbsp.corpus;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/** A resource of queries, each after a line {@code -- name} and ended by a semicolon and a line break. */
final class QueryFile {

  private QueryFile() {}

  /** The queries by name, in the order of the file. */
  static Map<String, String> read(String resource) throws IOException {
    try (InputStream in = QueryFile.class.getResourceAsStream(resource)) {
      String text = new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
      Map<String, String> queries = new LinkedHashMap<>();
      for (String part : text.split(";\\R")) {
        int name = part.lastIndexOf("-- q");
        if (name >= 0) {
          int end = part.indexOf('\n', name);
          queries.put(part.substring(name + 3, end).strip(), part.substring(end + 1).strip());
        }
      }
      return queries;
    }
  }
}
