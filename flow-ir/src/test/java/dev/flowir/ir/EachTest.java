package dev.flowir.ir;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.flowir.ir.check.Checker;
import dev.flowir.ir.check.Diagnostic;
import dev.flowir.ir.json.FlowJson;
import dev.flowir.ir.json.FlowReading;
import dev.flowir.ir.plan.Lowered;
import dev.flowir.ir.plan.Lowering;
import dev.flowir.ir.plan.PerItem;
import dev.flowir.ir.plan.Refusal;
import dev.flowir.ir.plan.Surroundings;
import dev.flowir.ir.render.Pictures;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** What a drawing says of the items of a list, on the wire and back. */
class EachTest {

    private static final Node<String, List<String>> WORDS =
            Node.split("words", String.class, String.class, it -> List.of(it.split(" ")));
    private static final Node<String, Integer> LENGTH =
            Node.pure("length", String.class, Integer.class, String::length);

    private static FlowDefinition drawn(Function<EachDraft<String>, Port<List<Integer>>> how) {
        return Flow.define(
                        "lengths",
                        "1.0.0",
                        String.class,
                        (g, in) -> how.apply(g.each(g.then(in, WORDS))))
                .definition();
    }

    private static JsonValue.Obj config(FlowDefinition flow) {
        return assertInstanceOf(JsonValue.Obj.class, flow.controlSurfaces().get(0).config());
    }

    private static FlowDefinition read(String json) {
        return assertInstanceOf(FlowReading.Read.class, FlowJson.read(json, "")).document().flow();
    }

    /** Leaves out what fails, as they come; with {@code was} in its text replaced. */
    private static FlowDefinition with(String was, String is) {
        String good =
                FlowJson.write(drawn(list -> list.leavingOut().asTheyCome().through(LENGTH)))
                        .replaceAll("\\s+", "");
        assertTrue(good.contains(was), good);
        return read(good.replace(was, is));
    }

    private static Lowered lower(FlowDefinition flow) {
        return Lowering.lower(flow, "trigger", "length", Surroundings.plain());
    }

    @Test
    void whatIsNotSaidIsNotOnTheWire() {
        FlowDefinition plain = drawn(list -> list.atMost(3).through(LENGTH));
        assertFalse(config(plain).members().containsKey("on_item_failure"));
        assertFalse(config(plain).members().containsKey("ordered"));
        FlowDefinition usual =
                Flow.define(
                                "lengths",
                                "1.0.0",
                                String.class,
                                (g, in) -> g.each(g.then(in, WORDS), 3, LENGTH))
                        .definition();
        assertEquals(usual, plain);
    }

    @Test
    void whatIsSaidIsWrittenAndReadAgain() {
        FlowDefinition flow = drawn(list -> list.leavingOut().asTheyCome().through(LENGTH));
        assertEquals(flow, read(FlowJson.write(flow)));
        assertEquals(List.of(), Checker.check(flow, HintTable.FULL));
        PerItem how =
                assertInstanceOf(Lowered.Ready.class, lower(flow))
                        .plan()
                        .node(2)
                        .perItem()
                        .orElseThrow();
        assertEquals(ItemFailures.LEAVE_OUT, how.failures());
        assertFalse(how.ordered());
        assertTrue(Pictures.dot(flow).contains("1 at a time, failed left out"));
    }

    @Test
    void ctrl157_bothSidesOfTheRange() {
        record Odd(String was, String is, String pointer) {}
        List<Odd> odds = new ArrayList<>();
        for (String is : List.of("\"skip\"", "null", "true", "\"\"")) {
            odds.add(new Odd("\"leave_out\"", is, "on_item_failure"));
        }
        for (String is : List.of("\"false\"", "0", "null")) {
            odds.add(new Odd("\"ordered\":false", "\"ordered\":" + is, "ordered"));
        }
        for (Odd odd : odds) {
            FlowDefinition flow = with(odd.was(), odd.is());
            List<Diagnostic> found = Checker.check(flow, HintTable.FULL);
            assertEquals(
                    List.of("CTRL157"),
                    found.stream().map(it -> it.code().id()).toList(),
                    odd.toString());
            assertEquals(
                    "/control_surfaces/0/config/" + odd.pointer(),
                    found.get(0).location().pointer());
            assertInstanceOf(Lowered.Refused.class, lower(flow), odd.toString());
        }
        for (String good : List.of("\"leave_out\"", "\"fail\"")) {
            FlowDefinition flow = with("\"leave_out\"", good);
            assertEquals(List.of(), Checker.check(flow, HintTable.FULL));
            assertInstanceOf(Lowered.Ready.class, lower(flow));
        }
    }

    @Test
    void onTheWireNothingStandsForAFailedItem() {
        FlowDefinition flow = with("\"leave_out\"", "\"replace\"");
        assertEquals(List.of(), Checker.check(flow, HintTable.FULL));
        Lowered.Refused refused = assertInstanceOf(Lowered.Refused.class, lower(flow));
        Refusal.InvalidSurface why =
                assertInstanceOf(Refusal.InvalidSurface.class, refused.refusal());
        assertTrue(why.reason().contains("only Java types"), why::toString);
        FlowDefinition typed = drawn(list -> list.through(LENGTH, (item, failure) -> 0));
        assertTrue(Pictures.dot(typed).contains("failed replaced"));
    }

    @Test
    void oneOfBothIsSaid() {
        assertThrows(
                IllegalStateException.class,
                () -> drawn(list -> list.leavingOut().through(LENGTH, (item, failure) -> 0)));
        assertThrows(
                IllegalArgumentException.class,
                () -> drawn(list -> list.atMost(0).through(LENGTH)));
    }
}
