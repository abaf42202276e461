package dev.flowir.examples.imagepipeline;

import java.time.DateTimeException;
import java.time.Instant;

/**
 * Moments as notifications write them, {@code 2026-05-04T12:30:00.250Z}. {@link Instant#parse} and
 * {@link Instant#toString} would bring a worker a hundred thousand bytes of calendars.
 */
final class IsoTime {

    private static final String SHAPE = "0000-00-00T00:00:00";
    private static final int NANO_DIGITS = 9;
    private static final int SECONDS_OF_DAY = 86_400;
    private static final int[] BEFORE_MONTH = {
        0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334, 365
    };

    private IsoTime() {}

    /**
     * Reads a moment in UTC.
     *
     * @throws DateTimeException when it is none
     */
    static Instant parse(String text) {
        int end = text.length() - 1;
        if (end < SHAPE.length() || text.charAt(end) != 'Z') {
            throw none(text);
        }
        for (int i = 0; i < SHAPE.length(); i++) {
            char c = text.charAt(i);
            boolean fits = SHAPE.charAt(i) == '0' ? isDigit(c) : c == SHAPE.charAt(i);
            if (!fits) {
                throw none(text);
            }
        }
        int year = number(text, 0, 4);
        int month = number(text, 5, 7);
        int day = number(text, 8, 10);
        int hour = number(text, 11, 13);
        int minute = number(text, 14, 16);
        int second = number(text, 17, 19);
        boolean known =
                month >= 1
                        && month <= 12
                        && day >= 1
                        && day <= daysOf(year, month)
                        && hour < 24
                        && minute < 60
                        && second < 60;
        if (!known) {
            throw none(text);
        }
        long days = daysBefore(year) + daysBefore(year, month) + day - 1;
        long seconds = days * SECONDS_OF_DAY + hour * 3600L + minute * 60L + second;
        return Instant.ofEpochSecond(seconds, nanos(text, SHAPE.length(), end));
    }

    private static long nanos(String text, int from, int end) {
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

    /** Writes a moment as {@link Instant#toString} does: no, three, six or nine digits. */
    static String text(Instant moment) {
        long days = Math.floorDiv(moment.getEpochSecond(), (long) SECONDS_OF_DAY);
        int rest = (int) Math.floorMod(moment.getEpochSecond(), (long) SECONDS_OF_DAY);
        int year = (int) (1970 + days / 366);
        while (daysBefore(year + 1) <= days) {
            year++;
        }
        while (daysBefore(year) > days) {
            year--;
        }
        int left = (int) (days - daysBefore(year));
        int month = 1;
        while (month < 12 && daysBefore(year, month + 1) <= left) {
            month++;
        }
        StringBuilder text = new StringBuilder();
        padded(text, year, 4).append('-');
        padded(text, month, 2).append('-');
        padded(text, left - daysBefore(year, month) + 1, 2).append('T');
        padded(text, rest / 3600, 2).append(':');
        padded(text, rest / 60 % 60, 2).append(':');
        padded(text, rest % 60, 2);
        int nanos = moment.getNano();
        if (nanos > 0) {
            text.append('.');
            if (nanos % 1_000_000 == 0) {
                padded(text, nanos / 1_000_000, 3);
            } else if (nanos % 1_000 == 0) {
                padded(text, nanos / 1_000, 6);
            } else {
                padded(text, nanos, NANO_DIGITS);
            }
        }
        return text.append('Z').toString();
    }

    private static StringBuilder padded(StringBuilder text, int number, int digits) {
        String written = Integer.toString(number);
        for (int i = written.length(); i < digits; i++) {
            text.append('0');
        }
        return text.append(written);
    }

    private static long daysBefore(int year) {
        long before = year - 1L;
        long leaps =
                Math.floorDiv(before, 4L)
                        - Math.floorDiv(before, 100L)
                        + Math.floorDiv(before, 400L);
        return before * 365 + leaps - 719_162;
    }

    private static int daysBefore(int year, int month) {
        return BEFORE_MONTH[month - 1] + (month > 2 && isLeap(year) ? 1 : 0);
    }

    private static int daysOf(int year, int month) {
        return BEFORE_MONTH[month] - BEFORE_MONTH[month - 1] + (month == 2 && isLeap(year) ? 1 : 0);
    }

    private static boolean isLeap(int year) {
        return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
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
        return new DateTimeException("no moment in UTC such as 2026-05-04T12:30:00.250Z: " + text);
    }
}
