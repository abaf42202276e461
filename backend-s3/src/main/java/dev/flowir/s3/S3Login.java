package dev.flowir.s3;

import java.util.function.Supplier;

/** Who calls. Shows no secret as a text. */
public sealed interface S3Login {

    /**
     * An access key.
     *
     * @param id its id, which is no secret
     * @param secret asked for its secret at each call
     */
    record Keys(String id, Supplier<String> secret) implements S3Login {

        /** {@return the id alone} */
        @Override
        public String toString() {
            return "Keys[" + id + "]";
        }
    }

    /** Whatever the surroundings offer: variables, a profile, or the role of a machine. */
    record Surroundings() implements S3Login {}

    /**
     * An access key.
     *
     * @param id its id
     * @param secret asked for its secret at each call
     * @return the login
     */
    static S3Login keys(String id, Supplier<String> secret) {
        return new Keys(id, secret);
    }

    /** {@return what the surroundings offer} */
    static S3Login surroundings() {
        return new Surroundings();
    }
}
