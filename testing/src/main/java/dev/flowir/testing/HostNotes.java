package dev.flowir.testing;

import dev.flowir.ir.Token;
import dev.flowir.ir.WriteToken;
import dev.flowir.kernel.cap.CapabilityProvider;
import dev.flowir.kernel.cap.Descriptor;
import dev.flowir.kernel.cap.Scope;
import dev.flowir.kernel.cap.ScopedHandle;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Lines that the flows of {@link HostFlows} write and its rules read: an effect, and a trace of how
 * attempts ended. Kept in the memory of the host.
 */
public interface HostNotes extends ScopedHandle {

    /** What the flows ask for. */
    WriteToken<HostNotes> TOKEN =
            WriteToken.of("kv", "notes", HostNotes.class, "resource::kv::write", "resource::kv");

    /** Name of nodes that read notes. */
    String READER = "read";

    /**
     * Adds a line unless the attempt was given up.
     *
     * @param line without line breaks
     */
    void add(String line);

    /** {@return all lines since the provider was made} */
    List<String> all();

    /** {@return notes that are empty} */
    static CapabilityProvider inMemory() {
        return inMemory(TOKEN.binding());
    }

    /**
     * Notes under another name.
     *
     * @param binding name that tokens ask for
     * @return notes that are empty
     */
    static CapabilityProvider inMemory(String binding) {
        return new Provider(binding);
    }

    /** The provider. */
    final class Provider implements CapabilityProvider {
        private final List<String> lines = new ArrayList<>();
        private final String binding;

        private Provider(String binding) {
            this.binding = binding;
        }

        @Override
        public String kind() {
            return "notes.memory";
        }

        @Override
        public String binding() {
            return binding;
        }

        @Override
        public Set<String> hints() {
            return Set.of("resource::kv::write");
        }

        @Override
        public Descriptor descriptor() {
            return Descriptor.inMemory();
        }

        @Override
        public <H> H handle(Token<H> token, Scope scope) {
            return token.handle().cast(new Handle(this, scope));
        }

        private synchronized void add(String line) {
            lines.add(line);
        }

        private synchronized List<String> all() {
            return List.copyOf(lines);
        }
    }

    /** Notes as one attempt sees them. */
    final class Handle implements HostNotes {
        private final Provider notes;
        private final Scope scope;

        private Handle(Provider notes, Scope scope) {
            this.notes = notes;
            this.scope = scope;
        }

        @Override
        public void add(String line) {
            scope.fence().ensureCurrent();
            notes.add(line);
        }

        @Override
        public List<String> all() {
            return notes.all();
        }

        /** Who reads notes leaves none. */
        @Override
        public void attemptEnded() {
            if (!scope.node().equals(READER)) {
                notes.add("over: " + scope.node());
            }
        }
    }
}
