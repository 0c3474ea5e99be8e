package dev.turso.jdbc;

import java.io.InputStream;
import java.io.Reader;
import java.math.BigDecimal;
import java.sql.Array;
import java.sql.Blob;
import java.sql.Clob;
import java.sql.Date;
import java.sql.NClob;
import java.sql.Ref;
import java.sql.ResultSet;
import java.sql.RowId;
import java.sql.SQLException;
import java.sql.SQLType;
import java.sql.SQLXML;
import java.sql.Time;
import java.sql.Timestamp;

/**
 * The part of {@link ResultSet} that makes no sense over SQLite's rows: updates in place, and the
 * SQL types that the file format does not have. Each refuses with its name.
 */
abstract class ForwardResultSet implements ResultSet {

  @Override
  public boolean absolute(int p1) throws SQLException {
    throw Unsupported.call("absolute");
  }

  @Override
  public void afterLast() throws SQLException {
    throw Unsupported.call("afterLast");
  }

  @Override
  public void beforeFirst() throws SQLException {
    throw Unsupported.call("beforeFirst");
  }

  @Override
  public void cancelRowUpdates() throws SQLException {
    throw Unsupported.call("cancelRowUpdates");
  }

  @Override
  public void deleteRow() throws SQLException {
    throw Unsupported.call("deleteRow");
  }

  @Override
  public boolean first() throws SQLException {
    throw Unsupported.call("first");
  }

  @Override
  public Array getArray(int p1) throws SQLException {
    throw Unsupported.call("getArray");
  }

  @Override
  public Array getArray(String p1) throws SQLException {
    throw Unsupported.call("getArray");
  }

  @Override
  public String getCursorName() throws SQLException {
    throw Unsupported.call("getCursorName");
  }

  @Override
  public Ref getRef(int p1) throws SQLException {
    throw Unsupported.call("getRef");
  }

  @Override
  public Ref getRef(String p1) throws SQLException {
    throw Unsupported.call("getRef");
  }

  @Override
  public RowId getRowId(int p1) throws SQLException {
    throw Unsupported.call("getRowId");
  }

  @Override
  public RowId getRowId(String p1) throws SQLException {
    throw Unsupported.call("getRowId");
  }

  @Override
  public SQLXML getSQLXML(int p1) throws SQLException {
    throw Unsupported.call("getSQLXML");
  }

  @Override
  public SQLXML getSQLXML(String p1) throws SQLException {
    throw Unsupported.call("getSQLXML");
  }

  @Override
  public java.net.URL getURL(int p1) throws SQLException {
    throw Unsupported.call("getURL");
  }

  @Override
  public java.net.URL getURL(String p1) throws SQLException {
    throw Unsupported.call("getURL");
  }

  @Override
  public InputStream getUnicodeStream(int p1) throws SQLException {
    throw Unsupported.call("getUnicodeStream");
  }

  @Override
  public InputStream getUnicodeStream(String p1) throws SQLException {
    throw Unsupported.call("getUnicodeStream");
  }

  @Override
  public void insertRow() throws SQLException {
    throw Unsupported.call("insertRow");
  }

  @Override
  public boolean last() throws SQLException {
    throw Unsupported.call("last");
  }

  @Override
  public void moveToCurrentRow() throws SQLException {
    throw Unsupported.call("moveToCurrentRow");
  }

  @Override
  public void moveToInsertRow() throws SQLException {
    throw Unsupported.call("moveToInsertRow");
  }

  @Override
  public boolean previous() throws SQLException {
    throw Unsupported.call("previous");
  }

  @Override
  public void refreshRow() throws SQLException {
    throw Unsupported.call("refreshRow");
  }

  @Override
  public boolean relative(int p1) throws SQLException {
    throw Unsupported.call("relative");
  }

  @Override
  public void updateArray(int p1, Array p2) throws SQLException {
    throw Unsupported.call("updateArray");
  }

  @Override
  public void updateArray(String p1, Array p2) throws SQLException {
    throw Unsupported.call("updateArray");
  }

  @Override
  public void updateAsciiStream(int p1, InputStream p2) throws SQLException {
    throw Unsupported.call("updateAsciiStream");
  }

  @Override
  public void updateAsciiStream(int p1, InputStream p2, int p3) throws SQLException {
    throw Unsupported.call("updateAsciiStream");
  }

  @Override
  public void updateAsciiStream(int p1, InputStream p2, long p3) throws SQLException {
    throw Unsupported.call("updateAsciiStream");
  }

  @Override
  public void updateAsciiStream(String p1, InputStream p2) throws SQLException {
    throw Unsupported.call("updateAsciiStream");
  }

  @Override
  public void updateAsciiStream(String p1, InputStream p2, int p3) throws SQLException {
    throw Unsupported.call("updateAsciiStream");
  }

  @Override
  public void updateAsciiStream(String p1, InputStream p2, long p3) throws SQLException {
    throw Unsupported.call("updateAsciiStream");
  }

  @Override
  public void updateBigDecimal(int p1, BigDecimal p2) throws SQLException {
    throw Unsupported.call("updateBigDecimal");
  }

  @Override
  public void updateBigDecimal(String p1, BigDecimal p2) throws SQLException {
    throw Unsupported.call("updateBigDecimal");
  }

  @Override
  public void updateBinaryStream(int p1, InputStream p2) throws SQLException {
    throw Unsupported.call("updateBinaryStream");
  }

  @Override
  public void updateBinaryStream(int p1, InputStream p2, int p3) throws SQLException {
    throw Unsupported.call("updateBinaryStream");
  }

  @Override
  public void updateBinaryStream(int p1, InputStream p2, long p3) throws SQLException {
    throw Unsupported.call("updateBinaryStream");
  }

  @Override
  public void updateBinaryStream(String p1, InputStream p2) throws SQLException {
    throw Unsupported.call("updateBinaryStream");
  }

  @Override
  public void updateBinaryStream(String p1, InputStream p2, int p3) throws SQLException {
    throw Unsupported.call("updateBinaryStream");
  }

  @Override
  public void updateBinaryStream(String p1, InputStream p2, long p3) throws SQLException {
    throw Unsupported.call("updateBinaryStream");
  }

  @Override
  public void updateBlob(int p1, InputStream p2) throws SQLException {
    throw Unsupported.call("updateBlob");
  }

  @Override
  public void updateBlob(int p1, InputStream p2, long p3) throws SQLException {
    throw Unsupported.call("updateBlob");
  }

  @Override
  public void updateBlob(int p1, Blob p2) throws SQLException {
    throw Unsupported.call("updateBlob");
  }

  @Override
  public void updateBlob(String p1, InputStream p2) throws SQLException {
    throw Unsupported.call("updateBlob");
  }

  @Override
  public void updateBlob(String p1, InputStream p2, long p3) throws SQLException {
    throw Unsupported.call("updateBlob");
  }

  @Override
  public void updateBlob(String p1, Blob p2) throws SQLException {
    throw Unsupported.call("updateBlob");
  }

  @Override
  public void updateBoolean(int p1, boolean p2) throws SQLException {
    throw Unsupported.call("updateBoolean");
  }

  @Override
  public void updateBoolean(String p1, boolean p2) throws SQLException {
    throw Unsupported.call("updateBoolean");
  }

  @Override
  public void updateByte(int p1, byte p2) throws SQLException {
    throw Unsupported.call("updateByte");
  }

  @Override
  public void updateByte(String p1, byte p2) throws SQLException {
    throw Unsupported.call("updateByte");
  }

  @Override
  public void updateBytes(int p1, byte[] p2) throws SQLException {
    throw Unsupported.call("updateBytes");
  }

  @Override
  public void updateBytes(String p1, byte[] p2) throws SQLException {
    throw Unsupported.call("updateBytes");
  }

  @Override
  public void updateCharacterStream(int p1, Reader p2) throws SQLException {
    throw Unsupported.call("updateCharacterStream");
  }

  @Override
  public void updateCharacterStream(int p1, Reader p2, int p3) throws SQLException {
    throw Unsupported.call("updateCharacterStream");
  }

  @Override
  public void updateCharacterStream(int p1, Reader p2, long p3) throws SQLException {
    throw Unsupported.call("updateCharacterStream");
  }

  @Override
  public void updateCharacterStream(String p1, Reader p2) throws SQLException {
    throw Unsupported.call("updateCharacterStream");
  }

  @Override
  public void updateCharacterStream(String p1, Reader p2, int p3) throws SQLException {
    throw Unsupported.call("updateCharacterStream");
  }

  @Override
  public void updateCharacterStream(String p1, Reader p2, long p3) throws SQLException {
    throw Unsupported.call("updateCharacterStream");
  }

  @Override
  public void updateClob(int p1, Reader p2) throws SQLException {
    throw Unsupported.call("updateClob");
  }

  @Override
  public void updateClob(int p1, Reader p2, long p3) throws SQLException {
    throw Unsupported.call("updateClob");
  }

  @Override
  public void updateClob(int p1, Clob p2) throws SQLException {
    throw Unsupported.call("updateClob");
  }

  @Override
  public void updateClob(String p1, Reader p2) throws SQLException {
    throw Unsupported.call("updateClob");
  }

  @Override
  public void updateClob(String p1, Reader p2, long p3) throws SQLException {
    throw Unsupported.call("updateClob");
  }

  @Override
  public void updateClob(String p1, Clob p2) throws SQLException {
    throw Unsupported.call("updateClob");
  }

  @Override
  public void updateDate(int p1, Date p2) throws SQLException {
    throw Unsupported.call("updateDate");
  }

  @Override
  public void updateDate(String p1, Date p2) throws SQLException {
    throw Unsupported.call("updateDate");
  }

  @Override
  public void updateDouble(int p1, double p2) throws SQLException {
    throw Unsupported.call("updateDouble");
  }

  @Override
  public void updateDouble(String p1, double p2) throws SQLException {
    throw Unsupported.call("updateDouble");
  }

  @Override
  public void updateFloat(int p1, float p2) throws SQLException {
    throw Unsupported.call("updateFloat");
  }

  @Override
  public void updateFloat(String p1, float p2) throws SQLException {
    throw Unsupported.call("updateFloat");
  }

  @Override
  public void updateInt(int p1, int p2) throws SQLException {
    throw Unsupported.call("updateInt");
  }

  @Override
  public void updateInt(String p1, int p2) throws SQLException {
    throw Unsupported.call("updateInt");
  }

  @Override
  public void updateLong(int p1, long p2) throws SQLException {
    throw Unsupported.call("updateLong");
  }

  @Override
  public void updateLong(String p1, long p2) throws SQLException {
    throw Unsupported.call("updateLong");
  }

  @Override
  public void updateNCharacterStream(int p1, Reader p2) throws SQLException {
    throw Unsupported.call("updateNCharacterStream");
  }

  @Override
  public void updateNCharacterStream(int p1, Reader p2, long p3) throws SQLException {
    throw Unsupported.call("updateNCharacterStream");
  }

  @Override
  public void updateNCharacterStream(String p1, Reader p2) throws SQLException {
    throw Unsupported.call("updateNCharacterStream");
  }

  @Override
  public void updateNCharacterStream(String p1, Reader p2, long p3) throws SQLException {
    throw Unsupported.call("updateNCharacterStream");
  }

  @Override
  public void updateNClob(int p1, Reader p2) throws SQLException {
    throw Unsupported.call("updateNClob");
  }

  @Override
  public void updateNClob(int p1, Reader p2, long p3) throws SQLException {
    throw Unsupported.call("updateNClob");
  }

  @Override
  public void updateNClob(int p1, NClob p2) throws SQLException {
    throw Unsupported.call("updateNClob");
  }

  @Override
  public void updateNClob(String p1, Reader p2) throws SQLException {
    throw Unsupported.call("updateNClob");
  }

  @Override
  public void updateNClob(String p1, Reader p2, long p3) throws SQLException {
    throw Unsupported.call("updateNClob");
  }

  @Override
  public void updateNClob(String p1, NClob p2) throws SQLException {
    throw Unsupported.call("updateNClob");
  }

  @Override
  public void updateNString(int p1, String p2) throws SQLException {
    throw Unsupported.call("updateNString");
  }

  @Override
  public void updateNString(String p1, String p2) throws SQLException {
    throw Unsupported.call("updateNString");
  }

  @Override
  public void updateNull(int p1) throws SQLException {
    throw Unsupported.call("updateNull");
  }

  @Override
  public void updateNull(String p1) throws SQLException {
    throw Unsupported.call("updateNull");
  }

  @Override
  public void updateObject(int p1, Object p2) throws SQLException {
    throw Unsupported.call("updateObject");
  }

  @Override
  public void updateObject(int p1, Object p2, int p3) throws SQLException {
    throw Unsupported.call("updateObject");
  }

  @Override
  public void updateObject(String p1, Object p2) throws SQLException {
    throw Unsupported.call("updateObject");
  }

  @Override
  public void updateObject(String p1, Object p2, int p3) throws SQLException {
    throw Unsupported.call("updateObject");
  }

  @Override
  public void updateObject(int p1, Object p2, SQLType p3) throws SQLException {
    throw Unsupported.call("updateObject");
  }

  @Override
  public void updateObject(int p1, Object p2, SQLType p3, int p4) throws SQLException {
    throw Unsupported.call("updateObject");
  }

  @Override
  public void updateObject(String p1, Object p2, SQLType p3) throws SQLException {
    throw Unsupported.call("updateObject");
  }

  @Override
  public void updateObject(String p1, Object p2, SQLType p3, int p4) throws SQLException {
    throw Unsupported.call("updateObject");
  }

  @Override
  public void updateRef(int p1, Ref p2) throws SQLException {
    throw Unsupported.call("updateRef");
  }

  @Override
  public void updateRef(String p1, Ref p2) throws SQLException {
    throw Unsupported.call("updateRef");
  }

  @Override
  public void updateRow() throws SQLException {
    throw Unsupported.call("updateRow");
  }

  @Override
  public void updateRowId(int p1, RowId p2) throws SQLException {
    throw Unsupported.call("updateRowId");
  }

  @Override
  public void updateRowId(String p1, RowId p2) throws SQLException {
    throw Unsupported.call("updateRowId");
  }

  @Override
  public void updateSQLXML(int p1, SQLXML p2) throws SQLException {
    throw Unsupported.call("updateSQLXML");
  }

  @Override
  public void updateSQLXML(String p1, SQLXML p2) throws SQLException {
    throw Unsupported.call("updateSQLXML");
  }

  @Override
  public void updateShort(int p1, short p2) throws SQLException {
    throw Unsupported.call("updateShort");
  }

  @Override
  public void updateShort(String p1, short p2) throws SQLException {
    throw Unsupported.call("updateShort");
  }

  @Override
  public void updateString(int p1, String p2) throws SQLException {
    throw Unsupported.call("updateString");
  }

  @Override
  public void updateString(String p1, String p2) throws SQLException {
    throw Unsupported.call("updateString");
  }

  @Override
  public void updateTime(int p1, Time p2) throws SQLException {
    throw Unsupported.call("updateTime");
  }

  @Override
  public void updateTime(String p1, Time p2) throws SQLException {
    throw Unsupported.call("updateTime");
  }

  @Override
  public void updateTimestamp(int p1, Timestamp p2) throws SQLException {
    throw Unsupported.call("updateTimestamp");
  }

  @Override
  public void updateTimestamp(String p1, Timestamp p2) throws SQLException {
    throw Unsupported.call("updateTimestamp");
  }
}
