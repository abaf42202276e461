package dev.flowir.cli;

import dev.flowir.durable.HistoryEvent;
import dev.flowir.durable.RunView;

/** Runs for people and for programs. */
final class RunText {

    private RunText() {}

    static JsonLine json(RunView run) {
        return new JsonLine()
                .with("id", run.id())
                .with("flow", run.flow())
                .with("version", run.version())
                .with("generation", run.generation())
                .with("state", RunsListCommand.word(run.state()))
                .with("created", run.created().toString())
                .with("updated", run.updated().toString())
                .with("wakes", run.wakes())
                .with("output", run.output())
                .with("failure", run.failure())
                .with("reason", run.reason());
    }

    static JsonLine json(HistoryEvent event) {
        return new JsonLine()
                .with("record", event.number())
                .with("at", event.at().toString())
                .with("what", event.what())
                .with("payload", event.payload())
                .with("began", event.began());
    }

    static String line(RunView run) {
        String more =
                run.reason()
                        .or(run::failure)
                        .or(() -> run.wakes().map(at -> "wakes " + at))
                        .orElse("");
        return "%-36s  %-10s  %s %s  %s  %s"
                .formatted(
                        run.id(),
                        RunsListCommand.word(run.state()),
                        run.flow(),
                        run.version(),
                        run.updated(),
                        more)
                .stripTrailing();
    }

    static String line(HistoryEvent event) {
        String began = event.began().isEmpty() ? "" : " -> " + String.join(", ", event.began());
        String payload = event.payload().isEmpty() ? "" : "  " + event.payload();
        return "%4d  %s  %s%s%s"
                .formatted(event.number(), event.at(), event.what(), began, payload);
    }
}
