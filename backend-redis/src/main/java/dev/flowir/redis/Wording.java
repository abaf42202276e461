package dev.flowir.redis;

import dev.flowir.queue.Body;
import dev.flowir.queue.QueueMetrics;
import dev.flowir.queue.SharedQueues;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
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

    /** What one sender asks for. */
    static List<byte[]> append(
            long revision, SharedQueues.Room room, List<SharedQueues.Draft> drafts) {
        List<byte[]> said = new ArrayList<>(1 + 3 * drafts.size());
        said.add(
                numbers(
                        revision,
                        room.messages(),
                        room.bytes(),
                        room.dropsOldest() ? 1 : 0,
                        drafts.size(),
                        drafts.stream().mapToLong(SharedQueues.Draft::size).sum()));
        for (SharedQueues.Draft draft : drafts) {
            said.add(numbers(draft.size(), draft.delayMillis()));
            said.add(Server.utf8(draft.envelope()));
            said.add(draft.body().bytes());
        }
        return said;
    }

    /** What one settles. */
    static List<byte[]> changes(List<SharedQueues.Change> changes) {
        List<byte[]> said = new ArrayList<>(1 + 6 * changes.size());
        said.add(number(changes.size()));
        for (SharedQueues.Change change : changes) {
            said.add(numbers(change.place(), change.size(), change.leases(), change.holder()));
            said.addAll(next(change.next()));
        }
        return said;
    }

    private static byte[] numbers(long... values) {
        StringBuilder text = new StringBuilder();
        for (long value : values) {
            text.append(text.isEmpty() ? "" : " ").append(value);
        }
        return Server.utf8(text.toString());
    }

    /** What becomes of a message, and four arguments of that. */
    private static List<byte[]> next(SharedQueues.Next next) {
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

    /** A letter for each. */
    static List<SharedQueues.Outcome> outcomes(Object said) {
        return text(said).chars().mapToObj(Wording::outcome).toList();
    }

    private static SharedQueues.Outcome outcome(int letter) {
        return switch (letter) {
            case 'd' -> SharedQueues.Outcome.DONE;
            case 'f' -> SharedQueues.Outcome.FULL;
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
