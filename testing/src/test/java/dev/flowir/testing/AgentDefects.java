package dev.flowir.testing;

import static dev.flowir.testing.Wrongs.always;
import static dev.flowir.testing.Wrongs.changed;
import static dev.flowir.testing.Wrongs.given;
import static dev.flowir.testing.Wrongs.instead;
import static dev.flowir.testing.Wrongs.nothing;

import dev.flowir.object.agent.AgentClass;
import dev.flowir.object.agent.AgentClient;
import dev.flowir.object.agent.AgentFault;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What can be wrong with agents. */
final class AgentDefects {

    private static final String ROOM = "dev.flowir.object.agent.";

    private AgentDefects() {}

    static List<LibraryDefect> all() {
        return List.of(
                wrong(
                        "gives the pusher an echo",
                        "AgentCore",
                        "change",
                        given(1, source -> Optional.empty()),
                        "AG-01"),
                wrong(
                        "lets every state pass",
                        "Declared",
                        "check",
                        always((AgentClass.StateCheck<Object>) (before, next) -> Optional.empty()),
                        "AG-02",
                        "AG-102"),
                wrong(
                        "says nothing to who connects",
                        "AgentCore",
                        "welcome",
                        nothing(),
                        "AG-03",
                        "AG-10",
                        "DO-33"),
                wrong(
                        "forgets the first that was missed",
                        "Chronicle",
                        "replay",
                        changed(AgentDefects::withoutFirst),
                        "AG-10",
                        "DO-33"),
                wrong(
                        "knows no schedule again",
                        "Tasks",
                        "digest",
                        instead(call -> UUID.randomUUID().toString()),
                        "AG-04",
                        "AG-107"),
                wrong(
                        "makes up for each moment that went by",
                        "TaskRow",
                        "next",
                        new Twist.Wrong() {
                            @Override
                            public boolean before(Twist.Call call) {
                                if (call.argument(0) instanceof Long) {
                                    call.arguments()[0] = call.field("dueMillis");
                                }
                                return false;
                            }
                        },
                        "AG-05"),
                wrong(
                        "tries once",
                        "AgentLimits",
                        "taskRetries",
                        always(0),
                        "AG-06",
                        "AG-08",
                        "AG-09"),
                wrong("knows no key again", "Chronicle", "knows", always(false), "AG-07"),
                wrong(
                        "strikes off a run that has ended without telling",
                        "RunErrand",
                        "run",
                        instead(call -> Optional.empty()),
                        "AG-08",
                        "AG-108"),
                wrong(
                        "begins nothing again that was given up",
                        "Tasks",
                        "again",
                        always(false),
                        "AG-08",
                        "AG-09"),
                wrong(
                        "orders tasks of one moment by chance",
                        "Tasks",
                        "nextId",
                        instead(call -> UUID.randomUUID().toString()),
                        "AG-09"),
                wrong(
                        "lets everybody call everything",
                        "Callable$Answering",
                        "least",
                        always(AgentClient.Access.READ),
                        "AG-101"),
                wrong(
                        "says nothing of a call that failed",
                        "AgentSockets",
                        "unhandled",
                        always(Optional.empty()),
                        "AG-102"),
                wrong("sends no items", "Callable$Streaming", "send", nothing(), "AG-103"),
                wrong(
                        "takes nonsense for a wrong argument",
                        "AgentSockets",
                        "refuse",
                        given(
                                2,
                                fault ->
                                        fault == AgentFault.BAD_MESSAGE
                                                ? AgentFault.BAD_ARGUMENT
                                                : fault),
                        "AG-104"),
                wrong("takes no task back", "Tasks", "cancel", always(true), "AG-105"),
                wrong(
                        "repeats as fast as it is asked to",
                        "AgentLimits",
                        "leastInterval",
                        always(Duration.ofMillis(1)),
                        "AG-106"),
                LibraryDefect.of(
                        "is a minute late by the calendar",
                        "dev.flowir.kernel.cap.Cron",
                        "next",
                        changed(AgentDefects::aMinuteLater),
                        "AG-107"),
                wrong("looks at no run at once", "RunTable", "look", always(true), "AG-108"),
                wrong("forgets no run", "RunTable", "forget", always(true), "AG-109"));
    }

    private static LibraryDefect wrong(
            String what, String type, String method, Twist.Wrong wrong, String... noticed) {
        return LibraryDefect.of(what, ROOM + type, method, wrong, noticed);
    }

    private static @Nullable Object withoutFirst(@Nullable Object frames) {
        List<?> all = (List<?>) frames;
        return all == null || all.isEmpty() ? all : all.subList(1, all.size());
    }

    private static @Nullable Object aMinuteLater(@Nullable Object moment) {
        return moment instanceof Optional<?> next
                ? next.map(at -> ((Instant) at).plusSeconds(60))
                : moment;
    }
}
