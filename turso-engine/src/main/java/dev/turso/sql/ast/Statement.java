package dev.turso.sql.ast;

/** One SQL statement, names unresolved. Immutable, as everything below it. */
public sealed interface Statement
    permits AlterTable,
        Analyze,
        Attach,
        CreateIndex,
        CreateMaterializedView,
        CreateTable,
        CreateTrigger,
        CreateView,
        CreateVirtualTable,
        DeleteStatement,
        Detach,
        DropStatement,
        Explain,
        ExplainMaterializedView,
        InsertStatement,
        Pragma,
        RefreshMaterializedView,
        Reindex,
        SelectStatement,
        TransactionStatement,
        UpdateStatement,
        Vacuum {}
