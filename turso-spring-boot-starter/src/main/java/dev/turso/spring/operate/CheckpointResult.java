package dev.turso.spring.operate;

/**
 * What a checkpoint did.
 *
 * @param complete whether everything in the log is in the file now
 * @param frames frames in the log
 * @param written frames of them that are in the file
 */
public record CheckpointResult(boolean complete, long frames, long written) {}
