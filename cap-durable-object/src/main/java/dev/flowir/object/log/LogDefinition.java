package dev.flowir.object.log;

import dev.flowir.ir.Type;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;

/**
 * What a log is made of.
 *
 * @param state type of the state; has a JSON form
 * @param initial the state before the first event
 * @param event type of the payloads; has a JSON form
 * @param reducer what the state becomes by an event
 * @param <S> type of the state
 * @param <E> type of the payloads
 */
public record LogDefinition<S, E>(Type<S> state, S initial, Type<E> event, Reducer<S, E> reducer) {

    /** Refuses a reducer that holds something with {@link LogFault#CAPTURING_REDUCER}. */
    public LogDefinition {
        for (Class<?> type = reducer.getClass();
                type != null && type != Object.class && type != Enum.class;
                type = type.getSuperclass()) {
            for (Field field : type.getDeclaredFields()) {
                if (!Modifier.isStatic(field.getModifiers())) {
                    throw new LogException(
                            LogFault.CAPTURING_REDUCER,
                            "the reducer holds a "
                                    + field.getType().getSimpleName()
                                    + "; write it as a static method, and take what it needs from"
                                    + " the state and the event");
                }
            }
        }
    }

    /**
     * A log of plain classes.
     *
     * @param state type of the state, such as a record
     * @param initial the state before the first event
     * @param event type of the payloads, such as a sealed interface of records
     * @param reducer what the state becomes by an event
     * @param <S> type of the state
     * @param <E> type of the payloads
     * @return the definition
     */
    public static <S, E> LogDefinition<S, E> of(
            Class<S> state, S initial, Class<E> event, Reducer<S, E> reducer) {
        return new LogDefinition<>(Type.of(state), initial, Type.of(event), reducer);
    }
}
