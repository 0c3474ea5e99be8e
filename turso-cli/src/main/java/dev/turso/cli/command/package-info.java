/**
 * The dot-commands.
 *
 * <pre>
 *   ".mode box" ─► CommandLineWords ─► CommandTable.find ─► a body in one of
 *        SettingCommands  ModeCommand  ParameterCommand     how the shell behaves
 *        SchemaCommands   DumpCommand  Diagnostics          what is in the database
 *        FileCommands     ImportCommand  OutputCommands     files in and out
 *        LiveCommands                                       what only this engine can
 *        HelpCommands     Unavailable                       help, and what means nothing here
 * </pre>
 *
 * <p>Invariants:
 *
 * <ol>
 *   <li>C1: every command of sqlite3 3.40 and of the reference is known by name; one that cannot work
 *       here says why and counts as failed, it never does nothing in silence.
 *   <li>C2: complaints go to standard error, after what was put out before them.
 *   <li>C3: only these commands, and only when a person gives them, start programs or name files; the
 *       MCP server has no way to them.
 * </ol>
 *
 * <p>Start at {@link dev.turso.cli.command.CommandTable}.
 */
@NullMarked
package dev.turso.cli.command;

import org.jspecify.annotations.NullMarked;
