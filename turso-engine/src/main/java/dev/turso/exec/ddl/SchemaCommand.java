package dev.turso.exec.ddl;

/** A statement that changes a schema. */
public interface SchemaCommand {

  /** The database whose schema changes, found by names alone, before a transaction is open. */
  int databaseIndex();

  /** Runs in a write transaction of that database. */
  void run(SchemaContext context);
}
