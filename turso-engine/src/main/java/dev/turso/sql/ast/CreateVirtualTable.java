package dev.turso.sql.ast;

import java.util.List;

/**
 * {@code CREATE VIRTUAL TABLE [IF NOT EXISTS] name USING module [(arguments)]}.
 *
 * @param arguments the text of each argument, trimmed
 */
public record CreateVirtualTable(
    boolean ifNotExists, QualifiedName name, Name module, List<String> arguments)
    implements Statement {}
