package dev.turso.cipher;

/** The codec of a file that is not encrypted. */
final class PlainPages implements PageCodec {

  @Override
  public boolean isPlain() {
    return true;
  }

  @Override
  public int reservedBytes() {
    return 0;
  }

  @Override
  public void encode(int page, byte[] image, byte[] out, int at) {
    System.arraycopy(image, 0, out, at, image.length);
  }

  @Override
  public void decode(int page, byte[] image) {}

  @Override
  public boolean wantsFirstPage() {
    return false;
  }
}
