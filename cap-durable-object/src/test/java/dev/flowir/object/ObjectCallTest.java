package dev.flowir.object;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.flowir.kernel.cap.Scope;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Calls by name, made of objects in this process: as those of objects elsewhere. */
class ObjectCallTest {

    interface Seen {
        long left();
    }

    static final class Shelf implements Seen {
        private final Cell<Long> left;

        Shelf(ObjectContext self) {
            left = self.cell(StoredKey.of("left", Long.class), 10L);
        }

        @Override
        public long left() {
            return left.get();
        }

        long take(long count) {
            long now = left.update(it -> it - count);
            if (now < 0) {
                throw new IllegalStateException("so many are not there");
            }
            return now;
        }
    }

    private static final ObjectCall<Shelf, Long, Long> TAKE =
            ObjectCall.of("take", Long.class, Long.class, Shelf::take);
    private static final ObjectCall<Seen, String, Long> LEFT =
            ObjectCall.reading("left", String.class, Long.class, (shelf, none) -> shelf.left());
    private static final ObjectCall<Shelf, Long, Long> SNEAKS =
            ObjectCall.reading("sneaks", Long.class, Long.class, Shelf::take);
    private static final ObjectClass<Shelf> SHELVES =
            ObjectClass.of("shelf", Shelf::new).calls(TAKE, LEFT, SNEAKS);

    private static ObjectFault fault(Runnable call) {
        return assertThrows(ObjectException.class, call::run).fault();
    }

    @Test
    void aCallByNameRunsAsALambdaDoesAndWhatItThrowsIsTold() {
        try (ObjectSpace space =
                ObjectSpace.memory("shop", ObjectOptions.defaults(), List.of(SHELVES))) {
            ObjectRef<Shelf> tea = space.of(SHELVES).named("tea");
            assertEquals(7L, tea.call(TAKE, 3L));
            assertEquals(5L, tea.send(TAKE, 2L).await());
            assertEquals(5L, tea.ask(LEFT, ""));
            assertEquals(5L, tea.call(LEFT, ""));
            ObjectException failed = assertThrows(ObjectException.class, () -> tea.call(TAKE, 6L));
            assertEquals(
                    "[OBJ121] java.lang.IllegalStateException: so many are not there",
                    failed.getMessage());
            assertEquals(ObjectFault.READ_ONLY, fault(() -> tea.call(SNEAKS, 1L)));
            assertEquals(ObjectFault.READ_ONLY, fault(() -> tea.ask(TAKE, 1L)));
            ObjectViewRef<Seen> seen =
                    space.handle(DurableObjects.reader("shop"), Scope.outside("test"))
                            .of(ObjectView.of(SHELVES, Seen.class))
                            .named("tea");
            assertEquals(5L, seen.ask(LEFT, ""));
        }
    }

    @Test
    void twoCallsOfOneNameAreRefused() {
        assertThrows(IllegalArgumentException.class, () -> SHELVES.calls(TAKE));
    }
}
