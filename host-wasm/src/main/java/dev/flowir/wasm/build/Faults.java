package dev.flowir.wasm.build;

import dev.flowir.ir.ItemFailure;
import java.util.List;
import org.teavm.dependency.AbstractDependencyListener;
import org.teavm.dependency.DependencyAgent;
import org.teavm.dependency.MethodDependency;
import org.teavm.model.BasicBlock;
import org.teavm.model.ClassHolder;
import org.teavm.model.ClassHolderTransformer;
import org.teavm.model.ClassHolderTransformerContext;
import org.teavm.model.Instruction;
import org.teavm.model.MethodHolder;
import org.teavm.model.MethodReference;
import org.teavm.model.ValueType;
import org.teavm.model.instructions.BinaryInstruction;
import org.teavm.model.instructions.BinaryOperation;
import org.teavm.model.instructions.IntegerConstantInstruction;
import org.teavm.model.instructions.InvocationType;
import org.teavm.model.instructions.InvokeInstruction;
import org.teavm.model.instructions.LongConstantInstruction;
import org.teavm.model.instructions.NumericOperandType;
import org.teavm.model.util.DefinitionExtractor;
import org.teavm.vm.spi.TeaVMHost;
import org.teavm.vm.spi.TeaVMPlugin;

/**
 * Has a program break as it breaks on a JVM. The compiler finds it by a service file that is
 * written with the worker.
 *
 * <p>A division of whole numbers by zero is 0 in JavaScript and ends a program in WebAssembly; here
 * divisors are asked. The least number divided by -1 is itself on a JVM, and ends a program in
 * WebAssembly. What only the compiler's own runtime throws has no name in JavaScript unless
 * somebody says that it comes to where names are asked for.
 */
public final class Faults implements TeaVMPlugin {

    private static final String DIVISOR = "dev.flowir.wasm.Divisor";

    /** What the runtime throws: for an index, and for what JavaScript itself threw. */
    private static final List<Class<?>> OF_RUNTIME =
            List.of(ArrayIndexOutOfBoundsException.class, RuntimeException.class);

    private static final MethodReference NAMES =
            new MethodReference(ItemFailure.class, "of", Throwable.class, ItemFailure.class);

    /** For the compiler. */
    public Faults() {}

    @Override
    public void install(TeaVMHost host) {
        host.add(new Divisions());
        host.add(new Names());
    }

    /** Says that what the runtime throws is asked for its name. */
    private static final class Names extends AbstractDependencyListener {

        @Override
        public void methodReached(DependencyAgent agent, MethodDependency method) {
            if (method.getReference().equals(NAMES)) {
                for (Class<?> thrown : OF_RUNTIME) {
                    method.getVariable(1)
                            .propagate(agent.getType(ValueType.object(thrown.getName())));
                }
            }
        }
    }

    /** Puts a question before each division of whole numbers. */
    record Divisions() implements ClassHolderTransformer {

        @Override
        public void transformClass(ClassHolder type, ClassHolderTransformerContext context) {
            if (type.getName().equals(DIVISOR)) {
                return;
            }
            for (MethodHolder method : type.getMethods()) {
                if (method.getProgram() == null) {
                    continue;
                }
                for (BasicBlock block : method.getProgram().getBasicBlocks()) {
                    Instruction at = block.getFirstInstruction();
                    while (at != null) {
                        Instruction next = at.getNext();
                        if (at instanceof BinaryInstruction division && divides(division)) {
                            ask(division);
                        }
                        at = next;
                    }
                }
            }
        }

        private static boolean divides(BinaryInstruction it) {
            boolean whole =
                    it.getOperandType() == NumericOperandType.INT
                            || it.getOperandType() == NumericOperandType.LONG;
            boolean divides =
                    it.getOperation() == BinaryOperation.DIVIDE
                            || it.getOperation() == BinaryOperation.MODULO;
            return whole && divides && !isKnown(it);
        }

        /**
         * True when the divisor is a number that was written there, by which anything can be
         * divided.
         */
        private static boolean isKnown(BinaryInstruction division) {
            DefinitionExtractor written = new DefinitionExtractor();
            for (Instruction before = division.getPrevious();
                    before != null;
                    before = before.getPrevious()) {
                before.acceptVisitor(written);
                if (List.of(written.getDefinedVariables()).contains(division.getSecondOperand())) {
                    return switch (before) {
                        case IntegerConstantInstruction it -> isHarmless(it.getConstant());
                        case LongConstantInstruction it -> isHarmless(it.getConstant());
                        default -> false;
                    };
                }
            }
            return false;
        }

        private static boolean isHarmless(long divisor) {
            return divisor != 0 && divisor != -1;
        }

        private static void ask(BinaryInstruction division) {
            ValueType type =
                    division.getOperandType() == NumericOperandType.INT
                            ? ValueType.INTEGER
                            : ValueType.LONG;
            InvokeInstruction question = new InvokeInstruction();
            question.setType(InvocationType.SPECIAL);
            question.setLocation(division.getLocation());
            if (division.getOperation() == BinaryOperation.DIVIDE) {
                question.setMethod(new MethodReference(DIVISOR, "quotient", type, type, type));
                question.setArguments(division.getFirstOperand(), division.getSecondOperand());
                question.setReceiver(division.getReceiver());
                division.replace(question);
                return;
            }
            question.setMethod(new MethodReference(DIVISOR, "notZero", type, type));
            question.setArguments(division.getSecondOperand());
            question.setReceiver(division.getProgram().createVariable());
            division.insertPrevious(question);
            division.setSecondOperand(question.getReceiver());
        }
    }
}
