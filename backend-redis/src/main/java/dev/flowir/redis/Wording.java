package dev.flowir.redis;

import dev.flowir.queue.Body;
import dev.flowir.queue.QueueMetrics;
import dev.flowir.queue.SharedQueues;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;

/** What is said to scripts of queues, and what they say. */
final class Wording {

    private static final byte[] NOTHING = new byte[0];
    private static final String NEVER = "-";

    private Wording() {}

    static byte[] number(long value) {
        return Server.utf8(Long.toString(value));
    }

    static String text(Object said) {
        return new String((byte[]) said, StandardCharsets.UTF_8);
    }

    static long number(Object said) {
        return Long.parseLong(text(said));
    }

    /** A moment that may be empty. */
    static OptionalLong moment(Object said) {
        String text = text(said);
        return text.isEmpty() ? OptionalLong.empty() : OptionalLong.of(Long.parseLong(text));
    }

    static QueueMetrics metrics(List<?> said, int from) {
        return metrics(
                number(said.get(from)), number(said.get(from + 1)), moment(said.get(from + 2)));
    }

    static QueueMetrics metrics(long messages, long bytes, OptionalLong oldest) {
        return new QueueMetrics(
                messages,
                bytes,
                oldest.isEmpty()
                        ? Optional.empty()
                        : Optional.of(Instant.ofEpochMilli(oldest.getAsLong())));
    }

    /** Revision, pause and settings, parted by blanks. */
    static SharedQueues.Known known(String name, String text) {
        String[] parts = text.split(" ", 3);
        return new SharedQueues.Known(
                name, Long.parseLong(parts[0]), parts[1].equals("1"), parts[2]);
    }

    static List<SharedQueues.Kept> messages(List<?> said, int from) {
        return said.subList(from, said.size()).stream()
                .map(each -> message((List<?>) each))
                .toList();
    }

    private static SharedQueues.Kept message(List<?> said) {
        return new SharedQueues.Kept(
                number(said.get(0)),
                number(said.get(1)),
                (int) number(said.get(2)),
                text(said.get(3)),
                Body.bytes((byte[]) said.get(4)),
                number(said.get(5)),
                standing(text(said.get(6))));
    }

    private static SharedQueues.Standing standing(String text) {
        String[] parts = text.split(" ", 6);
        return new SharedQueues.Standing(
                Integer.parseInt(parts[0]),
                Integer.parseInt(parts[1]),
                Integer.parseInt(parts[2]),
                parts[3].equals("1"),
                parts[4].equals(NEVER)
                        ? OptionalLong.empty()
                        : OptionalLong.of(Long.parseLong(parts[4])),
                parts[5]);
    }

    private static byte[] standing(SharedQueues.Standing standing) {
        return Server.utf8(
                standing.attempts()
                        + " "
                        + standing.leases()
                        + " "
                        + standing.holder()
                        + " "
                        + (standing.alone() ? "1" : "0")
                        + " "
                        + (standing.firstSeenMillis().isEmpty()
                                ? NEVER
                                : Long.toString(standing.firstSeenMillis().getAsLong()))
                        + " "
                        + standing.failures());
    }

    /** What becomes of a message, and four arguments of that. */
    static List<byte[]> next(SharedQueues.Next next) {
        return switch (next) {
            case SharedQueues.Next.Gone(SharedQueues.Count count) ->
                    List.of(Server.utf8("g"), count(count), NOTHING, NOTHING, NOTHING);
            case SharedQueues.Next.Stays stays ->
                    List.of(
                            Server.utf8("s"),
                            standing(stays.standing()),
                            number(stays.visibleAtMillis()),
                            number(stays.takenBack()),
                            NOTHING);
            case SharedQueues.Next.Moves moves ->
                    List.of(
                            Server.utf8("m"),
                            Server.utf8(moves.envelope()),
                            count(moves.count()),
                            number(moves.visibleAtMillis()),
                            Server.utf8(
                                    moves.room()
                                            .map(room -> room.messages() + " " + room.bytes())
                                            .orElse("")));
        };
    }

    static byte[] count(SharedQueues.Count count) {
        return Server.utf8(count.name().toLowerCase(Locale.ROOT));
    }

    static SharedQueues.Outcome outcome(Object said) {
        return switch (text(said)) {
            case "d" -> SharedQueues.Outcome.DONE;
            case "f" -> SharedQueues.Outcome.FULL;
            default -> SharedQueues.Outcome.NOT_THERE;
        };
    }

    static SharedQueues.Mark mark(String token, String text) {
        String[] parts = text.split(" ", 3);
        return new SharedQueues.Mark(
                token, parts[2], Long.parseLong(parts[0]), Long.parseLong(parts[1]));
    }

    static String text(SharedQueues.Mark mark) {
        return mark.lastPlace() + " " + mark.nextVisibleAtMillis() + " " + mark.queue();
    }
}
