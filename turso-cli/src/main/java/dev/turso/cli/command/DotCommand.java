package dev.turso.cli.command;

import dev.turso.cli.shell.Outcome;
import dev.turso.cli.shell.Shell;
import java.util.List;

/**
 * A command of the shell.
 *
 * @param name without its dot
 * @param shortest how many letters of the name are enough
 * @param usage the arguments, for the help
 * @param summary what it does, a line
 * @param takesSql whether what follows the name is one argument, as it was typed
 * @param body what runs
 */
record DotCommand(
    String name, int shortest, String usage, String summary, boolean takesSql, Body body) {

  /** What a command does. The arguments begin with the command's name as it was given. */
  interface Body {
    Outcome run(Shell shell, List<String> arguments);
  }

  boolean answersTo(String word) {
    return word.length() >= shortest && name.startsWith(word);
  }
}
