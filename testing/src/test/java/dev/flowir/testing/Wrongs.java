package dev.flowir.testing;

import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Common ways in which a method of the library goes wrong. */
final class Wrongs {

    private Wrongs() {}

    /** It does nothing; what it answers is null, 0 or false. */
    static Twist.Wrong nothing() {
        return new Twist.Wrong() {
            @Override
            public boolean before(Twist.Call call) {
                return true;
            }
        };
    }

    /** It does nothing where something holds of the call. */
    static Twist.Wrong nothingWhere(Predicate<Twist.Call> holds) {
        return new Twist.Wrong() {
            @Override
            public boolean before(Twist.Call call) {
                return holds.test(call);
            }
        };
    }

    /** It answers always the same. */
    static Twist.Wrong always(@Nullable Object answer) {
        return instead(call -> answer);
    }

    /** What is answered in place of its work. */
    interface Answer {
        @Nullable Object to(Twist.Call call) throws Exception;
    }

    /** It answers something else, and does not do what it is there for. */
    static Twist.Wrong instead(Answer answer) {
        return new Twist.Wrong() {
            @Override
            public boolean before(Twist.Call call) {
                return true;
            }

            @Override
            public @Nullable Object after(Twist.Call call, @Nullable Object ignored)
                    throws Exception {
                return answer.to(call);
            }
        };
    }

    /** It does its work and answers something else. */
    static Twist.Wrong changed(UnaryOperator<@Nullable Object> change) {
        return new Twist.Wrong() {
            @Override
            public @Nullable Object after(Twist.Call call, @Nullable Object answer) {
                return change.apply(answer);
            }
        };
    }

    /** It does its work on another argument. */
    static Twist.Wrong given(int index, UnaryOperator<Object> change) {
        return new Twist.Wrong() {
            @Override
            public boolean before(Twist.Call call) {
                call.arguments()[index] = change.apply(call.argument(index));
                return false;
            }
        };
    }

    /** It answers in place of throwing. */
    static Twist.Wrong swallowing(Class<? extends Throwable> what, Supplier<Object> answer) {
        return new Twist.Wrong() {
            @Override
            public Object thrown(Twist.Call call, Throwable failure) throws Throwable {
                if (what.isInstance(failure)) {
                    return answer.get();
                }
                throw failure;
            }
        };
    }
}
