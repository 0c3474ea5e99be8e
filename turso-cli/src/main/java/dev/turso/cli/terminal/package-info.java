/**
 * The shell at a terminal: what a line editor, colours, pages and redrawing add to it.
 *
 * <pre>
 *   JLine ─► InteractiveShell (lines) ─► shell.InputReader ─► …
 *     ├ StatementParser   Enter runs a complete statement, and opens a line of one that is not
 *     ├ SqlHighlighter    colours by the engine's own tokenizer
 *     └ SqlCompleter      keywords, tables, columns, functions, commands, files
 *
 *   … ─► PagedOutput ─► TerminalScreen ─► terminal          Ctrl-C ─► Shell.interrupt
 * </pre>
 *
 * <p>Nothing here is loaded when input comes from a pipe. Start at {@link
 * dev.turso.cli.terminal.InteractiveShell}.
 */
@NullMarked
package dev.turso.cli.terminal;

import org.jspecify.annotations.NullMarked;
