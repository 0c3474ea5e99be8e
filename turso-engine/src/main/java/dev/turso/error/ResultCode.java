package dev.turso.error;

/**
 * SQLite's primary and extended result codes.
 *
 * @see <a href="https://www.sqlite.org/rescode.html">Result and Error Codes</a>
 */
public enum ResultCode {
  OK(0),
  ERROR(1),
  INTERNAL(2),
  PERM(3),
  ABORT(4),
  BUSY(5),
  LOCKED(6),
  NOMEM(7),
  READONLY(8),
  INTERRUPT(9),
  IOERR(10),
  CORRUPT(11),
  NOTFOUND(12),
  FULL(13),
  CANTOPEN(14),
  PROTOCOL(15),
  EMPTY(16),
  SCHEMA(17),
  TOOBIG(18),
  CONSTRAINT(19),
  MISMATCH(20),
  MISUSE(21),
  NOLFS(22),
  AUTH(23),
  FORMAT(24),
  RANGE(25),
  NOTADB(26),
  ERROR_MISSING_COLLSEQ(257),
  ERROR_RETRY(513),
  ERROR_SNAPSHOT(769),
  IOERR_READ(266),
  IOERR_SHORT_READ(522),
  IOERR_WRITE(778),
  IOERR_FSYNC(1034),
  IOERR_DIR_FSYNC(1290),
  IOERR_TRUNCATE(1546),
  IOERR_FSTAT(1802),
  IOERR_UNLOCK(2058),
  IOERR_RDLOCK(2314),
  IOERR_DELETE(2570),
  IOERR_LOCK(3850),
  IOERR_SHMOPEN(4618),
  IOERR_SHMMAP(5386),
  LOCKED_SHAREDCACHE(262),
  LOCKED_VTAB(518),
  BUSY_RECOVERY(261),
  BUSY_SNAPSHOT(517),
  BUSY_TIMEOUT(773),
  CANTOPEN_NOTEMPDIR(270),
  CANTOPEN_ISDIR(526),
  CANTOPEN_FULLPATH(782),
  CANTOPEN_SYMLINK(1550),
  CORRUPT_VTAB(267),
  CORRUPT_SEQUENCE(523),
  CORRUPT_INDEX(779),
  READONLY_RECOVERY(264),
  READONLY_CANTLOCK(520),
  READONLY_ROLLBACK(776),
  READONLY_DBMOVED(1032),
  READONLY_CANTINIT(1288),
  READONLY_DIRECTORY(1544),
  ABORT_ROLLBACK(516),
  CONSTRAINT_CHECK(275),
  CONSTRAINT_COMMITHOOK(531),
  CONSTRAINT_FOREIGNKEY(787),
  CONSTRAINT_FUNCTION(1043),
  CONSTRAINT_NOTNULL(1299),
  CONSTRAINT_PRIMARYKEY(1555),
  CONSTRAINT_TRIGGER(1811),
  CONSTRAINT_UNIQUE(2067),
  CONSTRAINT_VTAB(2323),
  CONSTRAINT_ROWID(2579),
  CONSTRAINT_PINNED(2835),
  CONSTRAINT_DATATYPE(3091),
  AUTH_USER(279);

  private static final ResultCode[] PRIMARY = primaries();

  private final int code;

  ResultCode(int code) {
    this.code = code;
  }

  /** The number of this code; an extended code holds its primary code in the low eight bits. */
  public int code() {
    return code;
  }

  /** The primary code that this extended code refines, or this code if it is primary. */
  public ResultCode primary() {
    return PRIMARY[code & 0xff];
  }

  private static ResultCode[] primaries() {
    ResultCode[] byNumber = new ResultCode[27];
    for (ResultCode each : values()) {
      if (each.code < byNumber.length) {
        byNumber[each.code] = each;
      }
    }
    return byNumber;
  }
}
