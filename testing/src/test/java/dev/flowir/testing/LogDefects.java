package dev.flowir.testing;

import static dev.flowir.testing.Wrongs.always;
import static dev.flowir.testing.Wrongs.changed;
import static dev.flowir.testing.Wrongs.given;
import static dev.flowir.testing.Wrongs.instead;
import static dev.flowir.testing.Wrongs.nothing;
import static dev.flowir.testing.Wrongs.nothingWhere;
import static dev.flowir.testing.Wrongs.swallowing;

import dev.flowir.ir.JsonValue;
import dev.flowir.kernel.cap.WireRequest;
import dev.flowir.object.log.Frame;
import dev.flowir.object.log.LogException;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** What can be wrong with logs of events. */
final class LogDefects {

    private static final String ROOM = "dev.flowir.object.log.";
    private static final String REQUEST = "dev.flowir.kernel.cap.WireRequest";

    private LogDefects() {}

    static List<LibraryDefect> all() {
        return List.of(
                wrong(
                        "shows envelopes without names",
                        "EventLog",
                        "json",
                        always(JsonValue.text("event")),
                        "LOG-01"),
                wrong(
                        "takes the initial state for the stored one",
                        "LogJson",
                        "state",
                        always(LogScene.Till.EMPTY),
                        "LOG-02"),
                wrong(
                        "believes the link that a row has",
                        "Reading",
                        "proved",
                        instead(call -> Twist.value(call.argument(2), "chain")),
                        "LOG-03"),
                wrong(
                        "knows no event again",
                        "EventLog",
                        "known",
                        always(Optional.empty()),
                        "LOG-04",
                        "LOG-05"),
                wrong("keeps one client action", "Rows", "forget", given(1, window -> 1), "LOG-05"),
                wrong(
                        "keeps client actions for ever",
                        "EventLog",
                        "oldestAction",
                        always(Long.MIN_VALUE),
                        "LOG-06"),
                wrong(
                        "stores no client action",
                        "Rows",
                        "put",
                        nothingWhere(call -> call.arguments()[0] instanceof String),
                        "LOG-05",
                        "LOG-07"),
                wrong(
                        "stores no ids",
                        "Rows",
                        "version",
                        instead(call -> OptionalLong.empty()),
                        "LOG-04",
                        "LOG-07"),
                wrong(
                                "believes its memory",
                                "EventLog",
                                "current",
                                new Twist.Wrong() {
                                    @Override
                                    public boolean before(Twist.Call call) {
                                        return call.field("state") != null;
                                    }

                                    @Override
                                    public @Nullable Object after(
                                            Twist.Call call, @Nullable Object right) {
                                        return right == null ? call.field("state") : right;
                                    }
                                },
                                "LOG-08")
                        .and(
                                LibraryDefect.of(
                                        "goes on with an object whose call failed",
                                        "dev.flowir.object.Instance",
                                        "forgetLife",
                                        nothing())),
                wrong("takes any word", "Words", "check", nothing(), "LOG-09"),
                wrong(
                        "sees no difference between states",
                        "Reduction",
                        "difference",
                        always(Optional.empty()),
                        "LOG-11",
                        "LOG-15"),
                wrong(
                        "sees no change of what a reducer is given",
                        "Reduction",
                        "same",
                        always(true),
                        "LOG-11",
                        "LOG-12"),
                wrong(
                        "takes a reducer that holds something",
                        "LogDefinition",
                        "of",
                        swallowing(LogException.class, () -> LogScene.TILL),
                        "LOG-13"),
                wrong(
                        "lets the reducer use the log",
                        "Reduction",
                        "isRunning",
                        always(false),
                        "LOG-14"),
                wrong(
                        "leaves out the first frame",
                        "EventLog",
                        "since",
                        changed(LogDefects::withoutFirst),
                        "LOG-21",
                        "LOG-22"),
                wrong(
                        "gives the last event again",
                        "EventLog",
                        "since",
                        given(0, known -> (Long) known - 1),
                        "LOG-22"),
                wrong(
                        "gives any number of events",
                        "EventLog",
                        "since",
                        given(1, most -> Integer.MAX_VALUE),
                        "LOG-23",
                        "LOG-24"),
                wrong(
                        "takes a slow subscriber for one that reads",
                        "Live",
                        "after",
                        changed(LogDefects::inLog),
                        "LOG-25"),
                LibraryDefect.of(
                        "tells before the commit",
                        "dev.flowir.object.Context",
                        "afterCommit",
                        nothingWhere(call -> {
                            ((Runnable) call.argument(0)).run();
                            return true;
                        }),
                        "LOG-26"),
                wrong(
                        "takes any number of subscribers",
                        "Live",
                        "join",
                        given(0, most -> Integer.MAX_VALUE),
                        "LOG-27"),
                wrong(
                        "says of what was closed that it lagged",
                        "Subscription",
                        "finish",
                        given(0, why -> Frame.Why.LAGGED),
                        "LOG-28"),
                wrong("never archives", "Archiving", "old", always(List.of()), "LOG-31", "LOG-32"),
                wrong("keeps no events here", "LogOptions", "keepEvents", always(0), "LOG-31"),
                wrong(
                        "finds no event too old",
                        "LogOptions",
                        "keepAge",
                        always(Duration.ofDays(10_000)),
                        "LOG-32"),
                wrong(
                        "reads the parts backwards",
                        "Rows",
                        "segments",
                        changed(parts -> ((List<?>) parts).reversed()),
                        "LOG-33"),
                LibraryDefect.of(
                        "takes a failed put for one that worked",
                        "dev.flowir.object.Context",
                        "outside",
                        swallowing(IOException.class, () -> "put"),
                        "LOG-34"),
                wrong("takes any part for its own", "Chain", "of", always("same"), "LOG-35"),
                wrong(
                        "never sets the alarm for the archive",
                        "EventLog",
                        "serveArchiveLater",
                        nothing(),
                        "LOG-36"),
                wrong(
                        "archives events that no state is stored for",
                        "EventLog",
                        "ensureStored",
                        nothing(),
                        "LOG-37"),
                wrong(
                        "sends clients the state under another name",
                        "LogTexts",
                        "text",
                        another("state", "value"),
                        "LOG-41",
                        "LOG-44"),
                LibraryDefect.of(
                        "shows a client that comes back what it has seen",
                        REQUEST,
                        "since",
                        changed(LogDefects::oneBefore),
                        "LOG-42"),
                wrong(
                        "shows all events to who is too far behind",
                        "EventLog",
                        "since",
                        given(1, most -> most.equals(0) ? 1000 : most),
                        "LOG-43"),
                LibraryDefect.of(
                        "begins for who only asks where that says",
                        REQUEST,
                        "since",
                        forSnapshots(OptionalLong.of(0)),
                        "LOG-44"),
                wrong(
                        "has those who are too many not come back",
                        "LogWire",
                        "end",
                        given(0, code -> code.equals(1013) ? 1011 : code),
                        "LOG-45"),
                wrong(
                        "ends who says something else with another code",
                        "LogWire",
                        "end",
                        given(0, code -> code.equals(1003) ? 1008 : code),
                        "LOG-46"),
                wrong(
                        "tells no socket of events",
                        "LogSockets",
                        "appended",
                        nothing(),
                        "LOG-47",
                        "LOG-48",
                        "LOG-49"),
                wrong("takes what followers say", "LogSockets", "text", nothing(), "LOG-49"));
    }

    /** Another text in place of one. */
    private static Twist.Wrong another(String text, String other) {
        return new Twist.Wrong() {
            @Override
            public boolean before(Twist.Call call) {
                for (int i = 0; i < call.arguments().length; i++) {
                    if (text.equals(call.arguments()[i])) {
                        call.arguments()[i] = other;
                    }
                }
                return false;
            }
        };
    }

    private static Object oneBefore(@Nullable Object version) {
        return version instanceof OptionalLong seen && seen.isPresent()
                ? OptionalLong.of(seen.getAsLong() - 1)
                : OptionalLong.empty();
    }

    private static Twist.Wrong forSnapshots(OptionalLong since) {
        return new Twist.Wrong() {
            @Override
            public @Nullable Object after(Twist.Call call, @Nullable Object answer) {
                return call.self() instanceof WireRequest request
                                && request.kind() == WireRequest.Kind.SNAPSHOT
                        ? since
                        : answer;
            }
        };
    }

    private static LibraryDefect wrong(
            String what, String type, String method, Twist.Wrong wrong, String... noticed) {
        return LibraryDefect.of(what, ROOM + type, method, wrong, noticed);
    }

    private static @Nullable Object withoutFirst(@Nullable Object frames) {
        List<?> all = (List<?>) frames;
        return all.isEmpty() ? all : all.subList(1, all.size());
    }

    private static @Nullable Object inLog(@Nullable Object next) {
        String type = String.valueOf(next);
        return type.startsWith("Behind") ? Twist.made(ROOM + "Live$Next$InLog") : next;
    }
}
