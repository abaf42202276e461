package dev.flowir.kernel.cap;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.TemporalAdjusters;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Moments in UTC as five fields say them: minute, hour, day of the month, month, day of the week.
 * Fields take {@code *}, numbers, names, ranges, lists and steps; days of the month {@code L} (the
 * last), {@code 15W} (the weekday nearest) and {@code LW}; days of the week {@code 5L} (the last)
 * and {@code 2#1} (the first). When both kinds of days are restricted, either will do. Which day is
 * number 1 must be said: platforms differ.
 */
public final class Cron {

    /** What numbers of weekdays mean. */
    public enum Dialect {
        /** 1 is Sunday, 7 is Saturday: Cloudflare's cron triggers, Quartz. */
        SUNDAY_IS_1,
        /** 0 and 7 are Sunday, 1 is Monday: Unix. */
        UNIX
    }

    private static final String MONTHS = "JANFEBMARAPRMAYJUNJULAUGSEPOCTNOVDEC";
    private static final String DAYS = "MONTUEWEDTHUFRISATSUN";
    private static final int YEARS_AHEAD = 30;

    private final String text;
    private final Dialect dialect;
    private final BitSet minutes;
    private final BitSet hours;
    private final BitSet months;
    private final Predicate<LocalDate> days;

    private Cron(String text, Dialect dialect, String[] fields) {
        this.text = text;
        this.dialect = dialect;
        this.minutes = numbers(fields[0], 0, 59, "");
        this.hours = numbers(fields[1], 0, 23, "");
        this.months = numbers(fields[3], 1, 12, MONTHS);
        Predicate<LocalDate> ofMonth = any(fields[2], this::dayOfMonth);
        Predicate<LocalDate> ofWeek = any(fields[4], this::dayOfWeek);
        if (isAny(fields[2])) {
            this.days = ofWeek;
        } else if (isAny(fields[4])) {
            this.days = ofMonth;
        } else {
            this.days = ofMonth.or(ofWeek);
        }
    }

    /**
     * Reads five fields.
     *
     * @param text for example {@code 0 9 * * MON-FRI}
     * @param dialect what numbers of weekdays mean
     * @return the moments
     * @throws IllegalArgumentException naming the field that is wrong
     */
    public static Cron parse(String text, Dialect dialect) {
        String[] fields = text.strip().toUpperCase(Locale.ROOT).split("\\s+", -1);
        if (fields.length != 5) {
            throw new IllegalArgumentException(
                    "'" + text + "' has " + fields.length + " fields; a schedule has 5");
        }
        return new Cron(text.strip(), dialect, fields);
    }

    /**
     * The first moment after another.
     *
     * @param after not this one
     * @return the moment; empty when there is none in 30 years
     */
    public Optional<Instant> next(Instant after) {
        LocalDateTime from =
                LocalDateTime.ofInstant(after, ZoneOffset.UTC)
                        .withSecond(0)
                        .withNano(0)
                        .plusMinutes(1);
        LocalDate day = from.toLocalDate();
        LocalDate end = day.plusYears(YEARS_AHEAD);
        int earliest = from.getHour() * 60 + from.getMinute();
        while (day.isBefore(end)) {
            if (!months.get(day.getMonthValue())) {
                day = day.withDayOfMonth(1).plusMonths(1);
                earliest = 0;
                continue;
            }
            int minute = days.test(day) ? minuteOfDay(earliest) : -1;
            if (minute >= 0) {
                return Optional.of(day.atTime(minute / 60, minute % 60).toInstant(ZoneOffset.UTC));
            }
            day = day.plusDays(1);
            earliest = 0;
        }
        return Optional.empty();
    }

    /** {@return what numbers of weekdays mean in it} */
    public Dialect dialect() {
        return dialect;
    }

    private int minuteOfDay(int earliest) {
        int hour = earliest / 60;
        int minute = minutes.nextSetBit(earliest % 60);
        if (hours.get(hour) && minute >= 0) {
            return hour * 60 + minute;
        }
        int later = hours.nextSetBit(hour + 1);
        return later < 0 ? -1 : later * 60 + minutes.nextSetBit(0);
    }

    // ---- days

    private interface Part {
        Predicate<LocalDate> of(String part);
    }

    private static boolean isAny(String field) {
        return field.equals("*") || field.equals("?");
    }

    private static Predicate<LocalDate> any(String field, Part part) {
        if (isAny(field)) {
            return day -> true;
        }
        Predicate<LocalDate> all = day -> false;
        for (String one : split(field, ',')) {
            all = all.or(part.of(one));
        }
        return all;
    }

    private Predicate<LocalDate> dayOfMonth(String part) {
        if (part.equals("L")) {
            return day -> day.getDayOfMonth() == day.lengthOfMonth();
        }
        if (part.equals("LW")) {
            return day -> day.equals(nearestWeekday(day, day.lengthOfMonth()));
        }
        if (part.endsWith("W")) {
            int wanted = number(part.substring(0, part.length() - 1), 1, 31, "");
            return day -> day.equals(nearestWeekday(day, Math.min(wanted, day.lengthOfMonth())));
        }
        BitSet numbers = numbers(part, 1, 31, "");
        return day -> numbers.get(day.getDayOfMonth());
    }

    /** The weekday nearest to a day, in the same month. */
    private static LocalDate nearestWeekday(LocalDate month, int dayOfMonth) {
        LocalDate day = month.withDayOfMonth(dayOfMonth);
        return switch (day.getDayOfWeek()) {
            case SATURDAY -> dayOfMonth == 1 ? day.plusDays(2) : day.minusDays(1);
            case SUNDAY -> dayOfMonth == month.lengthOfMonth() ? day.minusDays(2) : day.plusDays(1);
            default -> day;
        };
    }

    private Predicate<LocalDate> dayOfWeek(String part) {
        int hash = part.indexOf('#');
        if (hash >= 0) {
            DayOfWeek wanted = weekday(part.substring(0, hash));
            int which = number(part.substring(hash + 1), 1, 5, "");
            return day ->
                    day.getDayOfWeek() == wanted && (day.getDayOfMonth() - 1) / 7 + 1 == which;
        }
        if (part.length() > 1 && part.endsWith("L")) {
            DayOfWeek wanted = weekday(part.substring(0, part.length() - 1));
            return day -> day.equals(day.with(TemporalAdjusters.lastInMonth(wanted)));
        }
        List<String> halves = split(part, '/');
        int step = halves.size() > 1 ? number(halves.get(1), 1, 7, "") : 1;
        List<String> ends = split(halves.get(0), '-');
        if (isAny(halves.get(0))) {
            return day -> (number(day.getDayOfWeek()) - first()) % step == 0;
        }
        int from = number(weekday(ends.get(0)));
        int to = ends.size() > 1 ? number(weekday(ends.get(1))) : from;
        int span = Math.floorMod(to - from, 7);
        return day -> {
            int distance = Math.floorMod(number(day.getDayOfWeek()) - from, 7);
            return distance <= span && distance % step == 0;
        };
    }

    private int first() {
        return dialect == Dialect.UNIX ? 0 : 1;
    }

    /** The dialect's number of a weekday; Sunday is the first in both. */
    private int number(DayOfWeek day) {
        return first() + day.getValue() % 7;
    }

    private DayOfWeek weekday(String part) {
        int name = part.length() == 3 ? DAYS.indexOf(part) : -1;
        if (name >= 0 && name % 3 == 0) {
            return DayOfWeek.of(name / 3 + 1);
        }
        int number = number(part, first(), 7, "");
        int afterSunday = (number - first()) % 7;
        return afterSunday == 0 ? DayOfWeek.SUNDAY : DayOfWeek.of(afterSunday);
    }

    // ---- numbers

    private BitSet numbers(String field, int least, int most, String names) {
        BitSet all = new BitSet();
        for (String part : split(field, ',')) {
            List<String> halves = split(part, '/');
            if (halves.size() > 2) {
                throw wrong(part);
            }
            int step = halves.size() > 1 ? number(halves.get(1), 1, most, "") : 1;
            List<String> ends = split(halves.get(0), '-');
            boolean open = halves.size() > 1 && ends.size() == 1;
            int from = isAny(halves.get(0)) ? least : number(ends.get(0), least, most, names);
            int to = isAny(halves.get(0)) || open ? most : from;
            to = ends.size() > 1 ? number(ends.get(1), least, most, names) : to;
            if (ends.size() > 2 || to < from) {
                throw wrong(part);
            }
            for (int n = from; n <= to; n += step) {
                all.set(n);
            }
        }
        return all;
    }

    private int number(String part, int least, int most, String names) {
        int name = part.length() == 3 ? names.indexOf(part) : -1;
        if (name >= 0 && name % 3 == 0) {
            return name / 3 + least;
        }
        int value = -1;
        if (!part.isEmpty() && part.length() < 4 && part.chars().allMatch(Character::isDigit)) {
            value = Integer.parseInt(part);
        }
        if (value < least || value > most) {
            throw wrong(part);
        }
        return value;
    }

    private static List<String> split(String text, char at) {
        List<String> parts = new ArrayList<>();
        int begin = 0;
        for (int end = text.indexOf(at); end >= 0; end = text.indexOf(at, begin)) {
            parts.add(text.substring(begin, end));
            begin = end + 1;
        }
        parts.add(text.substring(begin));
        return parts;
    }

    private IllegalArgumentException wrong(String part) {
        return new IllegalArgumentException(
                "'" + part + "' in the schedule '" + text + "' is not understood");
    }

    /** {@return the text that was read} */
    @Override
    public String toString() {
        return text;
    }
}
