package dev.flowir.object;

import java.util.function.Function;

/** The objects of one class, found by names and ids. */
record Namespace<R>(Ids ids, Function<ObjectId, R> refs) implements ObjectNamespace<R> {

    @Override
    public R named(String name) {
        return refs.apply(ids.of(name));
    }

    @Override
    public R at(ObjectId id) {
        return refs.apply(ids.own(id));
    }

    @Override
    public R fresh() {
        return refs.apply(ids.fresh());
    }

    @Override
    public ObjectId idOf(String name) {
        return ids.of(name);
    }

    @Override
    public ObjectId parse(String text) {
        return ids.parse(text);
    }
}
