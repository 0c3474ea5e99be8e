package dev.turso.session;

import org.jspecify.annotations.Nullable;

/** What a new connection is set to; see the options of the public API. */
public record ConnectionSettings(
    boolean readOnly,
    int busyTimeoutMillis,
    boolean foreignKeys,
    @Nullable String journalMode,
    @Nullable String synchronous) {}
