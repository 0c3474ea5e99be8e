package dev.turso.cli.shell;

import dev.turso.cli.function.ShellFunctions;
import dev.turso.sql.token.Token;
import dev.turso.sql.token.Tokenizer;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * {@code -safe}: nothing may reach beyond the database that was named. What tries ends the program,
 * unless {@code .nonce} with the secret of {@code -nonce} stands before it.
 */
public final class SafeMode {

  private static final Set<String> COMMANDS =
      Set.of(
          "archive", "backup", "cd", "clone", "excel", "export", "import", "load", "log", "manual",
          "once", "output", "read", "restore", "save", "shell", "system", "www");

  private boolean on;
  private boolean lifted;
  private @Nullable String nonce;

  SafeMode() {}

  public void on(boolean value) {
    on = value;
  }

  public void nonce(String value) {
    nonce = value;
  }

  /** Lets one input do what it likes; false if the secret is another. */
  public boolean lift(String given) {
    lifted = given.equals(nonce);
    return lifted;
  }

  /** Whether inputs are refused now. */
  public boolean isActive() {
    return on && !lifted;
  }

  /** After an input: the next one is refused again. */
  public void restore() {
    lifted = false;
  }

  /** Why a command may not run, or null. */
  public @Nullable String refusal(String command, boolean opensFile) {
    if (!isActive()) {
      return null;
    }
    if (opensFile) {
      return "cannot open disk-based database files in safe mode";
    }
    return COMMANDS.contains(command) ? "cannot run ." + command + " in safe mode" : null;
  }

  /** Why statements may not run, or null. */
  @Nullable String refusal(String sql) {
    if (!isActive()) {
      return null;
    }
    Tokenizer tokenizer = new Tokenizer(sql, 0);
    boolean first = true;
    boolean vacuum = false;
    String name = "";
    for (Token token = tokenizer.next();
        token != Token.END_OF_INPUT && token != Token.ILLEGAL;
        token = tokenizer.next()) {
      if (token == Token.ATTACH && first || token == Token.INTO && vacuum) {
        return "cannot run ATTACH in safe mode";
      }
      if (token == Token.LEFT_PAREN && ShellFunctions.UNSAFE.contains(name)) {
        return "cannot use the " + name + "() function in safe mode";
      }
      vacuum = token == Token.VACUUM && first || vacuum && token != Token.SEMICOLON;
      name = word(sql.substring(tokenizer.start(), tokenizer.end()));
      first =
          token == Token.SEMICOLON
              || first && (token == Token.EXPLAIN || token == Token.QUERY || token == Token.PLAN);
    }
    return null;
  }

  /** A name without quotes, in lower case. */
  private static String word(String text) {
    boolean quoted = text.length() > 2 && "\"`['".indexOf(text.charAt(0)) >= 0;
    String bare = quoted ? text.substring(1, text.length() - 1) : text;
    return bare.toLowerCase(Locale.ROOT);
  }
}
