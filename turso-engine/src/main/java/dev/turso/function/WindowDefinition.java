package dev.turso.function;

/** A function that exists only with OVER; the executor implements it by its kind. */
public record WindowDefinition(Signature signature, WindowKind kind)
    implements FunctionDefinition {}
