package dev.turso.function;

/** A function of many rows; also a window function over a frame. */
public record AggregateDefinition(Signature signature, AggregateFunction function)
    implements FunctionDefinition {}
