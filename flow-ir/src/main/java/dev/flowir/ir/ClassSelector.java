package dev.flowir.ir;

import java.util.List;

/** Selects an arm by the class of the item; the key is the arm's simple class name. */
record ClassSelector(List<Class<?>> arms) implements Selector {

    @Override
    public Selection select(Object item) {
        for (Class<?> arm : arms) {
            if (arm.isInstance(item)) {
                return new Key(arm.getSimpleName());
            }
        }
        StringBuilder known = new StringBuilder();
        for (Class<?> arm : arms) {
            known.append(known.isEmpty() ? "" : ", ").append(arm.getSimpleName());
        }
        return new Unusable(
                "no arm for " + item.getClass().getSimpleName() + "; there are arms for " + known);
    }
}
