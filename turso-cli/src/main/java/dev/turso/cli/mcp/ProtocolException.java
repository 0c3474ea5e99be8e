package dev.turso.cli.mcp;

/** A request that gets a JSON-RPC error instead of a result. */
final class ProtocolException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final int code;

  ProtocolException(int code, String message) {
    super(message, null, false, false);
    this.code = code;
  }

  int code() {
    return code;
  }
}
