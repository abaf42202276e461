package dev.flowir.servlet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.flowir.testing.Contract;
import dev.flowir.testing.HostAnswer;
import dev.flowir.testing.HostBench;
import dev.flowir.testing.HostContract;
import dev.flowir.testing.HostFlows;
import dev.flowir.testing.HostRequest;
import dev.flowir.testing.HostRoute;
import dev.flowir.testing.Rule;
import dev.flowir.testing.Verdict;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** The contract of hosts notices planted defects, by the numbers of its rules. */
class HostKitTest {

    private static final Contract<HostBench> CONTRACT = HostContract.rules();

    /** Rules that look at the host's effects rather than at one answer; they wait for them. */
    private static final Set<String> OF_EFFECTS =
            Set.of("HOST-47", "HOST-48", "HOST-49", "HOST-50", "HOST-51", "HOST-52", "HOST-53");

    /** A host whose answers are changed on their way. */
    private record Changing(HostBench host, UnaryOperator<HostAnswer> change) implements HostBench {
        @Override
        public HostAnswer send(HostRequest request) throws Exception {
            return change.apply(host.send(request));
        }

        @Override
        public void leave(HostRequest request, String heard) throws Exception {
            host.leave(request, heard);
        }

        @Override
        public boolean noticesEarlyLeaving() {
            return false;
        }
    }

    private static Set<String> passed(HostBench host) {
        Set<String> passed = new TreeSet<>();
        for (Rule<HostBench> rule : CONTRACT.rules()) {
            if (!OF_EFFECTS.contains(rule.id())
                    && CONTRACT.verify(rule, clock -> host) instanceof Verdict.Passed) {
                passed.add(rule.id());
            }
        }
        return passed;
    }

    private static HostAnswer with(HostAnswer answer, String header, String value) {
        Map<String, String> headers = new TreeMap<>(answer.headers());
        headers.put(header, value);
        return new HostAnswer(answer.status(), headers, answer.text());
    }

    @Test
    void answersOfAnotherStatusTextOrHeaderAreNoticedByEveryRule() throws Exception {
        try (ServletHost host = ServletHost.on(Container.JETTY)) {
            UnaryOperator<HostAnswer> status =
                    it -> new HostAnswer(it.status() + 1, it.headers(), it.text());
            UnaryOperator<HostAnswer> text =
                    it -> new HostAnswer(it.status(), it.headers(), it.text() + "\n");
            UnaryOperator<HostAnswer> more = it -> with(it, "x-powered-by", "x");
            UnaryOperator<HostAnswer> other = it -> with(it, "x-content-type-options", "");
            UnaryOperator<HostAnswer> id = it -> with(it, "x-request-id", "another");
            HostBench kept = host.staying();
            assertEquals(CONTRACT.rules().size() - OF_EFFECTS.size(), passed(kept).size());
            // Which id an answer has does not depend on what else it says.
            assertEquals(Set.of("HOST-08"), passed(new Changing(kept, status)));
            // Of broken JSON the code and the place are compared, parsers end with words of theirs.
            assertEquals(Set.of("HOST-23"), passed(new Changing(kept, text)));
            assertEquals(Set.of("HOST-08"), passed(new Changing(kept, more)));
            assertEquals(Set.of("HOST-08"), passed(new Changing(kept, other)));
            assertEquals(Set.of(), passed(new Changing(kept, id)));
        }
    }

    /** The flows of clients that do not keep up, with producers that wait for them. */
    private static HostRoute waiting(HostRoute route) {
        return route.path().equals("/flood") || route.path().equals("/latest")
                ? new HostRoute(
                        route.method(),
                        route.path(),
                        HostFlows.waiting(route.path().substring(1)),
                        route.maxBodyBytes(),
                        route.emptyBody(),
                        route.deadline(),
                        route.statuses())
                : route;
    }

    /** A host whose rules wait for their effects only shortly. */
    private record Hasty(HostBench host) implements HostBench {
        @Override
        public HostAnswer send(HostRequest request) throws Exception {
            return host.send(request);
        }

        @Override
        public void leave(HostRequest request, String heard) throws Exception {
            host.leave(request, heard);
        }

        @Override
        public boolean stalls() {
            return true;
        }

        @Override
        public String stall(HostRequest request, String heard, Meanwhile meanwhile, String until)
                throws Exception {
            return host.stall(request, heard, meanwhile, until);
        }

        @Override
        public Duration patience() {
            return Duration.ofSeconds(4);
        }
    }

    @Test
    void producersThatWaitForSlowClientsAreNoticed() throws Exception {
        try (ServletHost host = ServletHost.on(Container.JETTY, HostKitTest::waiting)) {
            HostBench hasty = new Hasty(host.staying());
            failsWith("HOST-49", "'over: flood' is noted 1 times", hasty);
            failsWith("HOST-50", "'many: latest' is noted 1 times", hasty);
        }
    }

    private static HostRoute options(
            HostRoute route,
            Optional<Integer> maxBody,
            Optional<String> empty,
            Optional<Duration> deadline,
            Map<Class<?>, Integer> statuses) {
        return new HostRoute(
                route.method(), route.path(), route.flow(), maxBody, empty, deadline, statuses);
    }

    /** A host that goes on when its client has left, however that is told to it. */
    private record GoingOn(HostBench host, UnaryOperator<HostAnswer> notes) implements HostBench {
        @Override
        public HostAnswer send(HostRequest request) throws Exception {
            return notes.apply(host.send(request));
        }

        /** The client is still there, as far as the host can see. */
        @Override
        public void leave(HostRequest request, String heard) {}

        @Override
        public Duration patience() {
            return Duration.ofMillis(100);
        }
    }

    @Test
    void flowsThatGoOnWhenTheirClientHasLeftAreNoticed() throws Exception {
        try (ServletHost host = ServletHost.on(Container.JETTY)) {
            HostBench deaf = new GoingOn(host.staying(), it -> it);
            failsWith("HOST-47", "'over: endless' is noted 1 times", deaf);
            failsWith("HOST-48", "'over: waits' is noted 1 times", deaf);
            int[] asked = new int[1];
            HostBench late =
                    new GoingOn(
                            host.staying(),
                            it ->
                                    new HostAnswer(
                                            it.status(),
                                            it.headers(),
                                            asked[0]++ == 0
                                                    ? "[]"
                                                    : "[\"over: waits\",\"never\"]"));
            failsWith("HOST-48", "effects after it", late);
        }
    }

    private static void failsWith(String id, String seen, HostBench host) {
        Rule<HostBench> rule =
                CONTRACT.rules().stream().filter(it -> it.id().equals(id)).findAny().orElseThrow();
        Verdict.Failed failed =
                assertInstanceOf(Verdict.Failed.class, CONTRACT.verify(rule, clock -> host));
        String message = String.valueOf(failed.failure().getMessage());
        assertTrue(message.contains(seen), message);
    }

    @Test
    void routesThatAllowSomethingElseAreNoticed() throws Exception {
        UnaryOperator<HostRoute> larger =
                it ->
                        options(
                                it,
                                it.maxBodyBytes().map(most -> most + 1),
                                it.emptyBody(),
                                it.deadline(),
                                it.statuses());
        UnaryOperator<HostRoute> empty =
                it ->
                        options(
                                it,
                                it.maxBodyBytes(),
                                Optional.empty(),
                                it.deadline(),
                                it.statuses());
        UnaryOperator<HostRoute> sooner =
                it ->
                        options(
                                it,
                                it.maxBodyBytes(),
                                it.emptyBody(),
                                it.deadline().map(time -> time.minusMillis(1)),
                                it.statuses());
        UnaryOperator<HostRoute> plain =
                it -> options(it, it.maxBodyBytes(), it.emptyBody(), it.deadline(), Map.of());
        for (var defect :
                List.of(
                        Map.entry("HOST-21", larger),
                        Map.entry("HOST-02", empty),
                        Map.entry("HOST-42", sooner),
                        Map.entry("HOST-04", plain))) {
            Rule<HostBench> rule =
                    CONTRACT.rules().stream()
                            .filter(it -> it.id().equals(defect.getKey()))
                            .findAny()
                            .orElseThrow();
            Verdict verdict =
                    CONTRACT.verify(
                            rule, clock -> ServletHost.on(Container.JETTY, defect.getValue()));
            Verdict.Failed failed = assertInstanceOf(Verdict.Failed.class, verdict);
            assertTrue(
                    String.valueOf(failed.failure().getMessage()).contains(defect.getKey()),
                    failed.failure()::getMessage);
        }
    }
}
