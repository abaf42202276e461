package dev.flowir.cli;

import dev.flowir.durable.RunRequest;
import dev.flowir.durable.Steered;
import dev.flowir.kernel.journal.JournalException;
import dev.flowir.kernel.journal.JournalFault;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * Asks for something of runs, whether or not an application has their store, and says what became
 * of it.
 */
final class Steerer {

    @Mixin private StoreFile store = new StoreFile();

    @Option(
            names = "--timeout",
            paramLabel = "TIME",
            defaultValue = "30s",
            converter = Durations.class,
            description = "how long the application may take for one run; default: 30s")
    private Duration timeout = Duration.ofSeconds(30);

    /** Asks the same of all of {@code which}. */
    int all(Console console, WhichRuns which, boolean over, Function<String, RunRequest> request)
            throws InterruptedException {
        List<String> ids = which.find(store, over);
        int worst = ExitCode.OK;
        try (Progress progress = new Progress(console, ids.size())) {
            for (int i = 0; i < ids.size(); i++) {
                progress.at(i);
                String id = ids.get(i);
                if (which.isDryRun()) {
                    progress.wipe();
                    console.out().println(store.isJson() ? new JsonLine().with("id", id) : id);
                } else {
                    worst = Math.max(worst, one(console, progress, request.apply(id)));
                }
            }
        }
        return worst;
    }

    /** Asks something of one run. */
    int one(Console console, RunRequest request) throws InterruptedException {
        try (Progress progress = new Progress(console, 0)) {
            return one(console, progress, request);
        }
    }

    private int one(Console console, Progress progress, RunRequest request)
            throws InterruptedException {
        JsonLine json = new JsonLine().with("id", request.run());
        try {
            String word =
                    switch (store.steered().ask(request, timeout)) {
                        case Steered.Done done -> RunsListCommand.word(done.state());
                        case Steered.Kept ignored -> "kept";
                    };
            progress.wipe();
            console.out()
                    .println(
                            store.isJson()
                                    ? json.with("now", word)
                                    : "%-36s  %s".formatted(request.run(), word));
            return ExitCode.OK;
        } catch (JournalException refused) {
            if (refused.fault() == JournalFault.NO_DOOR
                    || refused.fault() == JournalFault.NO_ANSWER) {
                throw refused;
            }
            progress.wipe();
            if (store.isJson()) {
                console.out()
                        .println(
                                json.with("code", refused.fault().code())
                                        .with("message", refused.detail()));
            }
            console.err().println("flow: " + refused.fault().code() + " " + refused.detail());
            console.err().println("      flow explain " + refused.fault().code());
            return ExitCode.INVALID;
        }
    }
}
