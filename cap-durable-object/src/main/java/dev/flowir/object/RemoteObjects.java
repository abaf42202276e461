package dev.flowir.object;

import dev.flowir.ir.Codecs;
import dev.flowir.ir.Token;
import dev.flowir.kernel.cap.CapabilityProvider;
import dev.flowir.kernel.cap.Descriptor;
import dev.flowir.kernel.cap.Fence;
import dev.flowir.kernel.cap.LimitProfile;
import dev.flowir.kernel.cap.Scope;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The provider of {@link DurableObjects}' tokens over objects that something else keeps. Objects
 * are called by {@link ObjectCall}s; code cannot be sent to them ({@link ObjectFault#NOT_HERE}). A
 * late call of an attempt that was given up does not leave. Uses only what an edge isolate has,
 * too.
 *
 * @param kind for example {@code durable_object.edge}
 * @param binding name that tokens ask for
 * @param remote who keeps the objects
 * @param descriptor what is promised of them
 * @param codecs how inputs and answers become bytes
 * @param classes all classes of objects that live there
 */
public record RemoteObjects(
        String kind,
        String binding,
        ObjectRemote remote,
        Descriptor descriptor,
        Codecs codecs,
        List<ObjectClass<?>> classes)
        implements CapabilityProvider {

    /** Copies the list. */
    public RemoteObjects {
        classes = List.copyOf(classes);
    }

    @Override
    public Set<String> hints() {
        return Set.of(DurableObjects.READ_HINT, DurableObjects.WRITE_HINT);
    }

    @Override
    public <H> H handle(Token<H> token, Scope scope) {
        ObjectWriter writer = writer(scope);
        return token.handle()
                .cast(token.handle() == ObjectReader.class ? Handles.reader(writer) : writer);
    }

    /**
     * A handle for a host's own code or an attempt.
     *
     * @param scope whose calls they are
     * @return the handle
     */
    public ObjectWriter writer(Scope scope) {
        return new Writer(this, scope.fence());
    }

    private ObjectClass<?> known(ObjectClass<?> type) {
        for (ObjectClass<?> one : classes) {
            if (one == type) {
                return one;
            }
        }
        throw new ObjectException(
                ObjectFault.UNKNOWN_CLASS,
                "'" + binding + "' was bound without this class '" + type.name() + "'");
    }

    private record Writer(RemoteObjects space, Fence fence) implements ObjectWriter {

        @Override
        public <C> ObjectNamespace<ObjectRef<C>> of(ObjectClass<C> type) {
            String name = space.known(type).name();
            return new Names<>(space.remote, name, id -> ref(type, id));
        }

        @Override
        public <V> ObjectNamespace<ObjectViewRef<V>> of(ObjectView<V> view) {
            return seen(view.type());
        }

        private <V, C extends V> ObjectNamespace<ObjectViewRef<V>> seen(ObjectClass<C> type) {
            String name = space.known(type).name();
            return new Names<>(space.remote, name, id -> new RemoteRef.View<V, C>(ref(type, id)));
        }

        private <C> RemoteRef<C> ref(ObjectClass<C> type, ObjectId id) {
            ObjectRemote.Wire wire = space.remote.wire(type.name(), id.toString(), id.name());
            return new RemoteRef<>(wire, space.codecs, id, fence, Optional.empty(), 0);
        }
    }

    /** Finds objects of one class. */
    private record Names<R>(
            ObjectRemote remote, String type, java.util.function.Function<ObjectId, R> refs)
            implements ObjectNamespace<R> {

        private static final int MAX_NAME_BYTES =
                ObjectLimits.of(LimitProfile.CLOUDFLARE_PROD).maxNameBytes();

        @Override
        public R named(String name) {
            return refs.apply(idOf(name));
        }

        @Override
        public R at(ObjectId id) {
            return refs.apply(own(id.toString(), id));
        }

        @Override
        public R fresh() {
            return refs.apply(ObjectId.ofDigits(remote.freshId(type), ""));
        }

        @Override
        public ObjectId idOf(String name) {
            ObjectId.checkName(name, MAX_NAME_BYTES);
            return ObjectId.ofDigits(remote.idOf(type, name), name);
        }

        @Override
        public ObjectId parse(String text) {
            return own(text, ObjectId.isDigits(text) ? ObjectId.ofDigits(text, "") : null);
        }

        private ObjectId own(String text, @org.jspecify.annotations.Nullable ObjectId id) {
            if (id == null || !remote.isId(type, text)) {
                throw new ObjectException(
                        ObjectFault.FOREIGN_ID,
                        "an id has 64 hexadecimal digits in lower case, and this is none of the"
                                + " class '"
                                + type
                                + "'");
            }
            return id;
        }
    }
}
