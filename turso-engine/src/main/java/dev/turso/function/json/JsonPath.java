package dev.turso.function.json;

import dev.turso.error.SqlException;
import dev.turso.value.Register;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Follows a path such as {@code $.a[0]."b c"[#-1]} through a document, and changes what it finds.
 *
 * <p>A path is judged only as far as it is followed: what stands behind a step that finds nothing
 * may
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
  private int label;
  private int delta;

  private JsonPath(byte[] path, byte[] shown, JsonBytes document, Edit edit, JsonBytes value) {
    this.path = path;
    this.shown = shown;
    this.document = document;
    this.edit = edit;
    this.value = value;
  }

  /** A path to look up, beginning with the dollar sign. */
  static JsonPath lookup(byte[] path, JsonBytes document) {
    return lookup(path, path, document);
  }

  /** A path to look up, which errors show as something else: what it was an abbreviation for. */
  static JsonPath lookup(byte[] path, byte[] shown, JsonBytes document) {
    return new JsonPath(path, shown, document, Edit.NONE, NOTHING);
  }

  /**
   * Changes a document.
   *
   * @param value the element to insert; ignored by DELETE
   * @return whether the path led somewhere
   */
  static boolean edit(byte[] path, JsonBytes document, Edit edit, JsonBytes value) {
    return new JsonPath(path, path, document, edit, value).find() != NOT_FOUND;
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

  /** The label of a step: its bytes, those it stands for, and where the next step begins. */
  private record Label(byte[] written, byte[] plain, boolean escaped, int next) {}

  private Label labelAt(int from) {
    int end = from;
    if (at(from) != '"') {
      while (end < path.length && path[end] != '.' && path[end] != '[') {
        end++;
      }
      if (end == from) {
        throw badPath(shown);
      }
      byte[] key = Arrays.copyOfRange(path, from, end);
      return new Label(key, key, false, end);
    }
    boolean escaped = false;
    end++;
    while (end < path.length && path[end] != '"') {
      boolean backslash = path[end] == '\\';
      escaped |= backslash;
      end += backslash && end + 1 < path.length ? 2 : 1;
    }
    if (end >= path.length) {
      throw badPath(shown);
    }
    byte[] key = Arrays.copyOfRange(path, from + 1, end);
    return new Label(key, escaped ? unescaped(key, 0, key.length) : key, escaped, end + 1);
  }

  private int member(int root, int from) {
    Label name = labelAt(from);
    if (Jsonb.type(document.bytes, root) != Jsonb.OBJECT) {
      return NOT_FOUND;
    }
    int end = Jsonb.end(document.bytes, root, document.length);
    int at = Jsonb.payload(document.bytes, root, end);
    while (at < end) {
      int memberValue = Jsonb.end(document.bytes, at, end);
      boolean found = isLabel(at, memberValue, name.plain());
      int memberEnd = Jsonb.end(document.bytes, memberValue, end);
      if (found) {
        return adjusted(root, step(memberValue, name.next(), at));
      }
      at = memberEnd;
    }
    return insertAt(at, root, from - 1);
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
    int close = closingBracket(from);
    long index = index(from, close, root);
    int end = Jsonb.end(document.bytes, root, document.length);
    int at = Jsonb.payload(document.bytes, root, end);
    if (index < 0) {
      return NOT_FOUND;
    }
    for (long left = index; at < end; left--) {
      int elementEnd = Jsonb.end(document.bytes, at, end);
      if (left == 0) {
        if (edit == Edit.ARRAY_INSERT && close + 1 == path.length) {
          splice(at, 0, value);
          return adjusted(root, at);
        }
        return adjusted(root, step(at, close + 1, 0));
      }
      at = elementEnd;
    }
    return index == arrayLength(document, root) ? insertAt(at, root, from - 1) : NOT_FOUND;
  }

  /** Where the bracket closes around {@code N}, {@code #} or {@code #-N}. */
  private int closingBracket(int from) {
    int at = from;
    if (at(from) == '#') {
      at = from + 1;
      if (at(at) == '-' && JsonTextParser.isDigit(at(at + 1))) {
        at = endOfDigits(at + 1);
      }
    } else {
      at = endOfDigits(from);
      if (at == from) {
        throw badPath(shown);
      }
    }
    if (at(at) != ']') {
      throw badPath(shown);
    }
    return at;
  }

  /** The index between brackets, negative if it counts back beyond the first element. */
  private long index(int from, int close, int root) {
    if (path[from] != '#') {
      return number(from, close);
    }
    int length = root < 0 ? 0 : arrayLength(document, root);
    return close == from + 1 ? length : length - number(from + 2, close);
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

  /** Adds what the path from here on asks for at the end of a container, if it is to be made. */
  private int insertAt(int at, int container, int from) {
    boolean creates = edit == Edit.INSERT || edit == Edit.SET || edit == Edit.ARRAY_INSERT;
    JsonBytes created = creates ? create(from) : null;
    if (created == null) {
      return NOT_FOUND;
    }
    splice(at, 0, created);
    return adjusted(container, at);
  }

  /**
   * The value inside new arrays and objects along the rest of the path, as a member or element to
   * be
   * put into a container; null if that cannot be.
   */
  private @Nullable JsonBytes create(int from) {
    List<@Nullable Label> steps = new ArrayList<>();
    int at = from;
    while (at < path.length) {
      if (path[at] == '.') {
        if (edit == Edit.ARRAY_INSERT && path[path.length - 1] != ']') {
          throw notAnElement();
        }
        Label name = labelAt(at + 1);
        steps.add(name);
        at = name.next();
      } else if (path[at] == '[') {
        int close = closingBracket(at + 1);
        if (at > from && index(at + 1, close, -1) != 0) {
          return null;
        }
        steps.add(null);
        at = close + 1;
      } else {
        throw badPath(shown);
      }
      if (steps.size() > JsonTextParser.MAXIMUM_DEPTH) {
        throw new SqlException("JSON path too deep");
      }
    }
    return nested(steps);
  }

  private JsonBytes nested(List<@Nullable Label> steps) {
    JsonBytes inner = value;
    for (int i = steps.size() - 1; i >= 0; i--) {
      Label name = steps.get(i);
      JsonBytes outer = new JsonBytes(inner.length + 16);
      int container = -1;
      if (i > 0) {
        container = outer.beginContainer(name == null ? Jsonb.ARRAY : Jsonb.OBJECT, 0);
      }
      if (name != null) {
        int type = name.escaped() ? Jsonb.TEXT5 : Jsonb.TEXTRAW;
        outer.appendElement(type, name.written(), 0, name.written().length);
      }
      outer.append(inner.bytes, 0, inner.length);
      if (container >= 0) {
        outer.endContainer(container);
      }
      inner = outer;
    }
    return inner;
  }
}
