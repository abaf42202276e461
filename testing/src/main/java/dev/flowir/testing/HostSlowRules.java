package dev.flowir.testing;

import static dev.flowir.testing.HostEndRules.awaitNotes;
import static dev.flowir.testing.HostEndRules.notes;
import static dev.flowir.testing.HostRequest.get;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Clients that do not keep up with a stream, as its flow says. */
final class HostSlowRules {

    private static final Pattern NUMBER = Pattern.compile("\"(?:n|late)\":(\\d+)");

    private HostSlowRules() {}

    static List<Rule<HostBench>> all() {
        return List.of(
                Rule.<HostBench>of(
                                "HOST-49",
                                "a client that does not keep up is cut off where the flow says so",
                                "a producer that waits, and an answer that never ends",
                                (host, clock) -> {
                                    int before = notes(host, "over: flood");
                                    String all =
                                            host.stall(
                                                    get("/flood"),
                                                    "\"n\":1,",
                                                    () ->
                                                            awaitNotes(
                                                                    host,
                                                                    "over: flood",
                                                                    before + 1),
                                                    "\"late\":");
                                    Expect.that(
                                            "the stream ended before all was sent",
                                            !all.contains("\"late\":"));
                                    Expect.that(
                                            "an error says why, or the answer broke off",
                                            !all.contains("event: error")
                                                    || all.contains("\"code\":\"RUN040\""));
                                })
                        .where("stalls()", HostBench::stalls),
                Rule.<HostBench>of(
                                "HOST-50",
                                "a client that does not keep up gets the newest item where the flow"
                                        + " says so, and those between are dropped",
                                "a producer that waits, and items that are kept",
                                (host, clock) -> {
                                    int before = notes(host, "many: latest");
                                    int over = notes(host, "over: latest");
                                    String all =
                                            host.stall(
                                                    get("/latest"),
                                                    "\"n\":1,",
                                                    () ->
                                                            awaitNotes(
                                                                    host,
                                                                    "many: latest",
                                                                    before + 1),
                                                    "\"late\":");
                                    Expect.that(
                                            "the stream goes on with the newest item",
                                            all.contains("\"late\":"));
                                    List<Integer> numbers = numbers(all);
                                    for (int i = 1; i < numbers.size(); i++) {
                                        Expect.that(
                                                numbers.get(i - 1)
                                                        + " comes before "
                                                        + numbers.get(i),
                                                numbers.get(i - 1) < numbers.get(i));
                                    }
                                    Expect.that(
                                            numbers.size() + " items came, some were dropped",
                                            numbers.size() < HostFlows.MANY);
                                    awaitNotes(host, "over: latest", over + 1);
                                })
                        .where("stalls()", HostBench::stalls));
    }

    private static List<Integer> numbers(String text) {
        List<Integer> numbers = new ArrayList<>();
        Matcher matcher = NUMBER.matcher(text);
        while (matcher.find()) {
            numbers.add(Integer.parseInt(matcher.group(1)));
        }
        return numbers;
    }
}
