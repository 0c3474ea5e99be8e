package dev.turso.sql.ast;

import java.util.List;

/**
 * CREATE VIEW.
 *
 * @param columns empty if not written
 */
public record CreateView(
    boolean temporary, boolean ifNotExists, QualifiedName name, List<Name> columns, Select select)
    implements Statement {}
