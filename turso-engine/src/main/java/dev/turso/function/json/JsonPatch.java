package dev.turso.function.json;

import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The merge of RFC 7396: members of the patch replace those of the target, null removes, objects
 * merge. Labels are compared as the texts they stand for; members keep their order, and of several
 * with one label the first is meant.
 */
final class JsonPatch {

  private JsonPatch() {}

  /** The target with the patch applied. */
  static JsonBytes merge(JsonBytes target, JsonBytes patch) {
    return merge(target, 0, patch, 0);
  }

  private static JsonBytes merge(
      @Nullable JsonBytes target, int targetAt, JsonBytes patch, int patchAt) {
    JsonBytes out = new JsonBytes(64);
    int replaced = target == null ? 0 : Jsonb.end(target.bytes, targetAt, target.length) - targetAt;
    if (Jsonb.type(patch.bytes, patchAt) != Jsonb.OBJECT) {
      int end = Jsonb.end(patch.bytes, patchAt, patch.length);
      out.append(patch.bytes, patchAt, end - patchAt);
      return Jsonb.stretched(out, replaced);
    }
    Members members = new Members();
    if (target != null && Jsonb.type(target.bytes, targetAt) == Jsonb.OBJECT) {
      members.addAll(target, targetAt);
    }
    Members changes = new Members();
    changes.addAll(patch, patchAt);
    for (Member change : changes.inOrder) {
      members.apply(change);
    }
    int container = out.beginContainer(Jsonb.OBJECT, 0);
    for (Member member : members.inOrder) {
      member.appendTo(out);
    }
    out.endContainer(container);
    return out;
  }

  /** A member of an object: its label's bytes in one place, its value's perhaps in another. */
  private static final class Member {
    final String key;
    final JsonBytes labelSource;
    final int label;
    final int labelEnd;
    JsonBytes valueSource;
    int value;
    int valueEnd;
    boolean removed;

    Member(JsonBytes source, String key, int label, int value, int valueEnd) {
      this.key = key;
      this.labelSource = source;
      this.label = label;
      this.labelEnd = value;
      this.valueSource = source;
      this.value = value;
      this.valueEnd = valueEnd;
    }

    void replaceValue(JsonBytes newValue) {
      valueSource = newValue;
      value = 0;
      valueEnd = newValue.length;
    }

    void appendTo(JsonBytes out) {
      if (!removed) {
        out.append(labelSource.bytes, label, labelEnd - label);
        out.append(valueSource.bytes, value, valueEnd - value);
      }
    }
  }

  /** The members of one object, in order and by label. */
  private static final class Members {
    final List<Member> inOrder = new ArrayList<>();
    private final Map<String, ArrayDeque<Member>> byKey = new HashMap<>();

    void addAll(JsonBytes source, int object) {
      byte[] bytes = source.bytes;
      int end = Jsonb.end(bytes, object, source.length);
      int label = Jsonb.payload(bytes, object, end);
      while (label < end) {
        int value = Jsonb.end(bytes, label, end);
        int next = Jsonb.end(bytes, value, end);
        add(new Member(source, key(bytes, label, value), label, value, next));
        label = next;
      }
    }

    private static String key(byte[] bytes, int label, int end) {
      int type = Jsonb.type(bytes, label);
      if (!Jsonb.isText(type)) {
        throw Jsonb.malformed();
      }
      int payload = Jsonb.payload(bytes, label, end);
      if (type == Jsonb.TEXT || type == Jsonb.TEXTRAW) {
        return new String(bytes, payload, end - payload, StandardCharsets.ISO_8859_1);
      }
      byte[] unescaped = JsonPath.unescaped(bytes, payload, end - payload);
      return new String(unescaped, StandardCharsets.ISO_8859_1);
    }

    private void add(Member member) {
      inOrder.add(member);
      byKey.computeIfAbsent(member.key, k -> new ArrayDeque<>(1)).add(member);
    }

    void apply(Member change) {
      ArrayDeque<Member> same = byKey.get(change.key);
      Member old = same == null ? null : same.peekFirst();
      boolean remove = Jsonb.type(change.valueSource.bytes, change.value) == Jsonb.NULL;
      if (remove) {
        if (same != null && old != null) {
          old.removed = true;
          same.removeFirst();
        }
        return;
      }
      if (old != null) {
        old.replaceValue(merge(old.valueSource, old.value, change.valueSource, change.value));
      } else {
        change.replaceValue(merge(null, 0, change.valueSource, change.value));
        add(change);
      }
    }
  }
}
