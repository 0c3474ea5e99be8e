package dev.turso.cli.mcp;

/** A tool cannot do what it was asked: the client's model reads why. */
final class ToolFailure extends RuntimeException {

  private static final long serialVersionUID = 1L;

  ToolFailure(String message) {
    super(message, null, false, false);
  }
}
