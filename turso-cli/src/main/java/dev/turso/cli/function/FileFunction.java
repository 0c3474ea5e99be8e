package dev.turso.cli.function;

import dev.turso.error.SqlException;
import dev.turso.function.CallContext;
import dev.turso.function.FunctionTrait;
import dev.turso.function.ScalarFunction;
import dev.turso.function.Signature;
import dev.turso.value.Register;
import dev.turso.value.Tag;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermission;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;

/** Functions over files, and over what archives keep of files. */
final class FileFunction implements ScalarFunction {

  private static final Set<FunctionTrait> DIRECT = Set.of(FunctionTrait.DIRECT_ONLY);
  private static final long TYPE = 0170000;
  private static final long LINK = 0120000;
  private static final long FOLDER = 0040000;
  private static final long FILE = 0100000;
  private static final long PERMISSIONS = 0777;
  private static final String LETTERS = "rwxrwxrwx";

  enum Kind {
    READFILE(1, 1, DIRECT),
    WRITEFILE(2, 4, DIRECT),
    EDIT(1, 2, DIRECT),
    LSMODE(1, 1, Signature.PURE),
    USLEEP(1, 1, DIRECT),
    SQLAR_COMPRESS(1, 1, Signature.PURE),
    SQLAR_UNCOMPRESS(2, 2, Signature.PURE);

    private final int fewest;
    private final int most;
    private final Set<FunctionTrait> traits;

    Kind(int fewest, int most, Set<FunctionTrait> traits) {
      this.fewest = fewest;
      this.most = most;
      this.traits = traits;
    }

    String sqlName() {
      return name().toLowerCase(Locale.ROOT);
    }

    int fewest() {
      return fewest;
    }

    int most() {
      return most;
    }

    Set<FunctionTrait> traits() {
      return traits;
    }
  }

  private final Kind kind;
  private final ShellFunctions.Files files;

  FileFunction(Kind kind, ShellFunctions.Files files) {
    this.kind = kind;
    this.files = files;
  }

  @Override
  public void call(CallContext context, Register[] arguments, int count, Register result) {
    switch (kind) {
      case READFILE -> read(arguments[0], result);
      case WRITEFILE -> write(arguments, count, result);
      case EDIT -> edit(arguments, count, result);
      case LSMODE -> result.setText(mode(arguments[0].asLong()));
      case USLEEP -> sleep(arguments[0].asLong(), result);
      case SQLAR_COMPRESS -> compress(arguments[0], result);
      case SQLAR_UNCOMPRESS -> uncompress(arguments, result);
    }
  }

  /** The file as a blob; NULL if it cannot be read. */
  private void read(Register name, Register result) {
    if (name.isNull()) {
      result.setNull();
      return;
    }
    try {
      result.setBlob(Files.readAllBytes(files.file(name.asString())));
    } catch (IOException e) {
      result.setNull();
    }
  }

  /** Writes and gives the number of bytes; NULL for a folder or a link, which the mode can ask for. */
  private void write(Register[] arguments, int count, Register result) {
    if (arguments[0].isNull()) {
      result.setNull();
      return;
    }
    String name = arguments[0].asString();
    Path path = files.file(name);
    long mode = count > 2 ? arguments[2].asLong() : 0;
    byte[] content = bytes(arguments[1]);
    String what = "failed to write file: ";
    try {
      Path parent = path.getParent();
      if (parent != null) {
        Files.createDirectories(parent);
      }
      if ((mode & TYPE) == LINK) {
        what = "failed to create symlink: ";
        Files.createSymbolicLink(path, Path.of(new String(content, StandardCharsets.UTF_8)));
        result.setNull();
        return;
      }
      if ((mode & TYPE) == FOLDER) {
        what = "failed to create directory: ";
        Files.createDirectories(path);
        result.setNull();
      } else {
        Files.write(path, content);
        result.setInteger(content.length);
      }
      if (count > 2) {
        permit(path, mode);
      }
      if (count > 3) {
        Files.setLastModifiedTime(
            path, FileTime.from(java.time.Instant.ofEpochSecond(arguments[3].asLong())));
      }
    } catch (IOException | UnsupportedOperationException e) {
      throw new SqlException(what + name);
    }
  }

  private static byte[] bytes(Register value) {
    return value.isNull() ? new byte[0] : value.asBytes();
  }

  private static void permit(Path path, long mode) throws IOException {
    if ((mode & PERMISSIONS) == 0 || !Files.getFileStore(path).supportsFileAttributeView("posix")) {
      return;
    }
    PosixFilePermission[] order = PosixFilePermission.values();
    Set<PosixFilePermission> set = EnumSet.noneOf(PosixFilePermission.class);
    for (int i = 0; i < order.length; i++) {
      if ((mode >> (order.length - 1 - i) & 1) != 0) {
        set.add(order[i]);
      }
    }
    Files.setPosixFilePermissions(path, set);
  }

  /** Lets a person edit a value in a program, and gives what was saved. */
  private void edit(Register[] arguments, int count, Register result) {
    String editor = count > 1 ? arguments[1].asString() : System.getenv("VISUAL");
    if (editor == null) {
      throw new SqlException("no editor for edit()");
    }
    boolean blob = arguments[0].tag == Tag.BLOB;
    try {
      Path file = Files.createTempFile("turso-edit", ".txt");
      try {
        Files.write(file, bytes(arguments[0]));
        Process process =
            new ProcessBuilder("sh", "-c", editor + " \"" + file + "\"").inheritIO().start();
        if (process.waitFor() != 0) {
          throw new SqlException("EDITOR returned non-zero");
        }
        byte[] saved = Files.readAllBytes(file);
        if (blob) {
          result.setBlob(saved);
        } else {
          result.setText(saved);
        }
      } finally {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      throw new SqlException("edit() cannot use a temporary file");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new SqlException("edit() was interrupted");
    }
  }

  /** As {@code ls -l} shows it. */
  private static String mode(long mode) {
    StringBuilder text = new StringBuilder(10);
    long type = mode & TYPE;
    text.append(type == LINK ? 'l' : type == FILE ? '-' : type == FOLDER ? 'd' : '?');
    for (int i = 0; i < LETTERS.length(); i++) {
      text.append((mode >> (LETTERS.length() - 1 - i) & 1) != 0 ? LETTERS.charAt(i) : '-');
    }
    return text.toString();
  }

  private static void sleep(long micros, Register result) {
    try {
      Thread.sleep(java.time.Duration.ofNanos(Math.max(0, micros) * 1000));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    result.setInteger(micros);
  }

  /** A blob made smaller, or as it was if that does not make it so. */
  private static void compress(Register value, Register result) {
    if (value.tag != Tag.BLOB) {
      result.copyFrom(value);
      return;
    }
    byte[] plain = value.asBytes();
    byte[] packed = new byte[plain.length];
    try (Deflater deflater = new Deflater()) {
      deflater.setInput(plain);
      deflater.finish();
      int length = deflater.deflate(packed);
      if (deflater.finished() && length < plain.length) {
        result.setBlob(java.util.Arrays.copyOf(packed, length));
      } else {
        result.setBlob(plain);
      }
    }
  }

  private static void uncompress(Register[] arguments, Register result) {
    byte[] packed = bytes(arguments[0]);
    long size = arguments[1].asLong();
    if (size <= 0 || size == packed.length || arguments[0].tag != Tag.BLOB) {
      result.copyFrom(arguments[0]);
      return;
    }
    try (Inflater inflater = new Inflater()) {
      inflater.setInput(packed);
      ByteArrayOutputStream plain = new ByteArrayOutputStream();
      byte[] piece = new byte[8192];
      while (!inflater.finished() && plain.size() <= size) {
        int length = inflater.inflate(piece);
        if (length == 0) {
          throw new DataFormatException();
        }
        plain.write(piece, 0, length);
      }
      result.setBlob(plain.toByteArray());
    } catch (DataFormatException e) {
      throw new SqlException("error in uncompress()");
    }
  }
}
