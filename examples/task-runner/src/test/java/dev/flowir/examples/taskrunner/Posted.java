package dev.flowir.examples.taskrunner;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/** What was posted and acknowledged, and how it stood when it was last looked at. */
final class Posted {

    private static final List<String> ORDER =
            List.of("pending", "processing", "completed", "failed");

    private final Map<String, String> seen = new LinkedHashMap<>();
    private final List<String> poison = new ArrayList<>();

    /** Posts one task and remembers it when it was acknowledged; false once nobody answers. */
    boolean post(Client client, SplittableRandom random) throws InterruptedException {
        boolean bad = random.nextInt(10) == 0;
        try {
            HttpResponse<String> answer =
                    client.post(bad ? "{\"work\":\"poison\"}" : "{\"work\":\"demo\"}");
            if (answer.statusCode() == 200) {
                String taskId = Client.member(answer.body(), "taskId");
                seen.put(taskId, "pending");
                if (bad) {
                    poison.add(taskId);
                }
            }
            return true;
        } catch (IOException gone) {
            return false;
        }
    }

    /** Looks at some tasks right after a restart: each is there, and none went backwards. */
    void look(Client client, SplittableRandom random) throws Exception {
        List<String> ids = new ArrayList<>(seen.keySet());
        for (int i = 0; i < Math.min(20, ids.size()); i++) {
            String taskId = ids.get(random.nextInt(ids.size()));
            compare(taskId, client.status(taskId));
        }
    }

    private void compare(String taskId, String now) {
        String before = seen.get(taskId);
        assertTrue(
                ORDER.contains(now), () -> taskId + " was acknowledged and is lost: '" + now + "'");
        assertTrue(
                ORDER.indexOf(now) >= ORDER.indexOf(before)
                        && !(before.equals("completed") && now.equals("failed")),
                () -> taskId + " went from " + before + " back to " + now);
        seen.put(taskId, now);
    }

    /** Waits until each is completed, or failed when it is poison. */
    void awaitEnds(Client client) throws Exception {
        for (String taskId : List.copyOf(seen.keySet())) {
            client.awaitStatus(taskId, Duration.ofMinutes(2), "completed", "failed");
            compare(taskId, client.status(taskId));
        }
        for (String taskId : seen.keySet()) {
            assertEquals(
                    poison.contains(taskId) ? "failed" : "completed", seen.get(taskId), taskId);
        }
    }

    /** How many were acknowledged. */
    int size() {
        return seen.size();
    }

    @Override
    public String toString() {
        return seen.size()
                + " tasks acknowledged, all ended, "
                + poison.size()
                + " of them as dead letters";
    }
}
