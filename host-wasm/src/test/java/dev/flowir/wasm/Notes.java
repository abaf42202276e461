package dev.flowir.wasm;

import dev.flowir.ir.Token;
import dev.flowir.ir.WriteToken;
import dev.flowir.kernel.cap.CapabilityProvider;
import dev.flowir.kernel.cap.Descriptor;
import dev.flowir.kernel.cap.Scope;
import dev.flowir.kernel.cap.ScopedHandle;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Lines that flows write and tests read: something that has effects and finalisers. */
interface Notes extends ScopedHandle {

    WriteToken<Notes> TOKEN =
            WriteToken.of("kv", "notes", Notes.class, "resource::kv::write", "resource::kv");

    /** Adds a line unless the attempt was given up. */
    void add(String line);

    /** All lines since the isolate was started. */
    List<String> all();

    /** Notes in the memory of the isolate. */
    static CapabilityProvider inMemory() {
        return inMemory("notes");
    }

    /** The same under another name. */
    static CapabilityProvider inMemory(String binding) {
        List<String> lines = new ArrayList<>();
        return new CapabilityProvider() {
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
                return token.handle().cast(new InMemory(lines, scope));
            }
        };
    }

    /** A handle for one attempt. */
    final class InMemory implements Notes {
        private final List<String> lines;
        private final Scope scope;

        InMemory(List<String> lines, Scope scope) {
            this.lines = lines;
            this.scope = scope;
        }

        @Override
        public void add(String line) {
            scope.fence().ensureCurrent();
            lines.add(line);
        }

        @Override
        public List<String> all() {
            return List.copyOf(lines);
        }

        @Override
        public void attemptEnded() {
            if (!scope.node().equals("read")) {
                lines.add("over: " + scope.node());
            }
        }
    }
}
