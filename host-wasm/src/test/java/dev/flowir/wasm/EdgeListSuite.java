package dev.flowir.wasm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.flowir.wasm.DurableWorker.Order;
import dev.flowir.wasm.build.Target;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Lists of durable runs in workerd: what runs tell of themselves, page by page. */
abstract class EdgeListSuite extends EdgeRestartSuite {

    private static final Order ORDER = new Order(1, "", List.of());
    private static final String MAIN = "{\"street\":\"Main\"}";
    private static final Pattern RUN =
            Pattern.compile("\\{\"run\":\"([^\"]+)\"[^}]*\"created\":\"([^\"]+)\"[^}]*\\}");
    private static final Pattern CURSOR = Pattern.compile("\"cursor\":\"([^\"]+)\"");

    EdgeListSuite(Target target) {
        super(target);
    }

    private String page(String query) throws Exception {
        HttpResponse<String> page = send("GET", "/lists?" + query, "");
        assertEquals(200, page.statusCode(), page::body);
        return page.body();
    }

    private static List<String> runs(String page) {
        return RUN.matcher(page).results().map(it -> it.group(1)).toList();
    }

    /** What a page says of a run. */
    private static String of(String run, String page) {
        return RUN.matcher(page)
                .results()
                .filter(it -> it.group(1).equals(run))
                .map(MatchResult::group)
                .findFirst()
                .orElse("");
    }

    private String awaitListed(String query, String run, String state) throws Exception {
        long giveUp = System.nanoTime() + PATIENCE_NANOS;
        while (true) {
            String page = page(query);
            String seen = of(run, page);
            if (seen.contains("\"state\":\"" + state + "\"")) {
                return seen;
            }
            assertTrue(System.nanoTime() < giveUp, page);
            LockSupport.parkNanos(100_000_000);
        }
    }

    private void awaitForgotten(String path, String run) throws Exception {
        long giveUp = System.nanoTime() + PATIENCE_NANOS;
        while (send("GET", path + "/" + run, "").statusCode() != 404) {
            assertTrue(System.nanoTime() < giveUp, "it is still there");
            LockSupport.parkNanos(100_000_000);
        }
    }

    @Test
    void aListShowsWhatARunIsFromItsBeginToItsEnd() throws Exception {
        begin("/listed-one", "shown", ORDER);
        String seen = awaitListed("flow=listed-one", "shown", "RUNNING");
        assertTrue(
                seen.matches(
                        "\\{\"run\":\"shown\",\"flow\":\"listed-one\",\"state\":\"RUNNING\","
                                + "\"created\":\"20\\d\\d-[^\"]+Z\",\"updated\":\"20\\d\\d-[^\"]+Z\"\\}"),
                seen);
        String created = seen.replaceAll(".*(\"created\":\"[^\"]+\").*", "$1");
        assertEquals(202, send("POST", "/operate/shown/pause", "").statusCode());
        awaitListed("flow=listed-one&state=PAUSED", "shown", "PAUSED");
        assertEquals(202, send("POST", "/operate/shown/resume", "").statusCode());
        awaitListed("flow=listed-one&state=RUNNING", "shown", "RUNNING");
        send("POST", "/listed-one/shown/signals/address", MAIN);
        awaitListed("flow=listed-one", "shown", "COMPLETED");
        assertEquals(202, send("POST", "/operate/shown/restart", "").statusCode());
        String again = awaitListed("flow=listed-one", "shown", "RUNNING");
        assertTrue(again.contains("\"flow\":\"listed-one\",\"generation\":2,"), again);
        assertTrue(again.contains(created), again);
        send("DELETE", "/listed-one/shown", "");
        awaitListed("flow=listed-one", "shown", "TERMINATED");
        assertFalse(runs(page("flow=listed-one&state=RUNNING")).contains("shown"));
    }

    @Test
    void aListHasTheFlowsOfItsRouteAndThoseThatAreAskedFor() throws Exception {
        begin("/listed-one", "of-one", ORDER);
        begin("/listed-other", "of-other", ORDER);
        begin("/addressed", "of-none", ORDER);
        awaitListed("flow=listed-one&flow=listed-other", "of-one", "RUNNING");
        awaitListed("flow=listed-one&flow=listed-other", "of-other", "RUNNING");
        assertFalse(runs(page("flow=listed-one")).contains("of-other"));
        assertFalse(runs(page("flow=listed-other")).contains("of-one"));
        List<String> all = runs(page(""));
        assertTrue(all.contains("of-other") && all.contains("of-one"), all::toString);
        assertFalse(all.contains("of-none"), "not listed");
        String one = send("GET", "/list-of-one", "").body();
        assertTrue(runs(one).contains("of-one") && !runs(one).contains("of-other"), one);
        assertEquals(400, send("GET", "/list-of-one?flow=listed-other", "").statusCode());
        assertEquals(200, send("GET", "/list-of-one?flow=listed-one", "").statusCode());
    }

    /** A page's run, and what pages are ordered by. */
    private record Seen(String run, Instant created) {}

    private List<List<Seen>> pages(String query) throws Exception {
        List<List<Seen>> pages = new ArrayList<>();
        String cursor = "";
        while (true) {
            String page = page(query + cursor);
            pages.add(
                    RUN.matcher(page)
                            .results()
                            .map(it -> new Seen(it.group(1), Instant.parse(it.group(2))))
                            .toList());
            Matcher next = CURSOR.matcher(page);
            if (!next.find()) {
                return pages;
            }
            cursor = "&cursor=" + next.group(1);
        }
    }

    private static List<Integer> sizes(List<List<Seen>> pages) {
        return pages.stream().map(List::size).toList();
    }

    @Test
    void manyRunsArePagesOfWhatIsAskedForAndEachIsInOneOfThem() throws Exception {
        List<String> begun = IntStream.range(0, 120).mapToObj(i -> "many-" + i).toList();
        for (String run : begun) {
            begin("/listed-many", run, ORDER);
        }
        long giveUp = System.nanoTime() + PATIENCE_NANOS;
        List<List<Seen>> pages = pages("flow=listed-many&limit=50");
        while (!sizes(pages).equals(List.of(50, 50, 20))) {
            assertTrue(System.nanoTime() < giveUp, pages::toString);
            LockSupport.parkNanos(100_000_000);
            pages = pages("flow=listed-many&limit=50");
        }
        List<Seen> all = pages.stream().flatMap(List::stream).toList();
        assertEquals(new HashSet<>(begun), new HashSet<>(all.stream().map(Seen::run).toList()));
        Comparator<Seen> order = Comparator.comparing(Seen::created).thenComparing(Seen::run);
        assertEquals(all.stream().sorted(order.reversed()).toList(), all, "the newest first");
        Map<String, Instant> created =
                all.stream().collect(Collectors.toMap(Seen::run, Seen::created));
        List<Instant> times = begun.stream().map(created::get).toList();
        assertEquals(times.stream().sorted().toList(), times, "in the order they were begun in");

        assertEquals(List.of(100, 20), sizes(pages("flow=listed-many")));
        assertEquals(List.of(100, 20), sizes(pages("flow=listed-many&limit=100")));
        assertEquals(List.of(60, 60), sizes(pages("flow=listed-many&limit=60")));
        String first = page("flow=listed-many&limit=1");
        assertEquals(List.of(all.get(0).run()), runs(first));

        send("POST", "/listed-many/many-7/signals/address", MAIN);
        awaitListed("flow=listed-many&state=COMPLETED&state=FAILED", "many-7", "COMPLETED");
        String over = page("flow=listed-many&state=COMPLETED");
        assertEquals(List.of("many-7"), runs(over));
        assertFalse(over.contains("cursor"), over);
        assertEquals(List.of(100, 19), sizes(pages("flow=listed-many&state=RUNNING")));
        List<Seen> both =
                pages("flow=listed-many&limit=50").stream().flatMap(List::stream).toList();
        assertEquals(all, both, "what ends keeps its place");
        String twice = "flow=listed-many&flow=listed-many&state=RUNNING&state=RUNNING";
        assertEquals(List.of(100, 19), sizes(pages(twice)), "each once");
    }

    private void assertRefused(String query, String parameter, String advice) throws Exception {
        HttpResponse<String> refused = send("GET", "/lists?" + query, "");
        assertEquals(400, refused.statusCode(), query + refused.body());
        assertTrue(refused.body().contains("\"code\":\"DUR306\""), query + refused.body());
        String place = "\"details\":{\"parameter\":\"" + parameter + "\"}";
        assertTrue(refused.body().contains(place), query + refused.body());
        assertTrue(refused.body().contains(advice), query + refused.body());
    }

    @Test
    void whatIsNoQuestionIsRefusedWithItsPlaceAndWhatIsOne() throws Exception {
        for (String limit : List.of("0", "101", "x", "", "-1", "1e1", "0001")) {
            assertRefused(
                    "limit=" + limit, "limit", "limit '" + limit + "' is none: give 1 to 100");
        }
        assertRefused("limit=1&limit=2", "limit", "limit is there 2 times; give one");
        assertRefused("state=WAITING", "state", "one that works or waits is RUNNING");
        assertRefused("state=RUNNING&state=", "state", "state '' is none of a list");
        assertRefused(
                "flow=orders", "flow", "flow 'orders' is none of this list; it has [listed-one");
        for (String cursor : List.of("x", "1-", "1--a", "-a", "", "1234567890123456-a", "1-a.b")) {
            assertRefused("cursor=" + cursor, "cursor", "leave it out to begin");
        }
        assertRefused("order=id", "order", "it has [state, flow, limit, cursor]");
        assertEquals(200, send("GET", "/lists?limit=1", "").statusCode());
        assertEquals(200, send("GET", "/lists?limit=100", "").statusCode());
        assertEquals(200, send("GET", "/lists?cursor=123456789012345-a", "").statusCode());
    }

    @Test
    void aRunThatIsForgottenLeavesTheListAndItsIdIsFree() throws Exception {
        begin("/listed-short", "short", ORDER);
        awaitListed("flow=listed-short", "short", "COMPLETED");
        awaitForgotten("/listed-short", "short");
        assertFalse(runs(page("flow=listed-short")).contains("short"), "told before it went");
        begin("/listed-short", "short", ORDER);
        awaitListed("flow=listed-short", "short", "COMPLETED");
    }

    // ---- a list that cannot be told

    @Test
    void aListThatDoesNotAnswerHoldsNoRunUp() throws Exception {
        begin("/listed-one", "calm", ORDER);
        awaitListed("flow=listed-one", "calm", "RUNNING");
        assertEquals(200, send("POST", "/list-gate/shut", "{}").statusCode());
        begin("/listed-raising", "hung", ORDER);
        await("/listed-raising/hung", "COMPLETED"); // each told the other, and not the list
        send("POST", "/listed-one/calm/signals/address", MAIN);
        await("/listed-one/calm", "COMPLETED");
        String stale = page("");
        assertTrue(of("calm", stale).contains("RUNNING"), stale);
        assertEquals("", of("hung", stale));
        assertEquals(200, send("POST", "/list-gate/open", "{}").statusCode());
        awaitListed("flow=listed-raising", "hung", "COMPLETED");
        awaitListed("flow=listed-one", "calm", "COMPLETED");
    }

    private static boolean isList(Path file) throws SQLException {
        try (Connection store = DriverManager.getConnection("jdbc:sqlite:" + file);
                Statement asks = store.createStatement()) {
            return asks.executeQuery("SELECT 1 FROM sqlite_master WHERE name = 'by_time'").next();
        }
    }

    /** Workerd ends without a word, its list's disk is changed, and it begins again. */
    private void onDisk(String... statements) throws Exception {
        kill();
        int lists = 0;
        try (Stream<Path> files = Files.walk(kept())) {
            for (Path file : files.filter(it -> it.toString().endsWith(".sqlite")).toList()) {
                if (isList(file)) {
                    lists++;
                    try (Connection store = DriverManager.getConnection("jdbc:sqlite:" + file);
                            Statement does = store.createStatement()) {
                        for (String statement : statements) {
                            does.execute(statement);
                        }
                    }
                }
            }
        }
        assertEquals(1, lists);
        again();
    }

    private static String full(String doing) {
        return "CREATE TRIGGER full_"
                + doing
                + " BEFORE "
                + doing
                + " ON runs BEGIN SELECT RAISE(ABORT, 'the disk is full'); END";
    }

    @Test
    void aListThatCannotBeToldHoldsNoRunUpAndKnowsAllAfterAKill() throws Exception {
        begin("/listed-one", "early", ORDER);
        awaitListed("flow=listed-one", "early", "RUNNING");
        onDisk(full("INSERT"), full("DELETE"));
        begin("/listed-raising", "raised", ORDER);
        await("/listed-raising/raised", "COMPLETED"); // a run of its own did its step, and told it
        send("POST", "/listed-one/early/signals/address", MAIN);
        await("/listed-one/early", "COMPLETED");
        begin("/listed-short", "owing", ORDER);
        await("/listed-short/owing", "COMPLETED");
        begin("/listed-other", "waits", ORDER);
        String stale = page("");
        assertTrue(of("early", stale).contains("RUNNING"), stale);
        for (String untold : List.of("raised", "owing", "waits")) {
            assertEquals("", of(untold, stale));
        }
        onDisk("DROP TRIGGER full_INSERT", "DROP TRIGGER full_DELETE");
        // nobody asks the runs: their alarms see to what was not told
        awaitListed("flow=listed-raising", "raised", "COMPLETED");
        awaitListed("flow=listed-one", "early", "COMPLETED");
        awaitListed("flow=listed-other", "waits", "RUNNING");
        awaitForgotten("/listed-short", "owing");
        assertFalse(runs(page("flow=listed-short")).contains("owing"));
    }
}
