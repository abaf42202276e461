package dev.flowir.examples.microcos;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** "Streaming LLM + token events = responsive UI". */
class ClaimResponsiveTest {

    private static final int QUESTIONS = Integer.getInteger("first.tokens", 3);

    @TempDir Path data;

    @Test
    void r4_30_theFirstTokensAreThereWhileTheModelIsStillSpeaking() throws Exception {
        try (Cos cos = Cos.in(data);
                Follower follower = Follower.socket(cos, "ada", "")) {
            follower.until("snapshot");
            CountDownLatch rest = new CountDownLatch(1);
            cos.model.order(new LocalModel.Fault.PauseAfter(3, rest));
            cos.post("/chats/ada/messages", "{\"text\":\"hello\"}");
            for (int piece = 0; piece < 3; piece++) {
                follower.until("llm.token");
            }
            assertEquals(1, cos.chat("ada").drafts().size());
            assertEquals(1, cos.chat("ada").messages().size());
            rest.countDown();
            follower.until("assistant.message");
        }
    }

    /**
     * From a message that is sent to its first token at the client, by a model that answers at
     * once. {@code -Dfirst.tokens=500} makes a measurement of it, which is told and not judged.
     */
    @Test
    void r4_30_theTimeToTheFirstTokenIsToldByARunOfItsOwn() throws Exception {
        List<Long> nanos = new ArrayList<>();
        try (Cos cos = Cos.in(data)) {
            for (int i = 0; i < QUESTIONS; i++) {
                String user = "user-" + i;
                try (Follower follower = Follower.socket(cos, user, "")) {
                    follower.until("snapshot");
                    long start = System.nanoTime();
                    cos.post("/chats/" + user + "/messages", "{\"text\":\"hello\"}");
                    follower.until("llm.token");
                    nanos.add(System.nanoTime() - start);
                    follower.until("assistant.message");
                }
                cos.settle();
            }
        }
        assertEquals(QUESTIONS, nanos.size());
        List<Long> sorted = nanos.stream().sorted().toList();
        System.out.printf(
                "first token of %d answers: median %.1f ms, p99 %.1f ms, most %.1f ms%n",
                sorted.size(), millis(sorted, 50), millis(sorted, 99), millis(sorted, 100));
    }

    private static double millis(List<Long> sorted, int percent) {
        int at = Math.max(0, (int) Math.ceil(sorted.size() * percent / 100.0) - 1);
        return sorted.get(at) / (double) TimeUnit.MILLISECONDS.toNanos(1);
    }
}
