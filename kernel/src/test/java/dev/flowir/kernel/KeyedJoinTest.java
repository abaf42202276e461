package dev.flowir.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.flowir.ir.FanIn;
import dev.flowir.ir.Flow;
import dev.flowir.ir.JsonValue;
import dev.flowir.ir.Node;
import dev.flowir.ir.NodeBody;
import dev.flowir.ir.Outer;
import dev.flowir.ir.Port;
import dev.flowir.ir.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Lists that meet by key, beside nested loops that know no machine. */
class KeyedJoinTest {

    private record Item(String key, int number) {
        /** None for the empty key. */
        String keyOrNull() {
            return key.isEmpty() ? null : key;
        }
    }

    private record Both(List<Item> left, List<Item> right) {}

    private static final Type<List<Item>> ITEMS = Type.listOf(Item.class);
    private static final Node<Both, List<Item>> LEFT =
            Node.pure("left", Type.of(Both.class), ITEMS, Both::left);
    private static final Node<Both, List<Item>> RIGHT =
            Node.pure("right", Type.of(Both.class), ITEMS, Both::right);
    private static final Node<Item, Item> GO =
            Node.pure("go", Item.class, Item.class, item -> item);

    private static String told(Optional<Item> left, Optional<Item> right) {
        return left.map(Item::number).orElse(-1) + "+" + right.map(Item::number).orElse(-1);
    }

    private static Flow<Both, List<String>> flow(Outer outer) {
        return Flow.define(
                "pairs",
                "1.0.0",
                Both.class,
                (g, in) -> {
                    var left = g.each(g.then(in, LEFT), 2, GO);
                    var right = g.each(g.then(in, RIGHT), 3, GO);
                    var keyed = g.keyed(left, right).on(Item::keyOrNull, Item::keyOrNull);
                    Class<String> text = String.class;
                    Port<List<String>> pairs =
                            switch (outer) {
                                case NONE ->
                                        keyed.inner(
                                                "pairs",
                                                text,
                                                (a, b) -> told(Optional.of(a), Optional.of(b)));
                                case LEFT ->
                                        keyed.left(
                                                "pairs", text, (a, b) -> told(Optional.of(a), b));
                                case RIGHT ->
                                        keyed.right(
                                                "pairs", text, (a, b) -> told(a, Optional.of(b)));
                                case FULL -> keyed.full("pairs", text, (a, b) -> told(a, b));
                            };
                    return pairs;
                });
    }

    /** Every item of the one with every item of the other. */
    private static List<String> nestedLoops(Both both, Outer outer) {
        List<String> pairs = new ArrayList<>();
        for (Item left : both.left()) {
            boolean met = false;
            for (Item right : both.right()) {
                if (!left.key().isEmpty() && Objects.equals(left.key(), right.key())) {
                    pairs.add(left.number() + "+" + right.number());
                    met = true;
                }
            }
            if (!met && (outer == Outer.LEFT || outer == Outer.FULL)) {
                pairs.add(left.number() + "+-1");
            }
        }
        for (Item right : both.right()) {
            boolean met = false;
            for (Item left : both.left()) {
                met |= !left.key().isEmpty() && Objects.equals(left.key(), right.key());
            }
            if (!met && (outer == Outer.RIGHT || outer == Outer.FULL)) {
                pairs.add("-1+" + right.number());
            }
        }
        return pairs;
    }

    private static List<Item> some(Random random, int from) {
        List<Item> items = new ArrayList<>();
        for (int i = random.nextInt(9); i > 0; i--) {
            int key = random.nextInt(6);
            items.add(new Item(key == 0 ? "" : "k" + key, from + i));
        }
        return items;
    }

    static Stream<Arguments> everywhere() {
        return Stream.of(Execution.values())
                .flatMap(how -> Stream.of(Outer.values()).map(outer -> Arguments.of(how, outer)));
    }

    @ParameterizedTest
    @MethodSource("everywhere")
    void itGivesWhatNestedLoopsGive(Execution how, Outer outer) {
        Flow<Both, List<String>> flow = flow(outer);
        Random random = new Random(7);
        try (Runtime runtime = Runtime.builder().execution(how).build()) {
            for (int i = 0; i < 100; i++) {
                Both both = new Both(some(random, 0), some(random, 100));
                assertEquals(
                        nestedLoops(both, outer),
                        runtime.run(flow, both).orThrow(),
                        both::toString);
            }
        }
    }

    @Test
    void pairsAreBoundedOnBothSides() {
        Item item = new Item("k", 1);
        Flow<Both, List<String>> flow =
                Flow.define(
                        "bounded",
                        "1.0.0",
                        Both.class,
                        (g, in) ->
                                g.keyed(g.then(in, LEFT), g.then(in, RIGHT))
                                        .on(Item::key, Item::key)
                                        .atMost(4)
                                        .inner("pairs", String.class, (a, b) -> a.key() + b.key()));
        try (Runtime runtime = Runtime.builder().build()) {
            Both four = new Both(List.of(item, item), List.of(item, item));
            assertEquals(4, runtime.run(flow, four).orThrow().size());
            Both six = new Both(List.of(item, item), List.of(item, item, item));
            Result.Failed<?> failed = assertInstanceOf(Result.Failed.class, runtime.run(flow, six));
            assertEquals("RUN101", failed.failure().code());
            assertTrue(failed.failure().message().contains("more than 4 pairs"), failed::toString);
        }
    }

    private static JsonValue items(int... keys) {
        List<JsonValue> all = new ArrayList<>();
        for (int key : keys) {
            all.add(
                    new JsonValue.Obj(
                            key < 0
                                    ? java.util.Map.of()
                                    : java.util.Map.of("k", JsonValue.number(key))));
        }
        return new JsonValue.Arr(all);
    }

    @ParameterizedTest
    @EnumSource(Execution.class)
    void aFlowThatCameAsJsonPairsByPointers(Execution how) {
        NodeBody.Single left = (in, handles, context) -> items(1, 2, -1);
        NodeBody.Single right = (in, handles, context) -> items(2, 3, 2);
        Flow<JsonValue, JsonValue> flow =
                Flows.named("pairs")
                        .nodes("t")
                        .pure("left", left)
                        .pure("right", right)
                        .pure("pair", (in, handles, context) -> JsonValue.text(in.toString()))
                        .meet(
                                "pair",
                                Optional.of(new FanIn.Keyed(List.of("/k", "/k"), Outer.LEFT, 100)),
                                "left",
                                "right")
                        .edges("t -> left", "t -> right", "left -> pair", "right -> pair")
                        .flow("t", "pair");
        JsonValue.Obj one = new JsonValue.Obj(java.util.Map.of("k", JsonValue.number(1)));
        JsonValue.Obj two = new JsonValue.Obj(java.util.Map.of("k", JsonValue.number(2)));
        JsonValue none = new JsonValue.Null();
        JsonValue keyless = new JsonValue.Obj(java.util.Map.of());
        JsonValue expected =
                new JsonValue.Arr(
                        List.of(
                                new JsonValue.Arr(List.of(one, none)),
                                new JsonValue.Arr(List.of(two, two)),
                                new JsonValue.Arr(List.of(two, two)),
                                new JsonValue.Arr(List.of(keyless, none))));
        try (Runtime runtime = Runtime.builder().execution(how).build()) {
            assertEquals(
                    JsonValue.text(expected.toString()),
                    runtime.run(flow, JsonValue.text("x")).orThrow());
        }
    }
}
