package dev.turso.spring.data;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import org.springframework.core.convert.converter.Converter;
import org.springframework.data.convert.ReadingConverter;
import org.springframework.data.convert.WritingConverter;

/**
 * From what a column without a type of its own holds to the types of entities, and back where JDBC's
 * own types would lose something.
 *
 * <p>Dates and times are ISO texts, with a blank or a T between date and time; a text without an
 * offset is local time.
 */
final class StoredValues {

  private StoredValues() {}

  static List<Converter<?, ?>> converters() {
    return List.of(
        new TextToLocalDate(),
        new TextToLocalDateTime(),
        new TextToLocalTime(),
        new TextToInstant(),
        new TextToOffsetDateTime(),
        new OffsetDateTimeToText(),
        new NumberToBoolean());
  }

  private static boolean hasOffset(String text) {
    int time = text.indexOf('T') + 1;
    return text.endsWith("Z") || text.indexOf('+', time) > 0 || text.indexOf('-', time) > 0;
  }

  private static String iso(String text) {
    return text.strip().replace(' ', 'T');
  }

  private static OffsetDateTime offsetDateTime(String text, ZoneId zone) {
    String iso = iso(text);
    if (iso.indexOf('T') > 0 && hasOffset(iso)) {
      return OffsetDateTime.parse(iso);
    }
    return localDateTime(iso).atZone(zone).toOffsetDateTime();
  }

  private static LocalDateTime localDateTime(String iso) {
    return iso.indexOf('T') < 0
        ? LocalDate.parse(iso).atStartOfDay()
        : LocalDateTime.parse(hasOffset(iso) ? iso.replaceAll("(Z|[+-][0-9:]+)$", "") : iso);
  }

  @ReadingConverter
  static final class TextToLocalDate implements Converter<String, LocalDate> {

    @Override
    public LocalDate convert(String text) {
      return localDateTime(iso(text)).toLocalDate();
    }
  }

  @ReadingConverter
  static final class TextToLocalDateTime implements Converter<String, LocalDateTime> {

    @Override
    public LocalDateTime convert(String text) {
      return localDateTime(iso(text));
    }
  }

  @ReadingConverter
  static final class TextToLocalTime implements Converter<String, LocalTime> {

    @Override
    public LocalTime convert(String text) {
      String iso = iso(text);
      return LocalTime.parse(iso.substring(iso.indexOf('T') + 1));
    }
  }

  @ReadingConverter
  static final class TextToInstant implements Converter<String, Instant> {

    @Override
    public Instant convert(String text) {
      return offsetDateTime(text, ZoneId.systemDefault()).toInstant();
    }
  }

  @ReadingConverter
  static final class TextToOffsetDateTime implements Converter<String, OffsetDateTime> {

    @Override
    public OffsetDateTime convert(String text) {
      return offsetDateTime(text, ZoneOffset.systemDefault());
    }
  }

  @WritingConverter
  static final class OffsetDateTimeToText implements Converter<OffsetDateTime, String> {

    @Override
    public String convert(OffsetDateTime value) {
      return value.toString();
    }
  }

  @ReadingConverter
  static final class NumberToBoolean implements Converter<Number, Boolean> {

    @Override
    public Boolean convert(Number number) {
      return number.longValue() != 0;
    }
  }
}
