package dev.flowir.benchmarks.edge;

import java.io.IOException;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;

/** Cold starts: from the start of a process to the whole of its first answer. */
final class Starts {

    /**
     * What was measured of one contender.
     *
     * @param answered from the start of the process to its first answer
     * @param first from the time the worker listened to its first answer
     */
    record Cold(Times answered, Times first) {}

    private Starts() {}

    /** Starts all of them so many times, by turns. */
    static Map<Contender, Cold> measure(
            Path program, Map<Contender, Path> folders, Question question, int rounds)
            throws IOException, InterruptedException {
        Map<Contender, Cold> all = new EnumMap<>(Contender.class);
        byte[] request = Conversation.post(question.path(), question.body());
        // The first round fills the caches of the disk.
        for (int round = -1; round < rounds; round++) {
            for (Map.Entry<Contender, Path> each : folders.entrySet()) {
                long started = System.nanoTime();
                try (Isolate isolate = Isolate.start(program, each.getValue())) {
                    long listening = System.nanoTime();
                    try (Conversation talk = isolate.talk()) {
                        talk.ask(request);
                    }
                    long answered = System.nanoTime();
                    if (round >= 0) {
                        Cold cold =
                                all.computeIfAbsent(
                                        each.getKey(), it -> new Cold(new Times(), new Times()));
                        cold.answered().add(answered - started);
                        cold.first().add(answered - listening);
                    }
                }
            }
        }
        return all;
    }
}
