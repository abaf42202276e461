package dev.flowir.kernel.cap;

import java.time.DateTimeException;
import java.time.Instant;

/**
 * Instants as ISO 8601 text in UTC, {@code 2026-05-04T12:30:00.250Z}, as {@link Instant#toString}
 * writes them for years of four digits. That method, and {@link Instant#parse}, would bring an
 * isolate a hundred thousand bytes of calendars.
 */
public final class IsoInstant {

    private static final String SHAPE = "0000-00-00T00:00:00";
    private static final int NANO_DIGITS = 9;
    private static final int SECONDS_OF_DAY = 86_400;
    private static final int DAYS_TO_1970 = 719_468;
    private static final int DAYS_OF_400_YEARS = 146_097;

    private IsoInstant() {}

    /**
     * Reads an instant in UTC.
     *
     * @param text with no to nine digits of a second
     * @return the instant
     * @throws DateTimeException when it is none
     */
    public static Instant parse(String text) {
        int end = text.length() - 1;
        boolean fits = end >= SHAPE.length() && text.charAt(end) == 'Z';
        for (int i = 0; i < SHAPE.length() && fits; i++) {
            char c = text.charAt(i);
            fits = SHAPE.charAt(i) == '0' ? isDigit(c) : c == SHAPE.charAt(i);
        }
        if (!fits) {
            throw none(text);
        }
        int year = number(text, 0, 4);
        int month = number(text, 5, 7);
        int day = number(text, 8, 10);
        int hour = number(text, 11, 13);
        int minute = number(text, 14, 16);
        int second = number(text, 17, 19);
        if (month < 1 || month > 12 || day < 1 || hour > 23 || minute > 59 || second > 59) {
            throw none(text);
        }
        long days = days(year, month, day);
        long next = month == 12 ? days(year + 1, 1, 1) : days(year, month + 1, 1);
        if (days >= next) {
            throw none(text);
        }
        long seconds = days * SECONDS_OF_DAY + hour * 3600L + minute * 60L + second;
        return Instant.ofEpochSecond(seconds, nanos(text, end));
    }

    /** Years begin in March here, so that the day that not all have is the last. */
    private static long days(int year, int month, int day) {
        long of = month > 2 ? year : year - 1L;
        long era = Math.floorDiv(of, 400L);
        long inEra = of - era * 400;
        long inYear = (153L * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1;
        return era * DAYS_OF_400_YEARS
                + inEra * 365
                + inEra / 4
                - inEra / 100
                + inYear
                - DAYS_TO_1970;
    }

    private static long nanos(String text, int end) {
        int from = SHAPE.length();
        if (from == end) {
            return 0;
        }
        int digits = end - from - 1;
        if (text.charAt(from) != '.' || digits < 1 || digits > NANO_DIGITS) {
            throw none(text);
        }
        long nanos = 0;
        for (int i = 0; i < NANO_DIGITS; i++) {
            char c = i < digits ? text.charAt(from + 1 + i) : '0';
            if (!isDigit(c)) {
                throw none(text);
            }
            nanos = nanos * 10 + (c - '0');
        }
        return nanos;
    }

    /**
     * Writes an instant, with no, three, six or nine digits of a second.
     *
     * @param time of the years 0 to 9999
     * @return the text
     */
    public static String text(Instant time) {
        long moved = Math.floorDiv(time.getEpochSecond(), (long) SECONDS_OF_DAY) + DAYS_TO_1970;
        int rest = (int) Math.floorMod(time.getEpochSecond(), (long) SECONDS_OF_DAY);
        long era = Math.floorDiv(moved, (long) DAYS_OF_400_YEARS);
        long inEra = moved - era * DAYS_OF_400_YEARS;
        long years = (inEra - inEra / 1460 + inEra / 36_524 - inEra / 146_096) / 365;
        long inYear = inEra - (365 * years + years / 4 - years / 100);
        long march = (5 * inYear + 2) / 153;
        int month = (int) (march < 10 ? march + 3 : march - 9);
        StringBuilder text = new StringBuilder();
        padded(text, (int) (years + era * 400 + (month <= 2 ? 1 : 0)), 4).append('-');
        padded(text, month, 2).append('-');
        padded(text, (int) (inYear - (153 * march + 2) / 5 + 1), 2).append('T');
        padded(text, rest / 3600, 2).append(':');
        padded(text, rest / 60 % 60, 2).append(':');
        padded(text, rest % 60, 2);
        int nanos = time.getNano();
        if (nanos % 1_000_000 == 0) {
            return (nanos == 0 ? text : padded(text.append('.'), nanos / 1_000_000, 3)) + "Z";
        }
        return (nanos % 1000 == 0
                        ? padded(text.append('.'), nanos / 1000, 6)
                        : padded(text.append('.'), nanos, NANO_DIGITS))
                + "Z";
    }

    private static StringBuilder padded(StringBuilder text, int number, int digits) {
        String written = Integer.toString(number);
        for (int i = written.length(); i < digits; i++) {
            text.append('0');
        }
        return text.append(written);
    }

    private static int number(String text, int from, int end) {
        int number = 0;
        for (int i = from; i < end; i++) {
            number = number * 10 + (text.charAt(i) - '0');
        }
        return number;
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    private static DateTimeException none(String text) {
        return new DateTimeException("no instant in UTC such as 2026-05-04T12:30:00.250Z: " + text);
    }
}
