package dev.flowir.kernel.exec;

import dev.flowir.ir.plan.Plan;
import dev.flowir.ir.plan.Sharding;
import dev.flowir.kernel.Standstill;
import dev.flowir.kernel.machine.Wait;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What a machine says of a standstill, in names, places and sentences. */
final class Standstills {

    /** What bodies of one node do alike is one sentence. */
    private enum Work {
        WORKS,
        SLEEPS,
        IN_LINE
    }

    private final Driver driver;
    private final Prepared prepared;
    private final Plan plan;
    private final List<Standstill.Wait> told = new ArrayList<>();

    Standstills(Driver driver) {
        this.driver = driver;
        this.prepared = driver.prepared();
        this.plan = prepared.plan();
    }

    /** True when only the clock is waited for: there is nobody to wait for in vain. */
    boolean goesOnByItself(List<Wait> waits) {
        boolean clock = false;
        for (Wait wait : waits) {
            switch (wait.kind()) {
                case CLOCK -> clock = true;
                case BODY -> {
                    if (work(wait) != Work.SLEEPS) {
                        return false;
                    }
                    clock = true;
                }
                case PRODUCER, CONSUMER, STORE, TAKER -> {
                    return false;
                }
                case PARTNER, ROOM, TURN -> {} // for something that is listed itself, or comes
            }
        }
        return clock;
    }

    /** The standstill; {@code waits} is null when somebody keeps the turn of the run. */
    Standstill of(Duration silence, @Nullable List<Wait> waits) {
        Map<Integer, Map<Work, List<Wait>>> bodies = new LinkedHashMap<>();
        for (Wait wait : waits == null ? List.<Wait>of() : waits) {
            if (wait.kind() == Wait.Kind.BODY) {
                bodies.computeIfAbsent(wait.node(), node -> new TreeMap<>())
                        .computeIfAbsent(work(wait), work -> new ArrayList<>())
                        .add(wait);
            }
        }
        bodies.forEach((node, works) -> works.forEach((work, alike) -> body(work, alike)));
        for (Wait wait : waits == null ? List.<Wait>of() : waits) {
            if (wait.kind() != Wait.Kind.BODY) {
                add(wait);
            }
        }
        int named = Math.min(told.size(), Standstill.MOST);
        return new Standstill(silence, told.subList(0, named), told.size() - named);
    }

    private Work work(Wait wait) {
        Attempt attempt = driver.attemptAt(wait.number());
        if (attempt == null) {
            return Work.WORKS;
        }
        return attempt.isInLine() ? Work.IN_LINE : attempt.sleeps() ? Work.SLEEPS : Work.WORKS;
    }

    private void body(Work work, List<Wait> alike) {
        Wait first = alike.getFirst();
        Attempt attempt = driver.attemptAt(first.number());
        int node = work == Work.WORKS && attempt != null ? attempt.index() : first.node();
        String items = alike.size() == 1 ? "1 item" : alike.size() + " items";
        switch (work) {
            case WORKS ->
                    add(
                            node,
                            first.edge(),
                            -1,
                            name(node) + " is at work on " + items + doing(first));
            case SLEEPS -> add(node, first.edge(), -1, name(node) + " sleeps with " + items);
            case IN_LINE -> {
                int permits = plan.node(node).concurrency();
                String of = permits == 1 ? "its permit" : "one of its " + permits + " permits";
                String text =
                        items + (alike.size() == 1 ? " waits" : " wait") + " in line for " + of;
                add(node, first.edge(), node, name(node) + ": " + text);
            }
        }
    }

    private void add(Wait wait) {
        int node = wait.node();
        int edge = wait.edge();
        int on = wait.on();
        switch (wait.kind()) {
            case PRODUCER ->
                    addOutput(
                            node,
                            node,
                            "the consumer of " + name(node) + " waits for it" + doing(wait));
            case CONSUMER -> {
                Attempt attempt = driver.attemptAt(wait.number());
                boolean has = attempt != null && attempt.awaitsDemand();
                String what =
                        has
                                ? " waits for the consumer of its stream, which takes nothing"
                                : " is at work on a stream whose consumer takes nothing"
                                        + doing(wait);
                addOutput(node, -1, name(node) + what);
            }
            case STORE -> add(node, edge, -1, name(node) + " waits for the spill store" + on(edge));
            case CLOCK -> add(node, edge, -1, name(node) + " waits for its time");
            case PARTNER ->
                    add(
                            node,
                            edge,
                            on,
                            name(node)
                                    + " waits for "
                                    + name(on)
                                    + on(edge)
                                    + ", with what came on "
                                    + plan.edgeName(wait.number()));
            case ROOM -> {
                if (edge < 0) {
                    addOutput(node, -1, name(node) + " waits for room until an output is taken");
                } else {
                    add(
                            node,
                            edge,
                            on,
                            name(node) + " waits for room" + on(edge) + ", for " + name(on));
                }
            }
            case TURN -> {
                boolean one = wait.number() == 1;
                String text = (one ? "1 item" : wait.number() + " items") + on(edge);
                text += one ? " waits for " : " wait for ";
                Optional<Sharding> sharding = plan.edge(edge).sharding();
                if (sharding.isPresent() && sharding.get().ranking().isPresent()) {
                    text += one ? "its turn by priority at " : "their turns by priority at ";
                } else if (sharding.isPresent()) {
                    text += one ? "its key's turn at " : "their keys' turns at ";
                }
                add(node, edge, on, text + name(on));
            }
            case TAKER -> {
                String text = wait.number() == 1 ? "1 output" : wait.number() + " outputs";
                text += " of " + name(node) + (wait.number() == 1 ? " waits" : " wait");
                addOutput(node, -1, text + " to be taken");
            }
            case BODY -> {} // told already
        }
    }

    private String doing(Wait wait) {
        Attempt attempt = driver.attemptAt(wait.number());
        return attempt == null ? "" : ", " + attempt.doing();
    }

    private String on(int edge) {
        return edge < 0 ? "" : " on " + plan.edgeName(edge);
    }

    private String name(int node) {
        return "'" + prepared.alias(node) + "'";
    }

    private void add(int node, int edge, int on, String text) {
        add(node, edge < 0 ? Optional.empty() : Optional.of(plan.edgeName(edge)), on, text);
    }

    private void addOutput(int node, int on, String text) {
        add(node, Optional.of("capture::" + prepared.alias(plan.capture())), on, text);
    }

    private void add(int node, Optional<String> edge, int on, String text) {
        told.add(
                new Standstill.Wait(
                        prepared.alias(node),
                        edge,
                        on < 0 ? Optional.empty() : Optional.of(prepared.alias(on)),
                        text));
    }
}
