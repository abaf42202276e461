package dev.flowir.ir;

import java.util.List;

/**
 * What a token asks of the backend that a deployment binds, compared with the backend's descriptor
 * before anything runs. What a descriptor does not know it does not meet.
 */
public sealed interface Requirement {

    /** {@return how messages write it, for example {@code durability>=local_disk}} */
    String wire();

    /**
     * A guarantee.
     *
     * @param guarantee what the backend must promise
     */
    record Promise(Guarantee guarantee) implements Requirement {
        @Override
        public String wire() {
            return guarantee.wire();
        }
    }

    /**
     * A level of a property, or a higher one.
     *
     * @param property {@code consistency}, {@code durability}, {@code ttl} or {@code ordering}
     * @param level for example {@code strong}, {@code local_disk}, {@code native}, {@code per_key}
     */
    record AtLeast(String property, String level) implements Requirement {
        @Override
        public String wire() {
            return property + ">=" + level;
        }
    }

    /**
     * One of several; which one is the backend's to choose.
     *
     * @param options what is asked for, one at least
     */
    record AnyOf(List<Requirement> options) implements Requirement {
        /** Copies the list, and refuses an empty one: nothing would meet it. */
        public AnyOf {
            options = List.copyOf(options);
            if (options.isEmpty()) {
                throw new IllegalArgumentException("any_of names one requirement at least");
            }
        }

        @Override
        public String wire() {
            StringBuilder text = new StringBuilder("any_of(");
            for (int i = 0; i < options.size(); i++) {
                text.append(i == 0 ? "" : ", ").append(options.get(i).wire());
            }
            return text.append(')').toString();
        }
    }

    /**
     * A guarantee.
     *
     * @param guarantee what the backend must promise
     * @return the requirement
     */
    static Requirement of(Guarantee guarantee) {
        return new Promise(guarantee);
    }

    /**
     * A level of a property, or a higher one. From low to high: {@code consistency} eventual,
     * strong; {@code durability} none, local_disk, replicated; {@code ttl} none, native; {@code
     * ordering} none, per_key, total.
     *
     * @param property the property
     * @param level the lowest level that will do
     * @return the requirement; no backend meets one of a property or level that is not listed here
     */
    static Requirement atLeast(String property, String level) {
        return new AtLeast(property, level);
    }

    /**
     * One of several.
     *
     * @param options what is asked for, one at least
     * @return the requirement
     */
    static Requirement anyOf(Requirement... options) {
        return new AnyOf(List.of(options));
    }
}
