package dev.flowir.wasm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.flowir.ir.Flow;
import dev.flowir.ir.Node;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the list of runs does in its tables, and of which flows there can be one. */
class EdgeRunListTest {

    private Connection tables;

    @BeforeEach
    void make() throws SQLException {
        tables = DriverManager.getConnection("jdbc:sqlite::memory:");
        try (Statement makes = tables.createStatement()) {
            for (String statement : EdgeRunList.SCHEMA) {
                makes.execute(statement);
            }
        }
    }

    @AfterEach
    void close() throws SQLException {
        tables.close();
    }

    private List<String> run(String sql, Object... values) throws SQLException {
        try (PreparedStatement statement = tables.prepareStatement(sql)) {
            for (int i = 0; i < values.length; i++) {
                statement.setObject(i + 1, values[i]);
            }
            List<String> rows = new ArrayList<>();
            if (statement.execute()) {
                ResultSet found = statement.getResultSet();
                while (found.next()) {
                    rows.add(found.getString(found.getMetaData().getColumnCount()));
                }
            }
            return rows;
        }
    }

    private String state(String run) throws SQLException {
        return String.join(",", run("SELECT state FROM runs WHERE id = ?", run));
    }

    @Test
    void noWordTakesThePlaceOfALaterOne() throws SQLException {
        run(EdgeRunList.TOLD, "a", "f", 1, "COMPLETED", 10, 20);
        run(EdgeRunList.TOLD, "a", "f", 1, "RUNNING", 10, 10);
        run(EdgeRunList.TOLD, "a", "f", 1, "PAUSED", 10, 20);
        assertEquals("COMPLETED", state("a"));
        run(EdgeRunList.LEFT, "a", 20);
        assertEquals("COMPLETED", state("a"));
        run(EdgeRunList.TOLD, "a", "f", 2, "RUNNING", 10, 21);
        assertEquals("RUNNING", state("a"));
        run(EdgeRunList.LEFT, "a", 22);
        assertEquals("", state("a"));
    }

    @Test
    void aPageReadsNoMoreRunsThanItIsAskedFor() throws SQLException {
        List<String> plan =
                run("EXPLAIN QUERY PLAN " + EdgeRunList.BEFORE, "f", "RUNNING", 5, "a", 101);
        assertEquals(1, plan.size(), plan::toString); // no sorting besides
        assertTrue(
                plan.get(0).contains("INDEX by_time (flow=? AND state=? AND (created,id)<(?,?))"),
                plan::toString);
    }

    private static Flow<String, String> flow(int number) {
        return Flow.define(
                "flow-" + number,
                "1.0.0",
                String.class,
                (g, in) -> g.then(in, Node.pure("same", String.class, String.class, it -> it)));
    }

    private static List<Flow<String, String>> flows(int many) {
        return IntStream.range(0, many).mapToObj(EdgeRunListTest::flow).toList();
    }

    private static EdgeRoutes durable(List<Flow<String, String>> flows) {
        EdgeRoutes routes = EdgeRoutes.none();
        for (Flow<String, String> flow : flows) {
            routes = routes.durable("/" + flow.name(), flow);
        }
        return routes;
    }

    private static Flow<?, ?>[] array(List<Flow<String, String>> flows) {
        return flows.toArray(new Flow<?, ?>[0]);
    }

    @Test
    void aListIsOfOneToTwentyFlowsThatHaveDurableRuns() {
        List<Flow<String, String>> most = flows(EdgeListDesk.MOST_FLOWS);
        assertEquals(20, most.size());
        EdgeRoutes routes = durable(most).lists("/runs", array(most));
        assertTrue(
                EdgeContents.of(routes, routes.capabilities())
                        .features()
                        .contains("edge.runs.lists"));
        EdgeRoutes unlisted = durable(most);
        assertFalse(
                EdgeContents.of(unlisted, unlisted.capabilities())
                        .features()
                        .contains("edge.runs.lists"));

        List<Flow<String, String>> more = flows(21);
        EdgeRoutes all = durable(more);
        String refused =
                assertThrows(IllegalArgumentException.class, () -> all.lists("/runs", array(more)))
                        .getMessage();
        assertEquals(
                "a list is of the runs of 1 to 20 flows, not of 21; give others another path",
                refused);
        assertThrows(IllegalArgumentException.class, () -> all.lists("/runs"));
        String unknown =
                assertThrows(IllegalArgumentException.class, () -> all.lists("/runs", flow(21)))
                        .getMessage();
        assertEquals("flow 'flow-21' has no durable runs; say so first", unknown);
        assertThrows(
                IllegalArgumentException.class,
                () -> all.lists("/runs", more.get(0)).lists("/runs", more.get(1)));
    }

    @Test
    void aFlowThatIsNamedTwiceIsListedOnce() {
        Flow<String, String> one = flow(1);
        EdgeRoutes routes =
                durable(List.of(one))
                        .lists(
                                "/runs",
                                IntStream.range(0, 21)
                                        .mapToObj(i -> one)
                                        .toArray(Flow<?, ?>[]::new));
        EdgeListDesk desk =
                routes.routes().stream()
                        .map(EdgeRoute::desk)
                        .filter(EdgeListDesk.class::isInstance)
                        .map(EdgeListDesk.class::cast)
                        .findFirst()
                        .orElseThrow();
        assertEquals(List.of("flow-1"), desk.flows());
    }
}
