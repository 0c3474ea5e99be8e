package dev.turso.function.json;

import dev.turso.error.SqlException;
import dev.turso.value.Register;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Follows a path such as {@code $.a[0]."b c"[#-1]} through a document, and changes what it finds.
 *
 * <p>A path is judged only as far as it is followed: what stands behind a step that finds nothing may
 * be anything.
 */
final class JsonPath {

  static final int NOT_FOUND = -1;

  /** What is done at the end of the path. */
  enum Edit {
    NONE,
    DELETE,
    /** Only what is there. */
    REPLACE,
    /** Only what is not there. */
    INSERT,
    SET,
    /** Before an element of an array. */
    ARRAY_INSERT
  }

  private static final JsonBytes NOTHING = new JsonBytes(0);

  private final byte[] path;
  private final byte[] shown;
  private final JsonBytes document;
  private final Edit edit;
  private final JsonBytes value;
  private final int depth;
  private int label;
  private int delta;

  private JsonPath(
      byte[] path, byte[] shown, JsonBytes document, Edit edit, JsonBytes value, int depth) {
    this.path = path;
    this.shown = shown;
    this.document = document;
    this.edit = edit;
    this.value = value;
    this.depth = depth;
  }

  /** A path to look up, beginning with the dollar sign. */
  static JsonPath lookup(byte[] path, JsonBytes document) {
    return lookup(path, path, document);
  }

  /** A path to look up, which errors show as something else: what it was an abbreviation for. */
  static JsonPath lookup(byte[] path, byte[] shown, JsonBytes document) {
    return new JsonPath(path, shown, document, Edit.NONE, NOTHING, 0);
  }

  /**
   * Changes a document.
   *
   * @param value the element to insert; ignored by DELETE
   * @return whether the path led somewhere
   */
  static boolean edit(byte[] path, JsonBytes document, Edit edit, JsonBytes value) {
    return new JsonPath(path, path, document, edit, value, 0).find() != NOT_FOUND;
  }

  /** Offset of the element, or {@link #NOT_FOUND}. */
  int find() {
    if (path.length == 0 || path[0] != '$') {
      throw badPath(shown);
    }
    return step(0, 1, 0);
  }

  /** Offset of the label of the element that was found, 0 if it is no member of an object. */
  int label() {
    return label;
  }

  private SqlException notAnElement() {
    return new SqlException("not an array element: " + quoted(shown));
  }

  /** The text of an argument that is not NULL as a path; a zero byte ends it. */
  static byte[] bytes(Register argument) {
    byte[] all = argument.asBytes();
    for (int i = 0; i < all.length; i++) {
      if (all[i] == 0) {
        return Arrays.copyOf(all, i);
      }
    }
    return all;
  }

  static SqlException badPath(byte[] path) {
    return new SqlException("bad JSON path: " + quoted(path));
  }

  private static String quoted(byte[] path) {
    return "'" + new String(path, StandardCharsets.UTF_8).replace("'", "''") + "'";
  }

  private byte at(int offset) {
    return offset < path.length ? path[offset] : 0;
  }

  private int step(int root, int from, int rootLabel) {
    if (from >= path.length) {
      return arrive(root, rootLabel);
    }
    return switch (path[from]) {
      case '.' -> member(root, from + 1);
      case '[' -> element(root, from + 1);
      default -> throw badPath(shown);
    };
  }

  private int arrive(int root, int rootLabel) {
    label = rootLabel;
    int end = Jsonb.end(document.bytes, root, document.length);
    switch (edit) {
      case NONE, INSERT -> {}
      case DELETE -> {
        int start = rootLabel > 0 ? rootLabel : root;
        splice(start, end - start, NOTHING);
      }
      case REPLACE, SET -> splice(root, end - root, Jsonb.stretched(value, end - root));
      case ARRAY_INSERT -> throw notAnElement();
    }
    return root;
  }

  private void splice(int at, int removed, JsonBytes inserted) {
    document.splice(at, removed, inserted.bytes, inserted.length);
    delta += inserted.length - removed;
  }

  /** Whether something that is not there is to be made. */
  private boolean creates() {
    return edit == Edit.INSERT || edit == Edit.SET || edit == Edit.ARRAY_INSERT;
  }

  private int member(int root, int from) {
    int keyStart = from;
    int keyEnd = from;
    int next;
    boolean escaped = false;
    if (at(from) == '"') {
      keyStart = from + 1;
      keyEnd = keyStart;
      while (keyEnd < path.length && path[keyEnd] != '"') {
        boolean backslash = path[keyEnd] == '\\';
        escaped |= backslash;
        keyEnd += backslash && keyEnd + 1 < path.length ? 2 : 1;
      }
      if (keyEnd >= path.length) {
        throw badPath(shown);
      }
      next = keyEnd + 1;
    } else {
      while (keyEnd < path.length && path[keyEnd] != '.' && path[keyEnd] != '[') {
        keyEnd++;
      }
      if (keyEnd == keyStart) {
        throw badPath(shown);
      }
      next = keyEnd;
    }
    if (Jsonb.type(document.bytes, root) != Jsonb.OBJECT) {
      return NOT_FOUND;
    }
    return memberNamed(root, keyStart, keyEnd, escaped, next);
  }

  private int memberNamed(int root, int keyStart, int keyEnd, boolean escaped, int next) {
    byte[] key = Arrays.copyOfRange(path, keyStart, keyEnd);
    byte[] plainKey = escaped ? unescaped(key, 0, key.length) : key;
    int end = Jsonb.end(document.bytes, root, document.length);
    int at = Jsonb.payload(document.bytes, root, end);
    while (at < end) {
      int memberValue = Jsonb.end(document.bytes, at, end);
      boolean found = isLabel(at, memberValue, plainKey);
      int memberEnd = Jsonb.end(document.bytes, memberValue, end);
      if (found) {
        return adjusted(root, step(memberValue, next, at));
      }
      at = memberEnd;
    }
    if (!creates()) {
      return NOT_FOUND;
    }
    if (edit == Edit.ARRAY_INSERT && path[path.length - 1] != ']') {
      throw notAnElement();
    }
    JsonBytes created = create(next);
    if (created == null) {
      return NOT_FOUND;
    }
    JsonBytes member = new JsonBytes(key.length + created.length + 5);
    member.appendElement(escaped ? Jsonb.TEXT5 : Jsonb.TEXTRAW, key, 0, key.length);
    member.append(created.bytes, 0, created.length);
    splice(at, 0, member);
    return adjusted(root, at);
  }

  private boolean isLabel(int at, int end, byte[] plainKey) {
    byte[] bytes = document.bytes;
    int type = Jsonb.type(bytes, at);
    if (!Jsonb.isText(type)) {
      throw Jsonb.malformed();
    }
    int payload = Jsonb.payload(bytes, at, end);
    if (type == Jsonb.TEXT || type == Jsonb.TEXTRAW) {
      return Arrays.equals(bytes, payload, end, plainKey, 0, plainKey.length);
    }
    return Arrays.equals(unescaped(bytes, payload, end - payload), plainKey);
  }

  static byte[] unescaped(byte[] text, int offset, int length) {
    JsonBytes out = new JsonBytes(length);
    JsonStrings.appendUnescaped(text, offset, length, out);
    return out.toBytes();
  }

  private int element(int root, int from) {
    if (Jsonb.type(document.bytes, root) != Jsonb.ARRAY) {
      return NOT_FOUND;
    }
    long index = 0;
    int i = from;
    if (at(i) == '#') {
      index = arrayLength(document, root);
      i++;
      if (at(i) == '-' && JsonTextParser.isDigit(at(i + 1))) {
        int digits = endOfDigits(i + 1);
        index -= number(i + 1, digits);
        i = digits;
        if (index < 0) {
          return NOT_FOUND;
        }
      }
    } else {
      i = endOfDigits(from);
      if (i == from) {
        throw badPath(shown);
      }
      index = number(from, i);
    }
    if (at(i) != ']') {
      throw badPath(shown);
    }
    return elementAt(root, index, i + 1);
  }

  private int elementAt(int root, long index, int next) {
    int end = Jsonb.end(document.bytes, root, document.length);
    int at = Jsonb.payload(document.bytes, root, end);
    for (long left = index; at < end; left--) {
      int elementEnd = Jsonb.end(document.bytes, at, end);
      if (left == 0) {
        if (edit == Edit.ARRAY_INSERT && next == path.length) {
          splice(at, 0, value);
          return adjusted(root, at);
        }
        return adjusted(root, step(at, next, 0));
      }
      at = elementEnd;
    }
    if (!creates() || index != arrayLength(document, root)) {
      return NOT_FOUND;
    }
    JsonBytes created = create(next);
    if (created == null) {
      return NOT_FOUND;
    }
    splice(at, 0, created);
    return adjusted(root, at);
  }

  private int endOfDigits(int from) {
    int at = from;
    while (JsonTextParser.isDigit(at(at))) {
      at++;
    }
    return at;
  }

  /** The number, or one that no array is as long as. */
  private long number(int from, int end) {
    long value = 0;
    for (int i = from; i < end && value <= Integer.MAX_VALUE; i++) {
      value = value * 10 + (path[i] - '0');
    }
    return value;
  }

  static int arrayLength(JsonBytes document, int root) {
    int end = Jsonb.end(document.bytes, root, document.length);
    int at = Jsonb.payload(document.bytes, root, end);
    int count = 0;
    while (at < end) {
      at = Jsonb.end(document.bytes, at, end);
      count++;
    }
    return count;
  }

  /** After a change inside: the container's header must tell its new size. */
  private int adjusted(int root, int found) {
    if (delta != 0 && found != NOT_FOUND) {
      byte[] bytes = document.bytes;
      int header = Jsonb.headerSize(bytes, root);
      delta += document.resize(root, size(bytes, root, header) + delta);
    }
    return found;
  }

  private static int size(byte[] bytes, int at, int header) {
    if (header == 1) {
      return (bytes[at] >>> 4) & 0x0f;
    }
    int size = 0;
    for (int i = 1; i < header; i++) {
      size = size << 8 | bytes[at + i] & 0xff;
    }
    return size;
  }

  /** The value inside new arrays and objects along the rest of the path; null if that cannot be. */
  private @Nullable JsonBytes create(int from) {
    if (from >= path.length) {
      return value;
    }
    if (depth >= JsonTextParser.MAXIMUM_DEPTH) {
      throw new SqlException("JSON path too deep");
    }
    JsonBytes container = new JsonBytes(16);
    container.appendHeader(path[from] == '.' ? Jsonb.OBJECT : Jsonb.ARRAY, 0);
    JsonPath rest = new JsonPath(path, shown, container, edit, value, depth + 1);
    return rest.step(0, from, 0) == NOT_FOUND ? null : container;
  }
}
