package dev.turso.function.json;

import dev.turso.error.SqlException;
import dev.turso.format.RecordReader;
import dev.turso.function.CallContext;
import dev.turso.function.FunctionDefinition;
import dev.turso.function.FunctionTrait;
import dev.turso.function.ScalarDefinition;
import dev.turso.function.ScalarFunction;
import dev.turso.function.Signature;
import dev.turso.function.SpecialForm;
import dev.turso.value.Register;
import dev.turso.value.Tag;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;

/**
 * table_columns_json_array and bin_record_json_object: stored records, such as those of a change log,
 * as JSON.
 *
 * <p>Their names, arguments and messages are Turso's.
 */
public final class RecordJsonFunctions {

  private RecordJsonFunctions() {}

  public static List<FunctionDefinition> definitions() {
    return List.of(
        define("table_columns_json_array", 1, Set.of(), RecordJsonFunctions::columns),
        define(
            "bin_record_json_object",
            2,
            Set.of(FunctionTrait.DETERMINISTIC, FunctionTrait.INNOCUOUS),
            RecordJsonFunctions::object));
  }

  private static FunctionDefinition define(
      String name, int arguments, Set<FunctionTrait> traits, ScalarFunction function) {
    return new ScalarDefinition(
        new Signature(name, arguments, arguments, traits), SpecialForm.NONE, function);
  }

  private static void columns(
      CallContext context, Register[] arguments, int count, Register result) {
    if (arguments[0].tag != Tag.TEXT) {
      throw new SqlException("table_columns_json_array: function argument must be of type TEXT");
    }
    String table = arguments[0].asString();
    List<String> names = context.environment().columnsOf(table);
    if (names == null) {
      throw new SqlException("table_columns_json_array: table " + table + " doesn't exists");
    }
    JsonBytes out = new JsonBytes(names.size() * 12 + 2);
    out.append('[');
    for (int i = 0; i < names.size(); i++) {
      if (i > 0) {
        out.append(',');
      }
      byte[] name = names.get(i).getBytes(StandardCharsets.UTF_8);
      JsonStrings.appendQuoted(name, 0, name.length, out);
    }
    out.append(']');
    result.setText(out.bytes, 0, out.length);
    result.subtype = Jsonb.SUBTYPE;
  }

  private static void object(
      CallContext context, Register[] arguments, int count, Register result) {
    if (arguments[0].tag != Tag.TEXT
        || arguments[1].tag != Tag.NULL && arguments[1].tag != Tag.BLOB) {
      throw new SqlException(
          "bin_record_json_object: function arguments must be of type TEXT and BLOB correspondingly");
    }
    if (arguments[1].isNull()) {
      result.setNull();
      return;
    }
    JsonBytes names = JsonValues.document(arguments[0]);
    if (names == null || Jsonb.type(names.bytes, 0) != Jsonb.ARRAY) {
      throw new SqlException("bin_record_json_object: columns must be a JSON array of names");
    }
    RecordReader record = new RecordReader();
    record.reset(arguments[1].ref, arguments[1].offset(), arguments[1].length());
    JsonBytes out = new JsonBytes(names.length + arguments[1].length() + 16);
    write(names, record, out);
    result.setText(out.bytes, 0, out.length);
    result.subtype = Jsonb.SUBTYPE;
  }

  private static void write(JsonBytes names, RecordReader record, JsonBytes out) {
    Register value = new Register();
    JsonTextWriter name = new JsonTextWriter(names.bytes, names.length, out, null);
    int at = Jsonb.headerSize(names.bytes, 0);
    out.append('{');
    for (int i = 0; at < names.length; i++) {
      if (!Jsonb.isText(Jsonb.type(names.bytes, at))) {
        throw new SqlException("bin_record_json_object: columns must be a JSON array of names");
      }
      if (i > 0) {
        out.append(',');
      }
      at = name.element(at);
      out.append(':');
      int tag = record.load(i);
      if (tag == RecordReader.ABSENT) {
        throw new SqlException(
            "bin_record_json_object: binary record has fewer columns than names");
      }
      if (tag == Tag.BLOB) {
        throw new SqlException(
            "bin_record_json_object: formatting of BLOB values stored in binary record is not"
                + " supported");
      }
      value.set(tag, record.bits(), record.ref());
      JsonValues.appendText(value, out);
    }
    out.append('}');
  }
}
