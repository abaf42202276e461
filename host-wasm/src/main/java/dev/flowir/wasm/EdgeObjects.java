package dev.flowir.wasm;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.flowir.ir.Token;
import dev.flowir.ir.Type;
import dev.flowir.kernel.cap.CapabilityProvider;
import dev.flowir.kernel.cap.Descriptor;
import dev.flowir.kernel.cap.Scope;
import dev.flowir.object.ObjectClass;
import dev.flowir.object.ObjectException;
import dev.flowir.object.ObjectFault;
import dev.flowir.object.ObjectLife;
import dev.flowir.object.ObjectRemote;
import dev.flowir.object.ObjectReply;
import dev.flowir.object.ObjectWriter;
import dev.flowir.object.RemoteObjects;
import dev.flowir.wasm.json.FormBook;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/** Objects that the platform keeps: who calls them, and what they do when they are called. */
final class EdgeObjects implements CapabilityProvider, EdgeDoor, ObjectRemote {

    private final String binding;
    private final List<ObjectClass<?>> classes;

    private EdgeObjects(String binding, List<ObjectClass<?>> classes) {
        this.binding = binding;
        this.classes = List.copyOf(classes);
    }

    /** Here and not beside the other bindings, which must load where there is no such module. */
    static CapabilityProvider provider(String binding, List<ObjectClass<?>> classes) {
        List<EdgeManifest.Binding> needs = new ArrayList<>();
        for (ObjectClass<?> type : classes) {
            needs.add(new EdgeManifest.Binding(EdgeManifest.Kind.OBJECT, type.name(), type.name()));
        }
        return new EdgeProvider(needs, new EdgeObjects(binding, classes));
    }

    private RemoteObjects remote() {
        Descriptor descriptor =
                new Descriptor(
                        Descriptor.Consistency.STRONG,
                        Descriptor.Durability.REPLICATED,
                        Descriptor.Ttl.NONE,
                        Descriptor.Order.PER_KEY,
                        Set.of());
        return new RemoteObjects(
                "durable_object.edge", binding, this, descriptor, FormBook.ofWorker(), classes);
    }

    @Override
    public String kind() {
        return remote().kind();
    }

    @Override
    public String binding() {
        return binding;
    }

    @Override
    public Set<String> hints() {
        return remote().hints();
    }

    @Override
    public Descriptor descriptor() {
        return remote().descriptor();
    }

    @Override
    public <H> H handle(Token<H> token, Scope scope) {
        return remote().handle(token, scope);
    }

    boolean haveSockets() {
        return classes.stream().anyMatch(ObjectLife::hasSockets);
    }

    /** A handle for objects themselves. */
    ObjectWriter writer() {
        return remote().writer(Scope.outside("objects"));
    }

    @Override
    public List<Type<?>> types() {
        List<Type<?>> types = new ArrayList<>();
        for (ObjectClass<?> type : classes) {
            types.addAll(type.types());
        }
        return types;
    }

    @Override
    public boolean wake(EdgeHost host, JsObject object) {
        String name = object.type();
        for (ObjectClass<?> type : classes) {
            if (type.name().equals(name)) {
                object.serves(new EdgeObject<>(host.platform(), this, type, object)::take);
                return true;
            }
        }
        return false;
    }

    private static JsObjects objects(String type) {
        return Isolate.platform().objects(type);
    }

    @Override
    public String idOf(String type, String name) {
        return objects(type).idOf(name);
    }

    @Override
    public String freshId(String type) {
        return objects(type).freshId();
    }

    @Override
    public boolean isId(String type, String text) {
        return objects(type).isId(text);
    }

    @Override
    public Wire wire(String type, String id, Optional<String> name) {
        return new Line(objects(type).wire(id, name.orElse("")));
    }

    /** A line to one object. */
    private record Line(JsObjects.Wire js) implements Wire {

        @Override
        public ObjectReply<byte[]> call(String call, byte[] input, OptionalLong limitMillis) {
            Isolate.Call<Answer> made = Isolate.call();
            js.call(
                    call,
                    new String(input, UTF_8),
                    (double) limitMillis.orElse(-1),
                    answer -> made.done(new Answer(answer, "")),
                    (fault, why) -> made.done(new Answer(why, fault)));
            return () -> {
                ensureMayWait();
                return made.await().bytes();
            };
        }

        @Override
        public void ensureMayWait() {
            EdgeTurns.ensureFree();
        }
    }

    /** What came back: an answer, or a refusal and its fault. */
    private record Answer(String text, String fault) {

        byte[] bytes() {
            if (fault.isEmpty()) {
                return text.getBytes(UTF_8);
            }
            ObjectFault known = ObjectFault.valueOf(fault);
            String code = "[" + known.code() + "] ";
            throw new ObjectException(
                    known, text.startsWith(code) ? text.substring(code.length()) : text);
        }
    }
}
