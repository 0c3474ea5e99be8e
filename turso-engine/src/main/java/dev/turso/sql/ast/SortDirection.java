package dev.turso.sql.ast;

/** ASC or DESC. */
public enum SortDirection {
  ASC,
  DESC
}
