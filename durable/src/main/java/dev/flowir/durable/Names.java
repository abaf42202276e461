package dev.flowir.durable;

import dev.flowir.ir.CodecException;
import dev.flowir.ir.JsonValue;
import dev.flowir.ir.Wait;
import dev.flowir.ir.Window;
import dev.flowir.ir.json.JsonText;
import dev.flowir.kernel.journal.JournalException;
import dev.flowir.kernel.journal.JournalFault;
import dev.flowir.kernel.journal.Payload;
import dev.flowir.kernel.journal.PinnedFlow;
import dev.flowir.kernel.journal.RunRow;
import dev.flowir.kernel.journal.RunState;
import dev.flowir.kernel.journal.Step;
import dev.flowir.kernel.journal.Value;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.regex.Pattern;

/** What callers say about runs, checked and turned into what is stored. */
final class Names {

    private static final Pattern ID = Pattern.compile("[a-zA-Z0-9_][a-zA-Z0-9_-]*");
    private static final Pattern SIGNAL = Pattern.compile("[a-zA-Z0-9_-]+");
    private static final int MAX_NAME_LENGTH = 256;
    private static final long NANOS_PER_MILLI = 1_000_000;

    private Names() {}

    static void ensureId(String id) {
        if (id.length() > DurableLimits.MAX_ID_LENGTH || !ID.matcher(id).matches()) {
            throw new JournalException(
                    JournalFault.INVALID,
                    "'"
                            + id
                            + "' is no id of a run: 1 to 100 letters, digits, '_' and '-', not"
                            + " beginning with '-'");
        }
    }

    /** Id of the run that does a step of another: it follows from both, whoever asks. */
    static String child(RunRow parent, PinnedFlow flow, Step step) {
        String wanted =
                parent.id()
                        + "-"
                        + flow.alias(step.node())
                        + "-"
                        + Long.toHexString(step.issued().item())
                        + (parent.generation() == 1 ? "" : "-" + parent.generation());
        return wanted.length() <= DurableLimits.MAX_ID_LENGTH && ID.matcher(wanted).matches()
                ? wanted
                : "child-" + UUID.nameUUIDFromBytes(wanted.getBytes(StandardCharsets.UTF_8));
    }

    static void ensureFeed(String name) {
        if (name.length() > FeedBounds.MAX_NAME_LENGTH || !ID.matcher(name).matches()) {
            throw new JournalException(
                    JournalFault.INVALID,
                    "'"
                            + name
                            + "' is no name of a feed: 1 to 50 letters, digits, '_' and '-', not"
                            + " beginning with '-'");
        }
    }

    /** Id of a run of a feed. */
    static String ofFeed(String feed, String which) {
        return feed + "-" + which;
    }

    /** Id of the run that takes a window on: it follows from feed, node, key and window. */
    static String ofWindow(FeedRow feed, String node, Window<?, ?> window) {
        String what =
                feed.number()
                        + "/"
                        + node
                        + "/"
                        + window.startMillis()
                        + "/"
                        + window.endMillis()
                        + "/"
                        + window.revision()
                        + "/"
                        + window.key();
        UUID hash = UUID.nameUUIDFromBytes(what.getBytes(StandardCharsets.UTF_8));
        String wanted = ofFeed(feed.name(), node + "-" + hash.toString().replace("-", ""));
        return wanted.length() <= DurableLimits.MAX_ID_LENGTH && ID.matcher(wanted).matches()
                ? wanted
                : ofFeed(feed.name(), "window-" + hash);
    }

    static void ensureSignal(String name) {
        if (name.length() > DurableLimits.MAX_SIGNAL_NAME_LENGTH
                || !SIGNAL.matcher(name).matches()) {
            throw new JournalException(
                    JournalFault.INVALID,
                    "'" + name + "' is no name of a signal: 1 to 100 letters, digits, '_', '-'");
        }
    }

    /** What a signal is kept under. */
    static String signal(String name, Optional<String> key) {
        ensureSignal(name);
        try {
            return key.map(it -> Wait.address(name, it)).orElse(name);
        } catch (IllegalArgumentException e) {
            throw new JournalException(JournalFault.INVALID, String.valueOf(e.getMessage()), e);
        }
    }

    /** An answer as it is recorded. */
    record Answer(int node, Payload payload) {}

    static Answer answer(PinnedFlow flow, String node, Object answer, String by) {
        int index = flow.plan().indexOf(node);
        List<Object> answers =
                index < 0
                        ? List.of()
                        : flow.waits(index)
                                .flatMap(Wait::answers)
                                .map(type -> List.<Object>of(type.getEnumConstants()))
                                .orElse(List.of());
        Optional<Object> chosen = answers.stream().filter(it -> means(answer, it)).findFirst();
        if (chosen.isEmpty() || by.isBlank() || by.length() > MAX_NAME_LENGTH) {
            throw new JournalException(
                    JournalFault.INVALID,
                    "node '"
                            + node
                            + "' takes one of "
                            + answers
                            + " from someone whose name has 1 to 256 characters, not "
                            + answer
                            + " from '"
                            + by
                            + "'");
        }
        try {
            return new Answer(index, flow.value(index, chosen.get()).encoded());
        } catch (CodecException e) {
            throw new JournalException(
                    JournalFault.NOT_ENCODABLE, "the answer cannot be recorded: " + e, e);
        }
    }

    /** Whether an answer, or its name, is this one. */
    private static boolean means(Object answer, Object known) {
        return known.equals(answer)
                || (answer instanceof String name
                        && known instanceof Enum<?> constant
                        && constant.name().equals(name));
    }

    static RunRow row(String id, PinnedFlow flow, long nowNanos) {
        long now = nowNanos / NANOS_PER_MILLI;
        return new RunRow(
                0,
                id,
                1,
                flow.name(),
                flow.version(),
                flow.hash(),
                RunState.QUEUED,
                now,
                now,
                0,
                OptionalLong.empty(),
                Optional.empty(),
                "");
    }

    /** The input as it is recorded. */
    static Value input(PinnedFlow flow, Object input, int mostBytes) {
        Value value;
        try {
            value = flow.input(input);
        } catch (CodecException e) {
            throw new JournalException(
                    JournalFault.NOT_ENCODABLE, "the input cannot be recorded: " + e, e);
        }
        ensureSize("the input", value.encoded().size(), mostBytes);
        return value;
    }

    static void ensureSize(String what, int bytes, int mostBytes) {
        if (bytes > mostBytes) {
            throw new JournalException(
                    JournalFault.TOO_LARGE,
                    what + " has " + bytes + " bytes; " + mostBytes + " are allowed");
        }
    }

    /** The first node that waits for a signal. */
    static int waits(PinnedFlow flow, String signal, boolean isKeyed) {
        for (int node = 0; node < flow.plan().nodeCount(); node++) {
            boolean asks =
                    flow.waits(node)
                            .filter(wait -> wait.isKeyed() == isKeyed)
                            .flatMap(Wait::signal)
                            .filter(signal::equals)
                            .isPresent();
            if (asks) {
                return node;
            }
        }
        throw new JournalException(
                JournalFault.INVALID,
                "no node of flow '"
                        + flow.name()
                        + "' waits for a signal '"
                        + signal
                        + (isKeyed ? "' with a key" : "' without a key"));
    }

    /** The payload as the nodes that wait for {@code signal} will read it. */
    static Payload signalPayload(PinnedFlow flow, int node, String signal, Object payload) {
        try {
            return flow.value(node, payload).encoded();
        } catch (CodecException | ClassCastException e) {
            throw otherPayload(flow, node, signal, e);
        }
    }

    /** The same of JSON: it is read as what the node waits for, so that only that is kept. */
    static Payload signalJson(PinnedFlow flow, int node, String signal, JsonValue payload) {
        if (!flow.codecId().equals("json")) {
            throw new JournalException(
                    JournalFault.INVALID,
                    "payloads of this application are '" + flow.codecId() + "' and no JSON");
        }
        try {
            byte[] text = JsonText.compact(payload).getBytes(StandardCharsets.UTF_8);
            Object read = flow.decode(node, Payload.of(text)).object();
            return flow.value(node, read).encoded();
        } catch (CodecException e) {
            throw otherPayload(flow, node, signal, e);
        }
    }

    private static JournalException otherPayload(
            PinnedFlow flow, int node, String signal, Exception e) {
        return new JournalException(
                JournalFault.INVALID,
                "node '"
                        + flow.alias(node)
                        + "' waits for signal '"
                        + signal
                        + "' with another payload: "
                        + e.getMessage(),
                e);
    }
}
