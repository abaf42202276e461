package dev.flowir.servlet;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * Decides whether a request may go on, before its body is read. Called on the container's thread:
 * it must not wait.
 */
@FunctionalInterface
public interface Authorizer {

    /**
     * Decides.
     *
     * @param request the request without its body
     * @return the decision
     */
    Authorization decide(RequestHead request);

    /**
     * Lets requests with {@code Authorization: Bearer <token>} pass when the token is one of these.
     * Compared in a time that does not depend on where they differ.
     *
     * @param tokens the tokens, none of them blank
     * @return an authorizer that answers 401 to everybody else
     * @throws IllegalArgumentException when there is no token, or a blank one
     */
    static Authorizer bearer(Collection<String> tokens) {
        if (tokens.isEmpty() || tokens.stream().anyMatch(String::isBlank)) {
            throw new IllegalArgumentException("bearer() needs tokens that are not blank");
        }
        List<byte[]> known = tokens.stream().map(token -> token.getBytes(UTF_8)).toList();
        return request -> {
            Optional<String> header = request.header("authorization");
            boolean found = false;
            if (header.isPresent() && header.get().regionMatches(true, 0, "Bearer ", 0, 7)) {
                byte[] given = header.get().substring(7).strip().getBytes(UTF_8);
                for (byte[] token : known) {
                    found |= MessageDigest.isEqual(token, given);
                }
            }
            return found ? Authorization.allowed() : new Authorization.Unauthorized("Bearer");
        };
    }
}
