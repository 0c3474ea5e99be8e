package dev.turso.function.json;

import dev.turso.error.SqlException;
import dev.turso.function.AggregateDefinition;
import dev.turso.function.CallContext;
import dev.turso.function.FunctionDefinition;
import dev.turso.function.FunctionTrait;
import dev.turso.function.ScalarDefinition;
import dev.turso.function.ScalarFunction;
import dev.turso.function.Signature;
import dev.turso.function.SpecialForm;
import dev.turso.value.Register;
import dev.turso.value.Tag;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * The family of JSON functions. Those whose name begins with {@code jsonb} give JSONB where the
 * others give text.
 *
 * @see <a href="https://www.sqlite.org/json1.html">JSON Functions And Operators</a>
 */
public final class JsonFunctions implements ScalarFunction {

  private static final int JSON = 0;
  private static final int ARRAY = 1;
  private static final int OBJECT = 2;
  private static final int EXTRACT = 3;
  private static final int ARROW = 4;
  private static final int DOUBLE_ARROW = 5;
  private static final int INSERT = 6;
  private static final int REPLACE = 7;
  private static final int SET = 8;
  private static final int ARRAY_INSERT = 9;
  private static final int REMOVE = 10;
  private static final int PATCH = 11;
  private static final int ARRAY_LENGTH = 12;
  private static final int TYPE = 13;
  private static final int VALID = 14;
  private static final int ERROR_POSITION = 15;
  private static final int PRETTY = 16;
  private static final int QUOTE = 17;
  private static final Set<FunctionTrait> TAKING_VALUES =
      Set.of(FunctionTrait.DETERMINISTIC, FunctionTrait.INNOCUOUS, FunctionTrait.READS_SUBTYPE);
  private static final Set<FunctionTrait> ORDERED =
      Set.of(
          FunctionTrait.DETERMINISTIC,
          FunctionTrait.INNOCUOUS,
          FunctionTrait.READS_SUBTYPE,
          FunctionTrait.ORDER_SENSITIVE);

  private final int which;
  private final String name;
  private final JsonForm form;

  private JsonFunctions(int which, String name, JsonForm form) {
    this.which = which;
    this.name = name;
    this.form = form;
  }

  /** All functions of this family, aggregates included. */
  public static List<FunctionDefinition> definitions() {
    List<FunctionDefinition> all = new ArrayList<>();
    both(all, "", 1, 1, Signature.PURE, JSON);
    both(all, "_array", 0, Signature.ANY, TAKING_VALUES, ARRAY);
    both(all, "_object", 0, Signature.ANY, TAKING_VALUES, OBJECT);
    both(all, "_extract", 0, Signature.ANY, Signature.PURE, EXTRACT);
    both(all, "_insert", 0, Signature.ANY, TAKING_VALUES, INSERT);
    both(all, "_replace", 0, Signature.ANY, TAKING_VALUES, REPLACE);
    both(all, "_set", 0, Signature.ANY, TAKING_VALUES, SET);
    both(all, "_array_insert", 0, Signature.ANY, TAKING_VALUES, ARRAY_INSERT);
    both(all, "_remove", 0, Signature.ANY, Signature.PURE, REMOVE);
    both(all, "_patch", 2, 2, Signature.PURE, PATCH);
    text(all, "->", 2, 2, Signature.PURE, ARROW);
    text(all, "->>", 2, 2, Signature.PURE, DOUBLE_ARROW);
    text(all, "json_array_length", 1, 2, Signature.PURE, ARRAY_LENGTH);
    text(all, "json_type", 1, 2, Signature.PURE, TYPE);
    text(all, "json_valid", 1, 2, Signature.PURE, VALID);
    text(all, "json_error_position", 1, 1, Signature.PURE, ERROR_POSITION);
    text(all, "json_pretty", 1, 2, Signature.PURE, PRETTY);
    text(all, "json_quote", 1, 1, TAKING_VALUES, QUOTE);
    for (JsonForm form : new JsonForm[] {JsonForm.TEXT, JsonForm.BINARY}) {
      String prefix = form == JsonForm.TEXT ? "json" : "jsonb";
      all.add(aggregate(prefix.concat("_group_array"), 1, new JsonAggregate(form, false)));
      all.add(aggregate(prefix.concat("_group_object"), 2, new JsonAggregate(form, true)));
    }
    return all;
  }

  private static void both(
      List<FunctionDefinition> all,
      String suffix,
      int fewest,
      int most,
      Set<FunctionTrait> traits,
      int which) {
    text(all, "json".concat(suffix), fewest, most, traits, which);
    String name = "jsonb".concat(suffix);
    all.add(
        new ScalarDefinition(
            new Signature(name, fewest, most, traits),
            SpecialForm.NONE,
            new JsonFunctions(which, "json".concat(suffix), JsonForm.BINARY)));
  }

  private static void text(
      List<FunctionDefinition> all,
      String name,
      int fewest,
      int most,
      Set<FunctionTrait> traits,
      int which) {
    all.add(
        new ScalarDefinition(
            new Signature(name, fewest, most, traits),
            SpecialForm.NONE,
            new JsonFunctions(which, name, JsonForm.TEXT)));
  }

  private static FunctionDefinition aggregate(String name, int arguments, JsonAggregate function) {
    return new AggregateDefinition(new Signature(name, arguments, arguments, ORDERED), function);
  }

  @Override
  public void call(CallContext context, Register[] arguments, int count, Register result) {
    result.setNull();
    switch (which) {
      case JSON -> json(arguments[0], result);
      case ARRAY -> array(arguments, count, result);
      case OBJECT -> object(arguments, count, result);
      case EXTRACT -> JsonExtract.extract(arguments, count, form, result);
      case ARROW -> JsonExtract.arrow(arguments, result);
      case DOUBLE_ARROW -> JsonExtract.doubleArrow(arguments, result);
      case INSERT -> edit(arguments, count, JsonPath.Edit.INSERT, result);
      case REPLACE -> edit(arguments, count, JsonPath.Edit.REPLACE, result);
      case SET -> edit(arguments, count, JsonPath.Edit.SET, result);
      case ARRAY_INSERT -> edit(arguments, count, JsonPath.Edit.ARRAY_INSERT, result);
      case REMOVE -> remove(arguments, count, result);
      case PATCH -> patch(arguments, result);
      case ARRAY_LENGTH -> JsonExtract.arrayLength(arguments, count, result);
      case TYPE -> JsonExtract.type(arguments, count, result);
      case VALID -> JsonCheck.valid(arguments, count, result);
      case ERROR_POSITION -> JsonCheck.errorPosition(arguments[0], result);
      case PRETTY -> pretty(arguments, count, result);
      case QUOTE -> {
        JsonBytes text = new JsonBytes(32);
        JsonValues.appendText(arguments[0], text);
        text.toJsonText(result);
      }
      default -> throw new AssertionError(which);
    }
  }

  private void json(Register argument, Register result) {
    JsonBytes document = JsonValues.document(argument);
    if (document != null) {
      JsonValues.result(document, form, result);
    }
  }

  private void array(Register[] arguments, int count, Register result) {
    JsonBytes text = new JsonBytes(64);
    text.append('[');
    for (int i = 0; i < count; i++) {
      if (i > 0) {
        text.append(',');
      }
      JsonValues.appendText(arguments[i], text);
    }
    text.append(']');
    JsonValues.textResult(text, form, result);
  }

  private void object(Register[] arguments, int count, Register result) {
    if (count % 2 != 0) {
      throw new SqlException("json_object() requires an even number of arguments");
    }
    JsonBytes text = new JsonBytes(64);
    text.append('{');
    for (int i = 0; i < count; i += 2) {
      Register label = arguments[i];
      if (label.tag != Tag.TEXT) {
        throw new SqlException("json_object() labels must be TEXT");
      }
      if (i > 0) {
        text.append(',');
      }
      JsonStrings.appendQuoted(label.ref, label.offset(), label.length(), text);
      text.append(':');
      JsonValues.appendText(arguments[i + 1], text);
    }
    text.append('}');
    JsonValues.textResult(text, form, result);
  }

  private void edit(Register[] arguments, int count, JsonPath.Edit edit, Register result) {
    if (count == 0) {
      return;
    }
    if (count % 2 == 0) {
      throw new SqlException(name + "() needs an odd number of arguments");
    }
    JsonBytes document = JsonValues.document(arguments[0]);
    if (document == null) {
      return;
    }
    for (int i = 1; i < count; i += 2) {
      if (!arguments[i].isNull()) {
        byte[] path = JsonPath.bytes(arguments[i]);
        if (path.length == 0 || path[0] != '$') {
          throw JsonPath.badPath(path);
        }
        JsonBytes value = JsonValues.element(arguments[i + 1]);
        if (path.length > 1 || edit != JsonPath.Edit.ARRAY_INSERT) {
          JsonPath.edit(path, document, edit, value);
        }
      }
    }
    JsonValues.result(document, form, result);
  }

  private void remove(Register[] arguments, int count, Register result) {
    if (count == 0) {
      return;
    }
    JsonBytes document = JsonValues.document(arguments[0]);
    if (document == null) {
      return;
    }
    for (int i = 1; i < count; i++) {
      if (arguments[i].isNull()) {
        return;
      }
      byte[] path = JsonPath.bytes(arguments[i]);
      if (path.length == 1 && path[0] == '$') {
        return;
      }
      JsonPath.edit(path, document, JsonPath.Edit.DELETE, document);
    }
    JsonValues.result(document, form, result);
  }

  private void patch(Register[] arguments, Register result) {
    JsonBytes target = JsonValues.document(arguments[0]);
    if (target == null) {
      return;
    }
    JsonBytes patch = JsonValues.document(arguments[1]);
    if (patch != null) {
      JsonValues.result(JsonPatch.merge(target, patch), form, result);
    }
  }

  private static void pretty(Register[] arguments, int count, Register result) {
    JsonBytes document = JsonValues.document(arguments[0]);
    if (document == null) {
      return;
    }
    boolean isGiven = count == 2 && !arguments[1].isNull();
    byte[] indent = isGiven ? JsonPath.bytes(arguments[1]) : new byte[] {' ', ' ', ' ', ' '};
    JsonBytes text = new JsonBytes(document.length * 2);
    new JsonTextWriter(document.bytes, document.length, text, indent).element(0);
    result.setText(text.bytes, 0, text.length);
  }
}
