package dev.turso.function;

/**
 * A function of one row's values.
 *
 * @param form how the compiler must treat the call, if not as a plain call
 * @param function gives the right result whatever the form, but for arguments evaluated in vain
 */
public record ScalarDefinition(Signature signature, SpecialForm form, ScalarFunction function)
    implements FunctionDefinition {}
