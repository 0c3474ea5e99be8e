package dev.turso.cli;

import java.util.List;
import java.util.function.Consumer;

/**
 * An option of the program.
 *
 * @param names with one dash; two are as good
 * @param values how many arguments follow it
 * @param label what the argument is, for the help
 * @param help a line, empty for an option that the help leaves out
 * @param action takes the first argument, or the empty text
 */
record ProgramOption(
    List<String> names, int values, String label, String help, Consumer<String> action) {}
