package dev.flowir.ir;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.BinaryOperator;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;

/**
 * Windows over the items of a port, while they are drawn: say by what and when, then {@link
 * #collect} or {@link #fold}.
 *
 * @param <T> the items
 * @param <K> what the items of a window have in common
 */
public final class WindowDraft<T, K> {

    /** What windows span. */
    enum Over {
        /** The items that come. */
        INPUTS,
        /** The items of a list that comes. */
        LIST
    }

    private final FlowDraft draft;
    private final Over over;
    private final String source;
    private final Type<T> item;
    private final WindowShape shape;
    private final Type<K> keyType;
    private Optional<Function<Object, Object>> key = Optional.empty();
    private Optional<ToLongFunction<Object>> timeMillis = Optional.empty();
    private Optional<WindowTime> time = Optional.empty();
    private Duration outOfOrder = Duration.ZERO;
    private Duration lateness = Duration.ZERO;
    private Optional<Node<?, ?>> late = Optional.empty();
    private WindowBounds bounds = WindowBounds.DEFAULTS;

    WindowDraft(
            FlowDraft draft,
            String source,
            Type<T> item,
            WindowShape shape,
            Type<K> keyType,
            Over over) {
        this.over = over;
        this.draft = draft;
        this.source = source;
        this.item = item;
        this.shape = shape;
        this.keyType = keyType;
    }

    /** Windows of what {@code from} gives, without a key yet. */
    static <T> WindowDraft<T, String> of(
            FlowDraft draft, Port<?> from, Type<T> item, WindowShape shape, Over over) {
        String source = from.aliasIn(draft);
        return new WindowDraft<>(draft, source, item, shape, Type.of(String.class), over);
    }

    /**
     * Keeps windows for each key apart.
     *
     * @param <N> type of the key
     * @param type class of the key, whose values are equal when they mean the same
     * @param newKey what the items of a window have in common; must only compute
     * @return these windows, by key
     */
    public <N> WindowDraft<T, N> by(Class<N> type, Function<? super T, ? extends N> newKey) {
        WindowDraft<T, N> keyed =
                new WindowDraft<>(draft, source, item, shape, Type.of(type), over);
        keyed.key = Optional.of(it -> newKey.apply(Node.<T>cast(it)));
        keyed.timeMillis = timeMillis;
        keyed.time = time;
        keyed.outOfOrder = outOfOrder;
        keyed.lateness = lateness;
        keyed.late = late;
        keyed.bounds = bounds;
        return keyed;
    }

    /**
     * Goes by a time that items carry. Time moves on as items come: a window without a successor is
     * told at the end of the flow's inputs.
     *
     * @param epochMillis time of an item since 1970, at most 2<sup>53</sup> - 1 ms away; must only
     *     compute
     * @return this
     */
    public WindowDraft<T, K> at(ToLongFunction<? super T> epochMillis) {
        timeMillis = Optional.of(it -> epochMillis.applyAsLong(Node.<T>cast(it)));
        return going(WindowTime.EVENT);
    }

    /**
     * Goes by when items came into the flow, however long they took to come here.
     *
     * @return this
     */
    public WindowDraft<T, K> onIngest() {
        return going(WindowTime.INGEST);
    }

    /**
     * Goes by the clock: an item is in the window that is open when it comes here, and a window
     * ends when it is time, whether items come or not.
     *
     * @return this
     */
    public WindowDraft<T, K> onClock() {
        return going(WindowTime.PROCESSING);
    }

    private WindowDraft<T, K> going(WindowTime newTime) {
        time = Optional.of(newTime);
        return this;
    }

    /**
     * How much later than an item of a later time an item may come and still be in time: the
     * watermark stays so far behind the latest time seen. None unless told.
     *
     * @param most whole milliseconds
     * @return this
     */
    public WindowDraft<T, K> outOfOrder(Duration most) {
        outOfOrder = most;
        return this;
    }

    /**
     * How long after its end a window is kept, and told again with each item that comes for it. Not
     * at all unless told.
     *
     * @param most whole milliseconds of the watermark's time
     * @return this
     */
    public WindowDraft<T, K> lateness(Duration most) {
        lateness = most;
        return this;
    }

    /**
     * Where items go that are too late for every window; unless told they end here, and listeners
     * hear of it.
     *
     * @param node gets each as it came
     * @return this
     */
    public WindowDraft<T, K> late(Node<? super T, ?> node) {
        late = Optional.of(node);
        return this;
    }

    /**
     * How much is kept at most; {@link WindowBounds#DEFAULTS} unless told.
     *
     * @param newBounds the bounds
     * @return this
     */
    public WindowDraft<T, K> atMost(WindowBounds newBounds) {
        bounds = newBounds;
        return this;
    }

    /**
     * Keeps the items of each window.
     *
     * @param name alias of the node
     * @return the windows, each when it has ended
     */
    public Port<Window<K, List<T>>> collect(String name) {
        return draw(name, Type.listOf(item), Optional.empty());
    }

    /**
     * Folds the items of each window as they come, and keeps none. What is given on is the value
     * itself: one that {@code add} changes in place suits windows without {@link #lateness} only.
     *
     * @param <A> what items are folded to
     * @param name alias of the node
     * @param type class of what items are folded to
     * @param zero gives the value of no item
     * @param add gives the value with an item more; must only compute
     * @return the windows, each when it has ended
     */
    public <A> Port<Window<K, A>> fold(
            String name,
            Class<A> type,
            Supplier<? extends A> zero,
            BiFunction<? super A, ? super T, ? extends A> add) {
        if (shape.kind() == WindowShape.Kind.SESSION) {
            throw new IllegalArgumentException(
                    "sessions of '"
                            + name
                            + "' may become one: say how, as the last argument of fold");
        }
        return draw(name, Type.of(type), Optional.of(folding(zero, add, Optional.empty())));
    }

    /**
     * As {@link #fold(String, Class, Supplier, BiFunction)}, for sessions, of which two become one
     * when an item comes between them.
     *
     * @param <A> what items are folded to
     * @param name alias of the node
     * @param type class of what items are folded to
     * @param zero gives the value of no item
     * @param add gives the value with an item more; must only compute
     * @param merge gives the value of an earlier and a later session together; must only compute
     * @return the windows, each when it has ended
     */
    public <A> Port<Window<K, A>> fold(
            String name,
            Class<A> type,
            Supplier<? extends A> zero,
            BiFunction<? super A, ? super T, ? extends A> add,
            BinaryOperator<A> merge) {
        BinaryOperator<Object> both =
                (one, other) -> merge.apply(Node.<A>cast(one), Node.<A>cast(other));
        return draw(name, Type.of(type), Optional.of(folding(zero, add, Optional.of(both))));
    }

    private <A> SurfaceCode.Fold folding(
            Supplier<? extends A> zero,
            BiFunction<? super A, ? super T, ? extends A> add,
            Optional<BinaryOperator<Object>> merge) {
        return new SurfaceCode.Fold(
                zero::get, (sum, it) -> add.apply(Node.<A>cast(sum), Node.<T>cast(it)), merge);
    }

    private <A> Port<Window<K, A>> draw(
            String name, Type<A> content, Optional<SurfaceCode.Fold> fold) {
        if (time.isEmpty()) {
            throw new IllegalArgumentException(
                    "windows '" + name + "' go by no time: say at(...), onIngest() or onClock()");
        }
        WindowTime by = time.get();
        Map<String, JsonValue> config = FailureDraft.versioned();
        config.put("event_time_pointer", JsonValue.text(by == WindowTime.EVENT ? "/@time" : ""));
        config.put("size_ms", JsonValue.number(shape.sizeMillis()));
        config.put("allowed_lateness_ms", JsonValue.number(millis(lateness, "lateness")));
        config.put("watermark", JsonValue.text("bounded"));
        config.put("out_of_order_ms", JsonValue.number(millis(outOfOrder, "outOfOrder")));
        config.put("shape", JsonValue.text(shape.kind().wire()));
        if (shape.kind() == WindowShape.Kind.SLIDING) {
            config.put("every_ms", JsonValue.number(shape.everyMillis()));
        }
        config.put("time", JsonValue.text(by.wire()));
        if (key.isPresent()) {
            config.put("key_pointer", JsonValue.text("/@key"));
        }
        if (over == Over.LIST) {
            config.put("items_pointer", JsonValue.text(""));
        }
        config.put("max_keys", JsonValue.number(bounds.keys()));
        config.put("max_open", JsonValue.number(bounds.open()));
        config.put("max_items", JsonValue.number(bounds.items()));
        Type<Window<K, A>> output = Window.of(keyType, content);
        String alias = draft.window(name, source, item, output);
        config.put("target", JsonValue.text(alias));
        List<String> targets = new ArrayList<>(List.of(alias));
        if (late.isPresent()) {
            String to = draft.add(late.get());
            draft.edge(alias, to, late.get());
            config.put("late", JsonValue.text(to));
            targets.add(to);
        }
        draft.windowed(
                alias,
                targets,
                config,
                new SurfaceCode(key, timeMillis, fold, Optional.empty(), Optional.empty()));
        return new Port<>(draft, alias, output);
    }

    private static long millis(Duration length, String what) {
        if (length.isNegative()) {
            throw new IllegalArgumentException(what + " is zero or more, got " + length);
        }
        return length.toMillis();
    }
}
