package dev.flowir.benchmarks.edge;

import java.io.IOException;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** Answers of workers that are warm: one connection, one request after another. */
final class Answers {

    /** What was measured of one contender. */
    static final class Warm {
        private final Times times = new Times();
        private long processorNanos;

        /** From a request's first byte to the last one of its answer. */
        Times times() {
            return times;
        }

        /** Processor time of the worker's process that an answer took. */
        long processorNanos() {
            return processorNanos / Math.max(1, times.count());
        }

        void add(long nanos) {
            times.add(nanos);
        }

        void addProcessor(long nanos) {
            processorNanos += nanos;
        }
    }

    private Answers() {}

    /** Asks all of them for a slice of time, by turns, so many times. */
    static Map<Contender, Warm> measure(
            Path program, Map<Contender, Path> folders, Question question, int slices, long millis)
            throws IOException, InterruptedException {
        Map<Contender, Isolate> isolates = new EnumMap<>(Contender.class);
        Map<Contender, Warm> all = new EnumMap<>(Contender.class);
        byte[] request = Conversation.post(question.path(), question.body());
        try {
            Set<String> said = new LinkedHashSet<>();
            for (Map.Entry<Contender, Path> each : folders.entrySet()) {
                Isolate isolate = Isolate.start(program, each.getValue());
                isolates.put(each.getKey(), isolate);
                try (Conversation talk = isolate.talk()) {
                    said.add(talk.ask(request));
                }
            }
            if (said.size() != 1) {
                throw new IllegalStateException("they do not say the same: " + said);
            }
            for (int slice = -1; slice < slices; slice++) {
                for (Map.Entry<Contender, Isolate> each : isolates.entrySet()) {
                    Warm warm = all.computeIfAbsent(each.getKey(), it -> new Warm());
                    // The first slice warms up.
                    slice(each.getValue(), request, millis, slice < 0 ? new Warm() : warm);
                }
            }
        } finally {
            isolates.values().forEach(Isolate::close);
        }
        return all;
    }

    private static void slice(Isolate isolate, byte[] request, long millis, Warm warm)
            throws IOException {
        try (Conversation talk = isolate.talk()) {
            talk.ask(request);
            long processor = isolate.processorNanos();
            long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
            long before = System.nanoTime();
            while (before < end) {
                talk.ask(request);
                long after = System.nanoTime();
                warm.add(after - before);
                before = after;
            }
            warm.addProcessor(isolate.processorNanos() - processor);
        }
    }

    /** The time of each kind of computing, by turns; all have to give the number of this JVM. */
    static Map<Sums, Map<Contender, Times>> compute(
            Path program, Map<Contender, Path> folders, int rounds)
            throws IOException, InterruptedException {
        Map<Sums, Map<Contender, Times>> all = new EnumMap<>(Sums.class);
        Map<Contender, Isolate> isolates = new EnumMap<>(Contender.class);
        try {
            for (Map.Entry<Contender, Path> each : folders.entrySet()) {
                isolates.put(each.getKey(), Isolate.start(program, each.getValue()));
            }
            for (Sums sums : Sums.values()) {
                Map<Contender, Times> times = new EnumMap<>(Contender.class);
                String wanted = "{\"value\":\"" + sums.compute(sums.rounds()) + "\"}";
                byte[] request =
                        Conversation.post("/" + sums.path(), "{\"rounds\":" + sums.rounds() + "}");
                // A quarter of them warms up.
                for (int round = -rounds / 4; round < rounds; round++) {
                    for (Map.Entry<Contender, Isolate> each : isolates.entrySet()) {
                        try (Conversation talk = each.getValue().talk()) {
                            long before = System.nanoTime();
                            String said = talk.ask(request);
                            long took = System.nanoTime() - before;
                            if (!said.equals(wanted)) {
                                throw new IllegalStateException(
                                        each.getKey() + " says " + said + " for " + wanted);
                            }
                            if (round >= 0) {
                                times.computeIfAbsent(each.getKey(), it -> new Times()).add(took);
                            }
                        }
                    }
                }
                all.put(sums, times);
            }
        } finally {
            isolates.values().forEach(Isolate::close);
        }
        return all;
    }
}
