package dev.turso.spring.live;

import dev.turso.change.Position;
import dev.turso.change.WireJson;
import dev.turso.dbsp.subscribe.LiveChange;
import dev.turso.dbsp.subscribe.LiveMessage;
import dev.turso.dbsp.subscribe.LiveQuery;

/**
 * A live query's message as JSON.
 *
 * <pre>
 * {"kind":"snapshot","position":"7-12","columns":["a","b"],"changes":[{"op":"i","key":[1],"row":[1,"x"]}],
 *  "stats":{"rows":10,"touched":3,"nanos":41000}}
 * </pre>
 *
 * {@code op} is i, u or d; values are as {@link WireJson} writes them.
 */
public final class LiveJson {

  private LiveJson() {}

  /** A message, with what the query's newest commit cost. */
  static String of(LiveMessage message, LiveQuery query) {
    StringBuilder out = open(message);
    out.append(",\"stats\":{\"rows\":").append(query.rows());
    out.append(",\"touched\":").append(query.rowsTouched());
    out.append(",\"nanos\":").append(query.nanos());
    return out.append("}}").toString();
  }

  /** A message without stats. */
  public static String of(LiveMessage message) {
    return open(message).append('}').toString();
  }

  private static StringBuilder open(LiveMessage message) {
    StringBuilder out = new StringBuilder(256);
    out.append("{\"kind\":");
    out.append(message.kind() == LiveMessage.Kind.SNAPSHOT ? "\"snapshot\"" : "\"delta\"");
    out.append(",\"position\":\"").append(message.position()).append("\",\"columns\":");
    WireJson.appendStrings(out, message.columns());
    out.append(",\"changes\":[");
    for (int i = 0; i < message.changes().size(); i++) {
      if (i > 0) {
        out.append(',');
      }
      append(out, message.changes().get(i));
    }
    return out.append(']');
  }

  /** What a client is told first that came back and whose gap can be filled. */
  static String resumed(Position position) {
    return "{\"kind\":\"resumed\",\"position\":\"" + position + "\"}";
  }

  private static void append(StringBuilder out, LiveChange change) {
    out.append("{\"op\":\"");
    out.append(
        switch (change.kind()) {
          case INSERT -> 'i';
          case UPDATE -> 'u';
          case DELETE -> 'd';
        });
    out.append("\",\"key\":");
    WireJson.append(out, change.key());
    out.append(",\"row\":");
    WireJson.append(out, change.row());
    out.append('}');
  }
}
