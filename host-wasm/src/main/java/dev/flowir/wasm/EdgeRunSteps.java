package dev.flowir.wasm;

import dev.flowir.kernel.journal.Issued;
import dev.flowir.kernel.journal.RunCore;
import dev.flowir.kernel.journal.Step;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The steps of one durable run that are at work in this isolate, each a coroutine. */
final class EdgeRunSteps {

    /** Is told how a step ended that still counts. */
    interface Ended {
        void tell(EdgeStep.End end);
    }

    private final Platform platform;
    private final Ended ended;
    private final Map<Long, EdgeStep> attempts = new LinkedHashMap<>();
    private final List<Issued> held = new ArrayList<>();
    private final List<Platform.Parking> waiting = new ArrayList<>();
    private @Nullable RunCore core;
    private String run = "";
    private String keyed = "";
    private int running;
    private int leaving;

    EdgeRunSteps(Platform platform, Ended ended) {
        this.platform = platform;
        this.ended = ended;
    }

    /** Begins a step, unless it undoes beside a body that was given up: then once that has left. */
    void launch(RunCore now, String id, int generation, Issued issued) {
        core = now;
        run = id;
        keyed = generation == 1 ? id : id + "#" + generation;
        launch(now, issued);
    }

    private void launch(RunCore now, Issued issued) {
        if (now.isUndoing() && leaving > 0) {
            held.add(issued);
            return;
        }
        Optional<Step> step = now.step(issued.ticket());
        if (step.isEmpty()) {
            return;
        }
        EdgeStep attempt = new EdgeStep(platform, now.flow(), run, keyed, step.get());
        attempts.put(issued.ticket(), attempt);
        running++;
        platform.spawn(() -> work(issued.ticket(), attempt));
    }

    private void work(long ticket, EdgeStep attempt) {
        EdgeStep.End end = attempt.run();
        if (attempt.isCurrent()) {
            attempts.remove(ticket);
            ended.tell(end);
        } else {
            leaving--;
            RunCore read = core;
            if (leaving == 0 && read != null) {
                List<Issued> now = List.copyOf(held);
                held.clear();
                now.forEach(issued -> launch(read, issued));
            }
        }
        running--;
        List<Platform.Parking> told = List.copyOf(waiting);
        waiting.clear();
        told.forEach(Platform.Parking::unpark);
    }

    /** Whether bodies are at work, those given up included. */
    boolean areRunning() {
        return running > 0;
    }

    /** Waits until no body is at work, at most until a time of the platform's clock. */
    void awaitQuiet(long untilNanos) {
        while (running > 0 && platform.nowNanos() < untilNanos) {
            Platform.Parking quiet = platform.parking();
            waiting.add(quiet);
            Platform.Timer limit =
                    platform.schedule(untilNanos - platform.nowNanos(), quiet::unpark);
            quiet.park();
            limit.cancel();
        }
    }

    /** Ends a step: what its body still does no longer counts. */
    void giveUp(long ticket) {
        EdgeStep attempt = attempts.remove(ticket);
        if (attempt != null) {
            leaving++;
            attempt.giveUp();
        }
    }

    /** Ends all steps, and forgets those that were held. */
    void giveUpAll() {
        core = null;
        held.clear();
        for (long ticket : List.copyOf(attempts.keySet())) {
            giveUp(ticket);
        }
    }
}
