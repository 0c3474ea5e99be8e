package dev.turso.sql.ast;

import java.util.List;

/** A WITH clause and the common tables it defines. */
public record With(boolean recursive, List<CommonTable> tables) {}
