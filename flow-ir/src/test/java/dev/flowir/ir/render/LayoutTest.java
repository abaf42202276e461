package dev.flowir.ir.render;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.flowir.ir.Determinism;
import dev.flowir.ir.Effects;
import dev.flowir.ir.Idempotency;
import dev.flowir.ir.NodeDefinition;
import dev.flowir.ir.NodeKind;
import dev.flowir.ir.SchemaRef;
import dev.flowir.ir.Subflow;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LayoutTest {

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void nothingCoversAnythingAndLinesRunRightwards(long seed) {
        Random random = new Random(seed);
        int boxes = 2 + random.nextInt(40);
        List<Layout.Size> sizes = new ArrayList<>();
        List<Picture.Line> lines = new ArrayList<>();
        List<Optional<Layout.Size>> labels = new ArrayList<>();
        for (int i = 0; i < boxes; i++) {
            sizes.add(new Layout.Size(40 + random.nextInt(100), 20 + random.nextInt(40)));
            for (int n = random.nextInt(3); i > 0 && n > 0; n--) {
                lines.add(new Picture.Line(random.nextInt(i), i, List.of(), false));
                labels.add(
                        random.nextBoolean()
                                ? Optional.of(new Layout.Size(60, 18))
                                : Optional.empty());
            }
        }
        Layout layout = Layout.of(sizes, lines, labels, Group.of(List.of()));
        List<Vertex> placed = new ArrayList<>();
        for (int i = 0; i < boxes; i++) {
            placed.add(layout.box(i));
        }
        for (int i = 0; i < lines.size(); i++) {
            layout.route(i).label().ifPresent(placed::add);
            assertEquals(labels.get(i).isPresent(), layout.route(i).label().isPresent());
            assertTrue(
                    layout.box(lines.get(i).from()).x < layout.box(lines.get(i).to()).x,
                    () -> "seed " + seed);
        }
        for (int i = 0; i < placed.size(); i++) {
            for (int j = 0; j < i; j++) {
                assertFalse(overlap(placed.get(i), placed.get(j)), "seed " + seed);
            }
            assertTrue(placed.get(i).y - placed.get(i).height / 2.0 > -1);
            assertTrue(placed.get(i).y + placed.get(i).height / 2.0 <= layout.height() + 1);
        }
    }

    private static boolean overlap(Vertex a, Vertex b) {
        return Math.abs(a.x - b.x) < (a.width + b.width) / 2.0
                && Math.abs(a.y - b.y) < (a.height + b.height) / 2.0;
    }

    @Test
    void cyclesAreTurnedRound() {
        Layout layout =
                Layout.of(
                        List.of(new Layout.Size(10, 10), new Layout.Size(10, 10)),
                        List.of(
                                new Picture.Line(0, 1, List.of(), false),
                                new Picture.Line(1, 0, List.of(), false)),
                        List.of(Optional.empty(), Optional.empty()),
                        Group.of(List.of()));
        assertTrue(layout.box(0).x < layout.box(1).x);
        assertEquals(layout.box(1), layout.route(1).way().get(0));
    }

    @Test
    void crossingsAreCountedAndRemoved() {
        Vertex a = new Vertex(0, 1, 1);
        Vertex b = new Vertex(0, 1, 1);
        Vertex x = new Vertex(1, 1, 1);
        Vertex y = new Vertex(1, 1, 1);
        Vertex.connect(a, y);
        Vertex.connect(b, x);
        b.order = 1;
        y.order = 1;
        List<List<Vertex>> layers =
                List.of(new ArrayList<>(List.of(a, b)), new ArrayList<>(List.of(x, y)));
        assertEquals(1, Ordering.crossings(layers));
        Ordering.reduceCrossings(layers);
        assertEquals(0, Ordering.crossings(layers));
    }

    @Test
    void placesAreTheNearestInOrder() {
        assertArrayEquals(
                new double[] {1, 2.5, 2.5, 4}, Spacing.isotonic(new double[] {1, 3, 2, 4}), 1e-9);
        assertArrayEquals(new double[] {2, 2, 2}, Spacing.isotonic(new double[] {3, 2, 1}), 1e-9);
    }

    @Test
    void aLargeFlowIsLaidOutWithoutBends() {
        List<Layout.Size> sizes = new ArrayList<>();
        List<Picture.Line> lines = new ArrayList<>();
        List<Optional<Layout.Size>> labels = new ArrayList<>();
        for (int i = 0; i < 3_000; i++) {
            sizes.add(new Layout.Size(40, 20));
            if (i > 0) {
                lines.add(new Picture.Line(i - 1, i, List.of(), false));
                lines.add(new Picture.Line(0, i, List.of(), false));
                labels.add(Optional.empty());
                labels.add(Optional.empty());
            }
        }
        Layout layout = Layout.of(sizes, lines, labels, Group.of(List.of()));
        assertEquals(2, layout.route(lines.size() - 1).way().size());
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void aFrameHoldsItsBoxesAndNoOthers(long seed) {
        Random random = new Random(seed);
        List<Picture.Box> boxes = new ArrayList<>();
        List<Layout.Size> sizes = new ArrayList<>();
        List<Picture.Line> lines = new ArrayList<>();
        List<Optional<Layout.Size>> labels = new ArrayList<>();
        String[] paths = {"", "a", "b", "a/a.c", "a/a.c/a.c.d"};
        for (int i = 0; i < 30; i++) {
            boxes.add(box("n" + i, paths[random.nextInt(paths.length)]));
            sizes.add(new Layout.Size(40 + random.nextInt(100), 20 + random.nextInt(40)));
            for (int n = random.nextInt(3); i > 0 && n > 0; n--) {
                lines.add(new Picture.Line(random.nextInt(i), i, List.of(), false));
                labels.add(Optional.empty());
            }
        }
        Layout layout = Layout.of(sizes, lines, labels, Group.of(boxes));
        assertEquals(4, layout.frames().size());
        for (Layout.Frame frame : layout.frames()) {
            String alias = frame.label().substring(0, frame.label().indexOf(':'));
            for (int i = 0; i < boxes.size(); i++) {
                boolean isPart =
                        boxes.get(i).node().orElseThrow().partOf().stream()
                                .anyMatch(flow -> flow.alias().equals(alias));
                Vertex box = layout.box(i);
                boolean isIn =
                        box.x - box.width / 2.0 >= frame.left()
                                && box.x + box.width / 2.0 <= frame.right()
                                && box.y - box.height / 2.0 >= frame.top()
                                && box.y + box.height / 2.0 <= frame.bottom();
                boolean touches =
                        box.x - box.width / 2.0 <= frame.right()
                                && box.x + box.width / 2.0 >= frame.left()
                                && box.y - box.height / 2.0 <= frame.bottom()
                                && box.y + box.height / 2.0 >= frame.top();
                assertEquals(isPart, isIn, "seed " + seed + ", " + alias + ", box " + i);
                assertEquals(isPart, touches, "seed " + seed + ", " + alias + ", box " + i);
            }
            assertTrue(frame.bottom() <= layout.height() && frame.right() <= layout.width());
        }
    }

    private static Picture.Box box(String alias, String path) {
        List<Subflow> partOf = new ArrayList<>();
        for (String each : path.isEmpty() ? new String[0] : path.split("/")) {
            partOf.add(new Subflow(each, "flow", "1.0.0"));
        }
        NodeDefinition node =
                new NodeDefinition(
                        alias,
                        alias,
                        alias,
                        alias,
                        NodeKind.INLINE,
                        Optional.empty(),
                        SchemaRef.opaque(),
                        SchemaRef.opaque(),
                        Effects.PURE,
                        Determinism.STRICT,
                        Idempotency.none(),
                        List.of(),
                        List.of(),
                        List.of(),
                        Optional.empty(),
                        Optional.empty(),
                        partOf,
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty());
        return new Picture.Box(alias, Optional.of(node), List.of());
    }
}
