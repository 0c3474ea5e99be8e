package dev.turso.function.crypto;

import dev.turso.error.SqlException;
import dev.turso.function.CallContext;
import dev.turso.function.FunctionDefinition;
import dev.turso.function.ScalarDefinition;
import dev.turso.function.ScalarFunction;
import dev.turso.value.Register;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * crypto_md5, crypto_sha1, crypto_sha256, crypto_sha384, crypto_sha512 (blobs of the bytes of X);
 * {@code crypto_encode(X, F)} and {@code crypto_decode(X, F)} with F one of hex, base32, base64,
 * base85, url. NULL gives NULL.
 */
public final class CryptoFunctions implements ScalarFunction {

  private static final String ENCODE = "encode";
  private static final String DECODE = "decode";

  /** The algorithm, as the JDK names it, or one of the two words above. */
  private final String what;

  private CryptoFunctions(String what) {
    this.what = what;
  }

  public static List<FunctionDefinition> definitions() {
    List<FunctionDefinition> all = new ArrayList<>();
    all.add(define("crypto_md5", 1, "MD5"));
    all.add(define("crypto_sha1", 1, "SHA-1"));
    all.add(define("crypto_sha256", 1, "SHA-256"));
    all.add(define("crypto_sha384", 1, "SHA-384"));
    all.add(define("crypto_sha512", 1, "SHA-512"));
    all.add(define("crypto_encode", 2, ENCODE));
    all.add(define("crypto_decode", 2, DECODE));
    return all;
  }

  private static FunctionDefinition define(String name, int arity, String what) {
    return ScalarDefinition.pure(name, arity, arity, new CryptoFunctions(what));
  }

  @Override
  public void call(CallContext context, Register[] arguments, int count, Register result) {
    if (arguments[0].isNull() || count == 2 && arguments[1].isNull()) {
      result.setNull();
      return;
    }
    byte[] bytes = arguments[0].asBytes();
    switch (what) {
      case ENCODE -> result.setText(Encodings.encode(bytes, format(arguments[1])));
      case DECODE -> {
        byte[] decoded = Encodings.decode(bytes, format(arguments[1]));
        if (decoded == null) {
          throw new SqlException("invalid input string");
        }
        result.setBlob(decoded);
      }
      default -> result.setBlob(digest(bytes));
    }
  }

  private static String format(Register argument) {
    return argument.asString().toLowerCase(Locale.ROOT);
  }

  private byte[] digest(byte[] bytes) {
    try {
      return MessageDigest.getInstance(what).digest(bytes);
    } catch (NoSuchAlgorithmException e) {
      throw SqlException.unsupported("the digest " + what);
    }
  }
}
