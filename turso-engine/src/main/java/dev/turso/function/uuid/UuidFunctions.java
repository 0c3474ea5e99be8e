package dev.turso.function.uuid;

import dev.turso.function.CallContext;
import dev.turso.function.FunctionDefinition;
import dev.turso.function.FunctionTrait;
import dev.turso.function.ScalarDefinition;
import dev.turso.function.ScalarFunction;
import dev.turso.function.Signature;
import dev.turso.function.SpecialForm;
import dev.turso.value.Register;
import dev.turso.value.Tag;
import dev.turso.value.TextBuilder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * uuid4, uuid4_str (gen_random_uuid), uuid7, uuid7_timestamp_ms, uuid_str and uuid_blob.
 *
 * <p>A UUID is given as its 16 bytes or as its text; what is neither gives NULL.
 */
public final class UuidFunctions implements ScalarFunction {

  private static final int UUID4 = 0;
  private static final int UUID4_TEXT = 1;
  private static final int UUID7 = 2;
  private static final int UUID7_TIMESTAMP = 3;
  private static final int TO_TEXT = 4;
  private static final int TO_BLOB = 5;

  private static final int SIZE = 16;
  private static final int TEXT_SIZE = 36;
  private static final Set<FunctionTrait> HARMLESS = Set.of(FunctionTrait.INNOCUOUS);

  private final int which;

  private UuidFunctions(int which) {
    this.which = which;
  }

  public static List<FunctionDefinition> definitions() {
    List<FunctionDefinition> all = new ArrayList<>();
    all.add(define("uuid4", 0, 0, HARMLESS, UUID4));
    all.add(define("uuid4_str", 0, 0, HARMLESS, UUID4_TEXT));
    all.add(define("gen_random_uuid", 0, 0, HARMLESS, UUID4_TEXT));
    all.add(define("uuid7", 0, 1, HARMLESS, UUID7));
    all.add(define("uuid7_timestamp_ms", 1, 1, Signature.PURE, UUID7_TIMESTAMP));
    all.add(define("uuid_str", 1, 1, Signature.PURE, TO_TEXT));
    all.add(define("uuid_blob", 1, 1, Signature.PURE, TO_BLOB));
    return all;
  }

  private static FunctionDefinition define(
      String name, int fewest, int most, Set<FunctionTrait> traits, int which) {
    return new ScalarDefinition(
        new Signature(name, fewest, most, traits), SpecialForm.NONE, new UuidFunctions(which));
  }

  @Override
  public void call(CallContext context, Register[] arguments, int count, Register result) {
    switch (which) {
      case UUID4 -> result.setBlob(random(context, 4));
      case UUID4_TEXT -> text(random(context, 4), result);
      case UUID7 -> version7(context, arguments, count, result);
      default -> {
        byte[] uuid = read(arguments[0]);
        if (uuid == null) {
          result.setNull();
        } else if (which == TO_TEXT) {
          text(uuid, result);
        } else if (which == TO_BLOB) {
          result.setBlob(uuid);
        } else {
          result.setInteger(timestamp(uuid));
        }
      }
    }
  }

  private static byte[] random(CallContext context, int version) {
    byte[] uuid = new byte[SIZE];
    context.environment().randomBytes(uuid);
    uuid[6] = (byte) (uuid[6] & 0x0f | version << 4);
    uuid[8] = (byte) (uuid[8] & 0x3f | 0x80);
    return uuid;
  }

  /** Milliseconds since 1970 in 48 bits, then chance. */
  private static void version7(
      CallContext context, Register[] arguments, int count, Register result) {
    long millis = context.environment().currentTimeMillis();
    if (count == 1) {
      if (arguments[0].isNull()) {
        result.setNull();
        return;
      }
      millis = arguments[0].asLong() * 1000;
    }
    byte[] uuid = random(context, 7);
    for (int i = 0; i < 6; i++) {
      uuid[i] = (byte) (millis >> 40 - 8 * i);
    }
    result.setBlob(uuid);
  }

  private static long timestamp(byte[] uuid) {
    long millis = 0;
    for (int i = 0; i < 6; i++) {
      millis = millis << 8 | uuid[i] & 0xff;
    }
    return millis;
  }

  private static byte @Nullable [] read(Register value) {
    if (value.tag == Tag.BLOB && value.length() == SIZE) {
      return Arrays.copyOfRange(value.ref, value.offset(), value.offset() + SIZE);
    }
    return value.tag == Tag.TEXT ? parse(value) : null;
  }

  /** 32 hexadecimal digits, with the four hyphens or without. */
  private static byte @Nullable [] parse(Register text) {
    int length = text.length();
    if (length != TEXT_SIZE && length != 2 * SIZE) {
      return null;
    }
    byte[] uuid = new byte[SIZE];
    int digits = 0;
    for (int i = 0; i < length; i++) {
      byte b = text.ref[text.offset() + i];
      if (length == TEXT_SIZE && (i == 8 || i == 13 || i == 18 || i == 23)) {
        if (b != '-') {
          return null;
        }
        continue;
      }
      int digit = Character.digit(b, 16);
      if (digit < 0) {
        return null;
      }
      uuid[digits / 2] = (byte) (uuid[digits / 2] << 4 | digit);
      digits++;
    }
    return uuid;
  }

  private static void text(byte[] uuid, Register result) {
    TextBuilder text = new TextBuilder(TEXT_SIZE);
    for (int i = 0; i < SIZE; i++) {
      if (i == 4 || i == 6 || i == 8 || i == 10) {
        text.append('-');
      }
      text.append(Character.forDigit(uuid[i] >> 4 & 0xf, 16));
      text.append(Character.forDigit(uuid[i] & 0xf, 16));
    }
    text.moveTo(result);
  }
}
