/**
 * The program: a shell, and a server for the Model Context Protocol.
 *
 * <pre>
 *   Main ─► ProgramOptions ─┬─ --mcp, --mcp-http ─► mcp
 *                           ├─ SQL or commands as arguments, or a pipe ─► shell
 *                           └─ a terminal ─► terminal ─► shell
 *
 *   terminal ─► command ─► shell ─► output
 *   mcp      ─► (the engine's API only: nothing of the shell, so no command can be reached through it)
 * </pre>
 *
 * <p>This is the only module that prints. Start at {@link dev.turso.cli.Main}.
 */
@NullMarked
package dev.turso.cli;

import org.jspecify.annotations.NullMarked;
