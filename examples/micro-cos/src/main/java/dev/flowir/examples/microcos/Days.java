package dev.flowir.examples.microcos;

import java.util.OptionalLong;

/**
 * Days such as 2026-12-24, in UTC. Those of the library would bring a worker a hundred thousand
 * bytes of calendars.
 */
final class Days {

    private static final String SHAPE = "0000-00-00";
    private static final long MILLIS_OF_DAY = 86_400_000;
    private static final int[] BEFORE_MONTH = {
        0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334, 365
    };

    private Days() {}

    /** When a day begins, in milliseconds since 1970; empty when the text is no day. */
    static OptionalLong millis(String text) {
        boolean fits = text.length() == SHAPE.length();
        for (int i = 0; i < text.length() && fits; i++) {
            char c = text.charAt(i);
            fits = SHAPE.charAt(i) == '0' ? c >= '0' && c <= '9' : c == SHAPE.charAt(i);
        }
        if (!fits) {
            return OptionalLong.empty();
        }
        int year = Integer.parseInt(text.substring(0, 4));
        int month = Integer.parseInt(text.substring(5, 7));
        int day = Integer.parseInt(text.substring(8));
        if (month < 1
                || month > 12
                || day < 1
                || day > before(year, month + 1) - before(year, month)) {
            return OptionalLong.empty();
        }
        return OptionalLong.of((before(year) + before(year, month) + day - 1) * MILLIS_OF_DAY);
    }

    /** The day of a moment since 1970. */
    static String text(long millis) {
        long days = Math.floorDiv(millis, MILLIS_OF_DAY);
        int year = 1970;
        while (before(year + 1) <= days) {
            year++;
        }
        int left = (int) (days - before(year));
        int month = 1;
        while (before(year, month + 1) <= left) {
            month++;
        }
        return padded(year, 4)
                + "-"
                + padded(month, 2)
                + "-"
                + padded(left - before(year, month) + 1, 2);
    }

    private static String padded(int number, int digits) {
        String text = Integer.toString(number);
        return "0".repeat(Math.max(0, digits - text.length())) + text;
    }

    /** Days from 1970 to a year. */
    private static long before(int year) {
        long past = year - 1L;
        long leaps =
                Math.floorDiv(past, 4L) - Math.floorDiv(past, 100L) + Math.floorDiv(past, 400L);
        return past * 365 + leaps - 719_162;
    }

    /** Days of a year before a month. */
    private static int before(int year, int month) {
        boolean leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
        return BEFORE_MONTH[month - 1] + (month > 2 && leap ? 1 : 0);
    }
}
