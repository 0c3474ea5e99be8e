package dev.turso.function.text;

import dev.turso.format.TextEncoding;
import dev.turso.function.CallContext;
import dev.turso.function.FunctionTrait;
import dev.turso.function.ScalarDefinition;
import dev.turso.function.ScalarFunction;
import dev.turso.function.Signature;
import dev.turso.function.SpecialForm;
import dev.turso.value.Register;
import dev.turso.value.Tag;
import java.util.Set;

/**
 * Texts as the bytes that a database of another encoding than UTF-8 stores for them, and back. The
 * binder puts these where SQL takes a text for bytes: CAST, hex and octet_length.
 */
public final class StoredForm implements ScalarFunction {

  private final TextEncoding encoding;
  private final Direction direction;

  private enum Direction {
    ENCODE,
    ENCODE_TEXTS,
    DECODE
  }

  private StoredForm(TextEncoding encoding, Direction direction) {
    this.encoding = encoding;
    this.direction = direction;
  }

  /** Makes a blob of a text or number; blobs and NULL stay. */
  public static ScalarDefinition encoder(TextEncoding encoding) {
    return define("stored_bytes", new StoredForm(encoding, Direction.ENCODE));
  }

  /** Makes a blob of a text; other values stay. */
  public static ScalarDefinition textEncoder(TextEncoding encoding) {
    return define("stored_texts", new StoredForm(encoding, Direction.ENCODE_TEXTS));
  }

  /** Makes a text of a blob; other values stay. */
  public static ScalarDefinition decoder(TextEncoding encoding) {
    return define("stored_text", new StoredForm(encoding, Direction.DECODE));
  }

  private static ScalarDefinition define(String name, StoredForm function) {
    Set<FunctionTrait> pure = Set.of(FunctionTrait.DETERMINISTIC, FunctionTrait.INNOCUOUS);
    return new ScalarDefinition(new Signature(name, 1, 1, pure), SpecialForm.NONE, function);
  }

  @Override
  public void call(CallContext context, Register[] arguments, int count, Register result) {
    Register value = arguments[0];
    if (value.isNull() || !isConverted(value.tag)) {
      result.copyFrom(value);
      return;
    }
    value.textify();
    if (direction == Direction.DECODE) {
      result.setText(encoding.toUtf8(value.ref, value.offset(), value.length()));
    } else {
      result.setBlob(encoding.fromUtf8(value.ref, value.offset(), value.length()));
    }
  }

  private boolean isConverted(int tag) {
    return switch (direction) {
      case ENCODE -> tag != Tag.BLOB;
      case ENCODE_TEXTS -> tag == Tag.TEXT;
      case DECODE -> tag == Tag.BLOB;
    };
  }
}
