package dev.flowir.object;

import dev.flowir.kernel.cap.Fence;
import java.util.Optional;

/** How callers get at the objects of a space. */
final class Handles {

    private Handles() {}

    /** A reader must not be a writer in disguise. */
    static ObjectReader reader(ObjectWriter writer) {
        return new Reader(writer);
    }

    static ObjectWriter writer(StoredSpace space, Fence fence) {
        return new Writer(space, fence);
    }

    private record Reader(ObjectWriter writer) implements ObjectReader {

        @Override
        public <V> ObjectNamespace<ObjectViewRef<V>> of(ObjectView<V> view) {
            return writer.of(view);
        }
    }

    private record Writer(StoredSpace space, Fence fence) implements ObjectWriter {

        @Override
        public <C> ObjectNamespace<ObjectRef<C>> of(ObjectClass<C> type) {
            return new Namespace<>(space.ids(type), id -> ref(type, id));
        }

        @Override
        public <V> ObjectNamespace<ObjectViewRef<V>> of(ObjectView<V> view) {
            return seen(view.type());
        }

        private <V, C extends V> ObjectNamespace<ObjectViewRef<V>> seen(ObjectClass<C> type) {
            return new Namespace<>(space.ids(type), id -> new Ref.View<V, C>(ref(type, id)));
        }

        private <C> Ref<C> ref(ObjectClass<C> type, ObjectId id) {
            return new Ref<>(space, type, id, fence, Optional.empty(), 0);
        }
    }
}
