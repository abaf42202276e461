package dev.flowir.wasm.build;

import dev.flowir.ir.plan.OnlyWith;
import dev.flowir.ir.plan.PlanFeatures;
import dev.flowir.wasm.EdgeContents;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import org.teavm.model.AnnotationReader;
import org.teavm.model.AnnotationValue;
import org.teavm.model.ClassHolder;
import org.teavm.model.ClassHolderTransformer;
import org.teavm.model.ClassHolderTransformerContext;
import org.teavm.model.MethodHolder;
import org.teavm.model.ValueType;
import org.teavm.model.emit.ProgramEmitter;
import org.teavm.vm.spi.TeaVMHost;
import org.teavm.vm.spi.TeaVMPlugin;

/**
 * Leaves out of a program what only flows with a feature reach. The compiler finds it by a service
 * file that is written with the worker; it does nothing unless the build says which features there
 * are.
 */
public final class Trimming implements TeaVMPlugin {

    /** Property of a compilation: names of features, with commas between. */
    static final String FEATURES = "flowir.features";

    /** For the compiler. */
    public Trimming() {}

    @Override
    public void install(TeaVMHost host) {
        String given = host.getProperties().getProperty(FEATURES);
        if (given != null) {
            host.add(new Methods(new TreeSet<>(Arrays.asList(given.split(",", -1)))));
            host.add(new Texts());
        }
    }

    /** Every feature that a method can name. */
    static Set<String> known() {
        Set<String> known = new TreeSet<>(PlanFeatures.ALL);
        known.addAll(EdgeContents.OF_HOST);
        return known;
    }

    /** Looks at every method. */
    record Methods(Set<String> features) implements ClassHolderTransformer {

        @Override
        public void transformClass(ClassHolder type, ClassHolderTransformerContext context) {
            for (MethodHolder method : type.getMethods()) {
                AnnotationReader only = method.getAnnotations().get(OnlyWith.class.getName());
                if (only == null) {
                    continue;
                }
                String feature = only.getValue("value").getString();
                if (!known().contains(feature)) {
                    throw new IllegalStateException(
                            method.getReference() + " names a feature that is none: " + feature);
                }
                if (!features.contains(feature)) {
                    leaveOut(method, only, feature, context);
                }
            }
        }

        private static void leaveOut(
                MethodHolder method,
                AnnotationReader only,
                String feature,
                ClassHolderTransformerContext context) {
            AnnotationValue optional = only.getValue("optional");
            ProgramEmitter emitter = ProgramEmitter.create(method, context.getHierarchy());
            if (optional == null || !optional.getBoolean()) {
                emitter.construct(
                                IllegalStateException.class,
                                emitter.constant("the worker was built without " + feature))
                        .raise();
            } else if (method.getResultType() == ValueType.VOID) {
                emitter.exit();
            } else {
                emitter.constantNull(method.getResultType()).returnValue();
            }
        }
    }
}
