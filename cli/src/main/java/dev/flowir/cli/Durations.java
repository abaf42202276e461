package dev.flowir.cli;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Durations as people write them: {@code 500ms}, {@code 2s}, {@code 1m}. */
final class Durations implements ITypeConverter<Duration> {

    @Override
    public Duration convert(String text) {
        String iso = text.toUpperCase(Locale.ROOT);
        try {
            Duration duration =
                    iso.endsWith("MS")
                            ? Duration.ofMillis(Long.parseLong(iso.substring(0, iso.length() - 2)))
                            : Duration.parse("PT" + iso);
            if (duration.isPositive()) {
                return duration;
            }
        } catch (NumberFormatException | DateTimeParseException | ArithmeticException malformed) {
            throw refused(text);
        }
        throw refused(text);
    }

    private static TypeConversionException refused(String text) {
        return new TypeConversionException(
                "'" + text + "' is no duration above zero, like 500ms, 2s or 1m");
    }
}
