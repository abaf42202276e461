package dev.flowir.redis;

import java.util.function.Supplier;

/**
 * Who logs in. The password is asked for at each connection, so that a new one is used from the
 * next on; it is in no text of this library.
 *
 * @param user name of the user; {@code default} where there are no others
 * @param password gives the password
 */
public record RedisLogin(String user, Supplier<String> password) {

    /**
     * The user {@code default}, with what {@code requirepass} says.
     *
     * @param password gives the password
     * @return the login
     */
    public static RedisLogin password(Supplier<String> password) {
        return new RedisLogin("default", password);
    }

    /** {@return the user, without the password} */
    @Override
    public String toString() {
        return "RedisLogin[user=" + user + "]";
    }
}
