package dev.turso.function.json;

import dev.turso.error.SqlException;
import dev.turso.value.Register;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The rows of json_each (the children of an element) and json_tree (an element and everything in
 * it,
 * in the order of the text). Used by one thread.
 */
public final class JsonRows {

  /** A container that the current element is in. */
  private static final class Parent {
    final int at;
    final int element;
    final int end;
    final int pathLength;
    long index = -1;

    Parent(int at, int element, int end, int pathLength) {
      this.at = at;
      this.element = element;
      this.end = end;
      this.pathLength = pathLength;
    }
  }

  private final boolean tree;
  private final JsonForm form;
  private final @Nullable JsonBytes document;
  private final byte[] root;
  private final JsonBytes path = new JsonBytes(64);
  private final List<Parent> parents = new ArrayList<>();
  private int at;
  private int begin;
  private int end;

  /** Type of the container that the element at {@code at} is a member of, 0 if it is the root. */
  private int containerType;

  private long row = -1;

  private JsonRows(boolean tree, JsonForm form, @Nullable JsonBytes document, byte[] root) {
    this.tree = tree;
    this.form = form;
    this.document = document;
    this.root = root;
  }

  /** The children of the element that the path leads to; all if there is no path. */
  public static JsonRows each(Register json, @Nullable Register path, boolean binary) {
    return open(false, json, path, binary);
  }

  /** The element that the path leads to and everything in it. */
  public static JsonRows tree(Register json, @Nullable Register path, boolean binary) {
    return open(true, json, path, binary);
  }

  private static JsonRows open(
      boolean tree, Register json, @Nullable Register path, boolean binary) {
    boolean none = path != null && path.isNull();
    JsonBytes document = JsonValues.document(json);
    byte[] root = path == null || none ? new byte[] {'$'} : JsonPath.bytes(path);
    JsonForm form = binary ? JsonForm.BINARY : JsonForm.TEXT;
    JsonRows rows = new JsonRows(tree, form, none ? null : document, root);
    rows.begin();
    return rows;
  }

  private void begin() {
    if (document == null) {
      return;
    }
    JsonPath lookup = JsonPath.lookup(root, document);
    int found = lookup.find();
    if (found == JsonPath.NOT_FOUND) {
      return;
    }
    path.append(root, 0, root.length);
    at = found;
    if (root.length > 1) {
      containerType = Jsonb.ARRAY;
      if (lookup.label() > 0) {
        at = lookup.label();
        containerType = Jsonb.OBJECT;
      }
    }
    begin = at;
    end = Jsonb.end(document.bytes, found, document.length);
    int type = Jsonb.type(document.bytes, found);
    if (type >= Jsonb.ARRAY && !tree) {
      parents.add(new Parent(found, found, end, path.length));
      at = Jsonb.payload(document.bytes, found, end);
      containerType = type;
      countElement();
    }
  }

  /** Moves to the next row, at first to the first; false after the last. */
  public boolean next() {
    if (document == null) {
      return false;
    }
    if (++row > 0) {
      advance(document);
    }
    return at < end;
  }

  private void advance(JsonBytes json) {
    int element = element(json);
    int elementEnd = Jsonb.end(json.bytes, element, json.length);
    if (!tree) {
      at = elementEnd;
    } else if (Jsonb.type(json.bytes, element) >= Jsonb.ARRAY) {
      int pathLength = path.length;
      if (!parents.isEmpty()) {
        appendStep(json);
      }
      parents.add(new Parent(at, element, elementEnd, pathLength));
      at = Jsonb.payload(json.bytes, element, elementEnd);
      leaveFinished(json);
    } else {
      at = elementEnd;
      leaveFinished(json);
    }
    countElement();
  }

  private void leaveFinished(JsonBytes json) {
    while (!parents.isEmpty() && at >= parents.getLast().end) {
      path.length = parents.removeLast().pathLength;
    }
    containerType = parents.isEmpty() ? 0 : Jsonb.type(json.bytes, parents.getLast().element);
  }

  private void countElement() {
    if (containerType == Jsonb.ARRAY && !parents.isEmpty()) {
      parents.getLast().index++;
    }
  }

  /**
   * Offset of the current element's value, behind its label; a last label without value is its
   * own.
   */
  private int element(JsonBytes json) {
    if (containerType != Jsonb.OBJECT) {
      return at;
    }
    int value = Jsonb.end(json.bytes, at, json.length);
    return value < json.length ? value : at;
  }

  private JsonBytes current() {
    assert document != null;
    return document;
  }

  /** The number of the row, from 0. */
  public long row() {
    return row;
  }

  /** Label or index; NULL for the root. */
  public void key(Register result) {
    result.setNull();
    if (parents.isEmpty()) {
      rootKey(result);
    } else if (containerType == Jsonb.OBJECT) {
      JsonValues.toSql(current(), at, JsonForm.PLAIN_TEXT, result);
    } else {
      result.setInteger(parents.getLast().index);
    }
  }

  private void rootKey(Register result) {
    int from = parentPathLength();
    if (root.length == 1 || from == root.length) {
      return;
    }
    String step = new String(root, from, root.length - from, StandardCharsets.UTF_8);
    if (step.charAt(0) == '[') {
      JsonBytes digits = new JsonBytes(16);
      digits.append(root, from + 1, root.length - from - 1);
      Register text = new Register();
      text.setText(digits.bytes, 0, digits.length);
      result.setInteger(text.asLong());
    } else if (step.length() > 2 && step.charAt(1) == '"') {
      result.setText(step.substring(2, step.length() - 1));
    } else {
      result.setText(step.substring(1));
    }
  }

  public void value(Register result) {
    JsonValues.toSql(current(), element(current()), form, result);
  }

  public void type(Register result) {
    result.setText(Jsonb.typeName(elementType()));
  }

  private int elementType() {
    return Jsonb.type(current().bytes, element(current()));
  }

  /** The value of anything but arrays and objects. */
  public void atom(Register result) {
    result.setNull();
    if (elementType() < Jsonb.ARRAY) {
      value(result);
    }
  }

  /** Where the element is in its JSONB: a number that no other element has. */
  public void id(Register result) {
    result.setInteger(at);
  }

  /** The id of the container; NULL for json_each. */
  public void parent(Register result) {
    result.setNull();
    if (tree && !parents.isEmpty()) {
      result.setInteger(parents.getLast().at);
    }
  }

  /** The path of the element. */
  public void fullKey(Register result) {
    int length = path.length;
    if (!parents.isEmpty()) {
      appendStep(current());
    }
    copyOfPath(path.length, result);
    path.length = length;
  }

  /** The path of the container. */
  public void path(Register result) {
    copyOfPath(parentPathLength(), result);
  }

  private void copyOfPath(int length, Register result) {
    JsonBytes copy = new JsonBytes(length);
    copy.append(path.bytes, 0, length);
    result.setText(copy.bytes, 0, length);
  }

  /** For the first row of a tree that begins below the root, the path of what it is in. */
  private int parentPathLength() {
    if (row > 0 || !tree) {
      return path.length;
    }
    JsonBytes json = current();
    for (int n = path.length - 1; n > 0; n--) {
      if ((path.bytes[n] == '[' || path.bytes[n] == '.') && leadsToParent(json, n)) {
        return n;
      }
    }
    return Math.min(path.length, 1);
  }

  private boolean leadsToParent(JsonBytes json, int length) {
    byte[] shorter = Arrays.copyOf(path.bytes, length);
    try {
      int found = JsonPath.lookup(shorter, json).find();
      return found != JsonPath.NOT_FOUND && Jsonb.payload(json.bytes, found, json.length) == begin;
    } catch (SqlException notAPath) {
      return false;
    }
  }

  private void appendStep(JsonBytes json) {
    if (containerType == Jsonb.ARRAY) {
      path.append('[');
      path.append(Long.toString(parents.getLast().index));
      path.append(']');
      return;
    }
    int labelEnd = Jsonb.end(json.bytes, at, json.length);
    int payload = Jsonb.payload(json.bytes, at, labelEnd);
    boolean plain = isPlainLabel(json.bytes, payload, labelEnd);
    path.append(plain ? "." : ".\"");
    path.append(json.bytes, payload, labelEnd - payload);
    if (!plain) {
      path.append('"');
    }
  }

  private static boolean isPlainLabel(byte[] bytes, int from, int end) {
    if (from == end || JsonTextParser.isDigit(bytes[from])) {
      return false;
    }
    for (int i = from; i < end; i++) {
      if (!JsonTextParser.isAlphanumeric(bytes[i])) {
        return false;
      }
    }
    return true;
  }
}
