package dev.turso.spring.live;

/** So many live queries are open that no other may be; to a client, "too many requests". */
public final class LiveQueryLimitException extends IllegalStateException {

  private static final long serialVersionUID = 1;

  public LiveQueryLimitException(String message) {
    super(message);
  }
}
