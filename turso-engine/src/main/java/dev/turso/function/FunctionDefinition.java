package dev.turso.function;

/** A function as the registry knows it: how it is called, and what runs. Immutable. */
public sealed interface FunctionDefinition
    permits ScalarDefinition, AggregateDefinition, WindowDefinition {

  Signature signature();

  default boolean has(FunctionTrait trait) {
    return signature().has(trait);
  }
}
