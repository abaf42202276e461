package dev.flowir.wasm.build;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.flowir.ir.plan.OnlyWith;
import dev.flowir.ir.plan.PlanFeatures;
import java.lang.reflect.Proxy;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.teavm.model.AnnotationHolder;
import org.teavm.model.AnnotationValue;
import org.teavm.model.ClassHierarchy;
import org.teavm.model.ClassHolder;
import org.teavm.model.ClassHolderTransformerContext;
import org.teavm.model.ClassReader;
import org.teavm.model.ElementModifier;
import org.teavm.model.Instruction;
import org.teavm.model.MethodHolder;
import org.teavm.model.Program;
import org.teavm.model.ValueType;
import org.teavm.model.instructions.ExitInstruction;
import org.teavm.model.instructions.RaiseInstruction;

class TrimmingTest {

    private final Program program = new Program();

    @Test
    void whatIsNeededStays() {
        assertSame(program, trimmed(PlanFeatures.LOOPS, false, ValueType.VOID).getProgram());
    }

    @Test
    void whatIsNotNeededThrows() {
        assertTrue(
                last(trimmed(PlanFeatures.RACES, false, ValueType.VOID))
                        instanceof RaiseInstruction);
    }

    @Test
    void whatIsOptionalDoesNothing() {
        assertNull(exit(ValueType.VOID).getValueToReturn());
        assertTrue(exit(ValueType.object("java.lang.String")).getValueToReturn() != null);
    }

    @Test
    void aFeatureThatNobodyKnowsIsRefused() {
        String refused =
                assertThrows(
                                IllegalStateException.class,
                                () -> trimmed("plan.lopps", false, ValueType.VOID))
                        .getMessage();
        assertEquals("some.Type.method()V names a feature that is none: plan.lopps", refused);
    }

    private ExitInstruction exit(ValueType result) {
        return (ExitInstruction) last(trimmed(PlanFeatures.RACES, true, result));
    }

    private static Instruction last(MethodHolder method) {
        Program made = method.getProgram();
        return made.basicBlockAt(made.basicBlockCount() - 1).getLastInstruction();
    }

    private MethodHolder trimmed(String feature, boolean optional, ValueType result) {
        MethodHolder method = new MethodHolder("method", result);
        method.getModifiers().add(ElementModifier.STATIC);
        method.setProgram(program);
        AnnotationHolder only = new AnnotationHolder(OnlyWith.class.getName());
        only.getValues().put("value", new AnnotationValue(feature));
        only.getValues().put("optional", new AnnotationValue(optional));
        method.getAnnotations().add(only);
        ClassHolder type = new ClassHolder("some.Type");
        type.addMethod(method);
        new Trimming.Methods(Set.of(PlanFeatures.LOOPS))
                .transformClass(type, context(new ClassHierarchy(TrimmingTest::ofJava)));
        return method;
    }

    /** As much of Java's own class as a hierarchy asks for. */
    private static @Nullable ClassReader ofJava(String name) {
        try {
            ClassHolder type = new ClassHolder(name);
            Class<?> parent = Class.forName(name).getSuperclass();
            type.setParent(parent == null ? null : parent.getName());
            return type;
        } catch (ClassNotFoundException none) {
            return null;
        }
    }

    private static ClassHolderTransformerContext context(ClassHierarchy hierarchy) {
        return (ClassHolderTransformerContext)
                Proxy.newProxyInstance(
                        TrimmingTest.class.getClassLoader(),
                        new Class<?>[] {ClassHolderTransformerContext.class},
                        (proxy, method, arguments) -> hierarchy);
    }
}
