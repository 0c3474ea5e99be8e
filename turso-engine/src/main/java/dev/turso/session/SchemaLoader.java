package dev.turso.session;

import dev.turso.btree.TableCursor;
import dev.turso.error.CorruptException;
import dev.turso.error.ResultCode;
import dev.turso.error.SqlException;
import dev.turso.exec.ddl.SchemaEditor;
import dev.turso.format.Bytes;
import dev.turso.format.DatabaseHeader;
import dev.turso.format.RecordReader;
import dev.turso.format.TextEncoding;
import dev.turso.pager.Pager;
import dev.turso.schema.CollationLookup;
import dev.turso.schema.DatabaseSchema;
import dev.turso.schema.SchemaReader;
import dev.turso.schema.SchemaRow;
import dev.turso.schema.StatisticsRow;
import dev.turso.value.Register;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads the schema of a database in its current snapshot. */
final class SchemaLoader {

  /** The newest schema format, and the first that heeds DESC in indexes; 0 is an empty file. */
  private static final int DESCENDING_FORMAT = 4;

  private SchemaLoader() {}

  static DatabaseSchema load(
      AttachedDatabase database,
      CollationLookup collations,
      SchemaReader.DatabaseNumbers databases,
      boolean passOverMalformed) {
    Pager pager = database.pager;
    checkFormat(pager.read(1));
    if (!passOverMalformed && !pager.isWriting()) {
      checkSize(pager);
    }
    TextEncoding encoding = database.encoding();
    database.knownEncoding = encoding;
    List<SchemaRow> rows = new SchemaEditor(pager, encoding).rows();
    SchemaReader reader = new SchemaReader(database.name, database.index, collations, databases);
    if (Bytes.i32(pager.read(1), DatabaseHeader.SCHEMA_FORMAT) < DESCENDING_FORMAT) {
      reader.ignoreDescending();
    }
    if (passOverMalformed) {
      reader.passOverMalformed();
    }
    return reader.read(database.cookie(), rows, statistics(pager, encoding, rows));
  }

  private static void checkFormat(byte[] firstPage) {
    int format = Bytes.i32(firstPage, DatabaseHeader.SCHEMA_FORMAT);
    if (format < 0 || format > DESCENDING_FORMAT) {
      throw new SqlException(ResultCode.ERROR, "unsupported file format", -1);
    }
  }

  /** A header that tells of more pages than there are is not believed in anything. */
  private static void checkSize(Pager pager) {
    int told = DatabaseHeader.pageCount(pager.read(1));
    if (pager.pageCount() > 0 && Integer.compareUnsigned(told, pager.pageCount()) > 0) {
      throw new CorruptException(ResultCode.CORRUPT, "database disk image is malformed");
    }
  }

  private static List<StatisticsRow> statistics(
      Pager pager, TextEncoding encoding, List<SchemaRow> rows) {
    List<StatisticsRow> found = new ArrayList<>();
    for (SchemaRow each : rows) {
      if (each.type().equals("table") && each.name().equals("sqlite_stat1")) {
        readStatistics(new TableCursor(pager, each.rootPage()), encoding, found);
      }
    }
    return found;
  }

  private static void readStatistics(
      TableCursor cursor, TextEncoding encoding, List<StatisticsRow> into) {
    RecordReader record = new RecordReader(encoding);
    Register value = new Register();
    for (boolean more = cursor.first(); more; more = cursor.next()) {
      cursor.read(record);
      String table = text(record, 0, value);
      String index = text(record, 1, value);
      String numbers = text(record, 2, value);
      if (table != null && numbers != null) {
        into.add(new StatisticsRow(table, index, numbers));
      }
    }
  }

  private static @Nullable String text(RecordReader record, int column, Register value) {
    int tag = record.load(column);
    if (tag == RecordReader.ABSENT) {
      return null;
    }
    value.set(tag, record.bits(), record.ref());
    return value.isNull() ? null : value.asString();
  }
}
