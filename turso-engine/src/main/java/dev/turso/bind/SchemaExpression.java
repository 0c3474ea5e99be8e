package dev.turso.bind;

import dev.turso.function.CallPurpose;

/** An expression that is kept in the schema, and what it is for. */
enum SchemaExpression {
  CHECK("CHECK constraints", CallPurpose.CHECK_CONSTRAINT),
  GENERATED_COLUMN("generated columns", CallPurpose.GENERATED_COLUMN),
  INDEX_EXPRESSION("index expressions", CallPurpose.INDEX),
  PARTIAL_INDEX("partial index WHERE clauses", CallPurpose.INDEX),
  DEFAULT("DEFAULT", CallPurpose.QUERY);

  private final String words;
  private final CallPurpose purpose;

  SchemaExpression(String words, CallPurpose purpose) {
    this.words = words;
    this.purpose = purpose;
  }

  /** As error messages name it, in the plural. */
  String words() {
    return words;
  }

  CallPurpose purpose() {
    return purpose;
  }
}
