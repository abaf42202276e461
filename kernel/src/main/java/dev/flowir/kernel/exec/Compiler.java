package dev.flowir.kernel.exec;

import dev.flowir.ir.Body;
import dev.flowir.ir.Handles;
import dev.flowir.ir.JoinTwo;
import dev.flowir.ir.NodeBody;
import dev.flowir.ir.NodeContext;
import dev.flowir.kernel.Execution;
import dev.flowir.kernel.Invocation;
import dev.flowir.kernel.RunInfo;
import dev.flowir.kernel.machine.Schedule;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.DynamicConstantDesc;
import java.lang.constant.MethodTypeDesc;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes a class of a schedule: the loop of {@link Stepwise} unrolled, outputs in local variables,
 * bodies as constants. So the JIT sees which body each call reaches and inlines it, and what only
 * passes from node to node need never be an object. The class is hidden: no name, no frame in stack
 * traces, and it goes when the flow does.
 */
final class Compiler {

    private static final Logger LOG = LoggerFactory.getLogger(Compiler.class);

    /**
     * Longest schedule that is compiled. A step takes some 60 bytes of code, so that half of {@link
     * #MAX_METHOD_BYTES} is left for the JIT, which stops inlining bodies when all is as long.
     */
    static final int MAX_STEPS = 64;

    /**
     * Longest method that is kept: HotSpot never compiles one of more bytes (HugeMethodLimit), and
     * a loop over arrays that is compiled is faster than a class that is not. Joins of many sources
     * reach it before {@link #MAX_STEPS}.
     */
    static final int MAX_METHOD_BYTES = 8_000;

    private static final boolean PRESENT = Assembler.isPresent();

    // Local variables: this, the parameters of Program.run, and our own.
    private static final int FLOW = 1;
    private static final int LANE = 2;
    private static final int TURN = 3;
    private static final int INVOCATION = 5;
    private static final int INFO = 6;
    private static final int INPUT = 7;
    private static final int RUN = 8;
    private static final int OUTPUT = 9;

    /** The parameters of Program.feed move here, so that all else is where it is in a run. */
    private static final int AT = 10;

    private static final int SOURCE = 11;
    private static final int SINK = 12;
    private static final int VALUES = 13;

    private static final ClassDesc OBJECT = ConstantDescs.CD_Object;
    private static final ClassDesc LIST = ConstantDescs.CD_List;
    private static final ClassDesc THROWABLE = ConstantDescs.CD_Throwable;
    private static final ClassDesc PARENT = desc(Whole.class);
    private static final ClassDesc REFUSAL = desc(Whole.Refusal.class);
    private static final ClassDesc ENTRANCE = desc(Entrance.class);
    private static final ClassDesc LEFT = desc(Left.class);
    private static final ClassDesc INLINE_RUN = desc(InlineRun.class);
    private static final ClassDesc LANE_TYPE = desc(Lane.class);
    private static final ClassDesc EXIT = desc(Exit.class);
    private static final ClassDesc BODY = desc(NodeBody.Single.class);
    private static final MethodTypeDesc RUN_TYPE =
            type(
                    OBJECT,
                    desc(InlineFlow.class),
                    LANE_TYPE,
                    ConstantDescs.CD_long,
                    desc(Invocation.class),
                    desc(RunInfo.class),
                    OBJECT);
    private static final MethodTypeDesc CALL_TYPE =
            type(OBJECT, desc(InlineFlow.class), LANE_TYPE, OBJECT);
    private static final ClassDesc LOOP = desc(Loop.class);
    private static final ClassDesc PAUSE = desc(Program.Pause.class);
    private static final ClassDesc ITERATOR = desc(Iterator.class);
    private static final ClassDesc CONSUMER = desc(Consumer.class);
    private static final MethodTypeDesc FEED_TYPE = type(OBJECT, LOOP, ITERATOR, CONSUMER);
    private static final MethodTypeDesc BODY_TYPE =
            type(OBJECT, OBJECT, desc(Handles.class), desc(NodeContext.class));

    private static final ClassDesc PURE = desc(Body.Pure.class);
    private static final ClassDesc JOIN_TWO = desc(JoinTwo.class);

    private final Schedule schedule;
    private final NodeBody.Single[] bodies;
    private final boolean[] joins;
    private final Entrance entrance;

    private Compiler(
            Schedule schedule, NodeBody.Single[] bodies, boolean[] joins, Entrance entrance) {
        this.entrance = entrance;
        this.schedule = schedule;
        this.bodies = bodies;
        this.joins = joins;
    }

    /**
     * A program for the schedule, in the best form there is: a class where the JVM can make one, a
     * chain of method handles otherwise, or when told. Empty when it is too long.
     */
    static Optional<Program> compile(
            Schedule schedule,
            NodeBody.Single[] bodies,
            boolean[] joins,
            Entrance entrance,
            Execution execution) {
        if (schedule.steps() > MAX_STEPS) {
            return Optional.empty();
        }
        return PRESENT && execution != Execution.CHAINED
                ? classOf(new Compiler(schedule, bodies, joins, entrance))
                : Optional.of(Chain.of(schedule, bodies, joins));
    }

    private static Optional<Program> classOf(Compiler compiler) {
        try {
            byte[] made =
                    Assembler.assemble(
                            ClassDesc.of(Program.class.getPackageName(), "Compiled"),
                            PARENT,
                            compiler.methods());
            if (Assembler.longestMethod(made) > MAX_METHOD_BYTES) {
                return Optional.empty();
            }
            MethodHandles.Lookup hidden =
                    MethodHandles.lookup()
                            .defineHiddenClassWithClassData(made, compiler.constants(), true);
            return Optional.of(
                    (Program)
                            hidden.findConstructor(
                                            hidden.lookupClass(), MethodType.methodType(void.class))
                                    .invoke());
        } catch (Throwable thrown) { // whatever it is, the flow still runs step by step
            LOG.warn("a flow could not be compiled and runs step by step", thrown);
            return Optional.empty();
        }
    }

    private List<Assembler.Made> methods() {
        return List.of(
                new Assembler.Made("run", RUN_TYPE, this::run),
                new Assembler.Made("call", CALL_TYPE, this::call),
                new Assembler.Made("feed", FEED_TYPE, this::feed));
    }

    private void run(Assembler to) {
        through(
                to,
                () -> to.load(VALUES + schedule.capture()).plain("areturn"),
                () -> to.plain("areturn"));
    }

    /** A run in a turn of its own; see {@link Whole#call}. */
    private void call(Assembler to) {
        Object refused = to.label();
        Object begun = to.label();
        Object over = to.label();
        Object broken = to.label();
        to.load(3).store(INPUT);
        to.constant(data(ENTRANCE, bodies.length)).load(LANE);
        to.call("invokevirtual", ENTRANCE, "begin", type(ConstantDescs.CD_long, LANE_TYPE));
        to.plain("dup2").storeLong(TURN).constant(Entrance.REFUSED).plain("lcmp");
        to.branch("ifeq", refused);
        to.plain("aconst_null").store(INVOCATION).plain("aconst_null").store(INFO);
        to.bind(begun);
        through(
                to,
                () -> {
                    end(to);
                    to.load(VALUES + schedule.capture()).plain("areturn");
                },
                () -> {
                    to.load(LANE).loadLong(TURN); // before its end: then the lane is another run's
                    to.callStatic(
                            LEFT, false, "of", type(LEFT, EXIT, LANE_TYPE, ConstantDescs.CD_long));
                    to.store(OUTPUT);
                    end(to);
                    to.load(OUTPUT).plain("areturn");
                });
        to.bind(over);
        to.bind(broken); // no memory or no stack, around the steps
        to.store(OUTPUT);
        end(to);
        to.load(OUTPUT).plain("athrow");
        to.catchAll(begun, over, broken);
        to.bind(refused)
                .field("getstatic", REFUSAL, Whole.Refusal.REFUSED.name(), REFUSAL)
                .plain("areturn");
    }

    private static void end(Assembler to) {
        to.load(LANE).loadLong(TURN);
        to.call(
                "invokevirtual",
                LANE_TYPE,
                "end",
                type(ConstantDescs.CD_void, ConstantDescs.CD_long));
    }

    /** The loop of {@link Program#feed}, with source and sink where the JIT sees which they are. */
    private void feed(Assembler to) {
        to.load(1).store(AT).load(2).store(SOURCE).load(3).store(SINK);
        ask(to, "flow", desc(InlineFlow.class)).store(FLOW);
        ask(to, "lane", LANE_TYPE).store(LANE);
        ask(to, "each", desc(Invocation.class)).store(INVOCATION);
        ask(to, "info", desc(RunInfo.class)).store(INFO);
        Object next = to.label();
        Object empty = to.label();
        Object held = to.label();
        to.bind(next);
        to.load(SOURCE);
        to.call("invokeinterface", ITERATOR, "hasNext", type(ConstantDescs.CD_boolean));
        to.branch("ifeq", empty);
        to.load(SOURCE).call("invokeinterface", ITERATOR, "next", type(OBJECT)).store(INPUT);
        to.load(AT).load(INPUT);
        to.call("invokeinterface", LOOP, "begins", type(ConstantDescs.CD_boolean, OBJECT));
        to.branch("ifeq", held);
        ask(to, "turn", ConstantDescs.CD_long).storeLong(TURN);
        through(
                to,
                () -> {
                    ask(to, "ends", ConstantDescs.CD_void);
                    to.load(SINK).load(VALUES + schedule.capture());
                    to.call(
                            "invokeinterface",
                            CONSUMER,
                            "accept",
                            type(ConstantDescs.CD_void, OBJECT));
                    to.branch("goto_", next);
                },
                () -> to.plain("areturn"));
        pause(to, empty, Program.Pause.EMPTY);
        pause(to, held, Program.Pause.HELD);
    }

    private static Assembler ask(Assembler to, String method, ClassDesc result) {
        return to.load(AT).call("invokeinterface", LOOP, method, type(result));
    }

    private static void pause(Assembler to, Object at, Program.Pause why) {
        to.bind(at).field("getstatic", PAUSE, why.name(), PAUSE).plain("areturn");
    }

    /**
     * Takes one input through.
     *
     * @param then what follows an output, outside of what bodies may throw in
     * @param leave what becomes of an {@link Exit}, which is on the stack
     */
    private void through(Assembler to, Runnable then, Runnable leave) {
        int steps = schedule.steps();
        Object begin = to.label();
        Object end = to.label();
        Object left = to.label();
        Object thrown = to.label();
        to.type("new_", INLINE_RUN).plain("dup");
        to.load(FLOW).load(LANE).loadLong(TURN).load(INVOCATION).load(INFO);
        to.call(
                "invokespecial",
                INLINE_RUN,
                "<init>",
                type(
                        ConstantDescs.CD_void,
                        desc(InlineFlow.class),
                        LANE_TYPE,
                        ConstantDescs.CD_long,
                        desc(Invocation.class),
                        desc(RunInfo.class)));
        to.store(RUN);
        for (int step = 0; step < steps; step++) {
            to.plain("aconst_null").store(VALUES + step);
        }
        to.bind(begin).plain("nop"); // there is no handler for nothing
        for (int step = 0; step < steps; step++) {
            step(to, step, left);
        }
        to.bind(end);
        then.run();
        to.bind(left);
        exit(to, steps, false);
        leave.run();
        to.bind(thrown);
        to.store(OUTPUT);
        exit(to, steps, true);
        leave.run();
        to.catchAll(begin, end, thrown);
    }

    /** True when the body of a step gets its item and nothing else. */
    private boolean calls(int step) {
        return bodies[step] instanceof NodeBody.Computing && !joins[step];
    }

    /** True when the body of a step gets two joined items and nothing else. */
    private boolean callsWithTwo(int step) {
        return bodies[step] instanceof NodeBody.JoiningTwo
                && joins[step]
                && schedule.sources(step).length == 2;
    }

    /** What each step calls, and the entrance. */
    private List<Object> constants() {
        List<Object> constants = new ArrayList<>();
        for (int step = 0; step < bodies.length; step++) {
            if (calls(step) && bodies[step] instanceof NodeBody.Computing it) {
                constants.add(it.function());
            } else if (callsWithTwo(step) && bodies[step] instanceof NodeBody.JoiningTwo it) {
                constants.add(it.function());
            } else {
                constants.add(bodies[step]);
            }
        }
        constants.add(entrance);
        return constants;
    }

    private static DynamicConstantDesc<?> data(ClassDesc type, int at) {
        return DynamicConstantDesc.ofNamed(
                ConstantDescs.BSM_CLASS_DATA_AT, ConstantDescs.DEFAULT_NAME, type, at);
    }

    private void step(Assembler to, int step, Object left) {
        if (bodies[step] == NodeBody.Passing.ON && !joins[step]) { // nobody can tell whether it ran
            value(to, schedule.sources(step)[0]);
            to.store(VALUES + step);
            return;
        }
        to.load(RUN).constant(step).field("putfield", INLINE_RUN, "step", ConstantDescs.CD_int);
        int[] sources = schedule.sources(step);
        if (calls(step)) {
            to.constant(data(PURE, step));
            value(to, sources[0]);
            to.call("invokeinterface", PURE, "apply", type(OBJECT, OBJECT));
        } else if (callsWithTwo(step)) {
            to.constant(data(JOIN_TWO, step));
            value(to, sources[0]);
            value(to, sources[1]);
            to.call("invokeinterface", JOIN_TWO, "apply", type(OBJECT, OBJECT, OBJECT));
        } else {
            to.constant(data(BODY, step));
            input(to, step);
            to.load(RUN).load(RUN).call("invokeinterface", BODY, "run", BODY_TYPE);
        }
        to.plain("dup").store(OUTPUT);
        to.callStatic(INLINE_RUN, false, "isValue", type(ConstantDescs.CD_boolean, OBJECT));
        to.branch("ifeq", left);
        to.load(LANE).loadLong(TURN);
        to.call(
                "invokevirtual",
                LANE_TYPE,
                "isStopped",
                type(ConstantDescs.CD_boolean, ConstantDescs.CD_long));
        to.branch("ifne", left);
        to.load(OUTPUT).store(VALUES + step);
    }

    private void input(Assembler to, int step) {
        int[] sources = schedule.sources(step);
        if (!joins[step]) {
            value(to, sources[0]);
            return;
        }
        if (sources.length == 2) { // the list that costs least, as in Stepwise
            value(to, sources[0]);
            value(to, sources[1]);
            to.callStatic(LIST, true, "of", type(LIST, OBJECT, OBJECT));
            return;
        }
        to.constant(sources.length).type("anewarray", OBJECT);
        for (int k = 0; k < sources.length; k++) {
            to.plain("dup").constant(k);
            value(to, sources[k]);
            to.plain("aastore");
        }
        to.callStatic(LIST, true, "of", type(LIST, OBJECT.arrayType()));
    }

    private static void value(Assembler to, int source) {
        to.load(source == Schedule.INPUT ? INPUT : VALUES + source);
    }

    /** Leaves with an {@link Exit} that holds everything worked out so far. */
    private static void exit(Assembler to, int steps, boolean thrown) {
        to.type("new_", EXIT).plain("dup").load(RUN).load(INPUT);
        to.load(RUN).field("getfield", INLINE_RUN, "step", ConstantDescs.CD_int);
        to.constant(steps).type("anewarray", OBJECT);
        for (int step = 0; step < steps; step++) {
            to.plain("dup").constant(step).load(VALUES + step).plain("aastore");
        }
        if (thrown) {
            to.load(OUTPUT).plain("aconst_null");
        } else {
            to.plain("aconst_null").load(OUTPUT);
        }
        to.call(
                "invokespecial",
                EXIT,
                "<init>",
                type(
                        ConstantDescs.CD_void,
                        INLINE_RUN,
                        OBJECT,
                        ConstantDescs.CD_int,
                        OBJECT.arrayType(),
                        THROWABLE,
                        OBJECT));
    }

    private static ClassDesc desc(Class<?> type) {
        return type.describeConstable().orElseThrow();
    }

    private static MethodTypeDesc type(ClassDesc result, ClassDesc... parameters) {
        return MethodTypeDesc.of(result, parameters);
    }
}
