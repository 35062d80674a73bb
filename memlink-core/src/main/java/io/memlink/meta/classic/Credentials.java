package io.memlink.meta.classic;

import java.util.Objects;

/**
 * The credentials of a client, for servers that run with {@code -Y}. Immutable.
 *
 * @param username the name, without spaces
 * @param password the password, without line breaks
 * @since 0.1.0
 */
public record Credentials(String username, String password) {

    /**
     * Checks what the protocol cannot carry. What is refused is not shown, since it may
     * have a password in it.
     * @param username the name
     * @param password the password
     */
    public Credentials {
        Objects.requireNonNull(username, "username");
        Objects.requireNonNull(password, "password");
        if (username.isEmpty() || !username.chars().allMatch((c) -> c > ' ' && c != ':' && c != 0x7f)) {
            throw new IllegalArgumentException("username: one of " + username.length()
                    + " characters (expected: one or more, no space, colon or control)");
        }
        if (!password.chars().allMatch((c) -> c >= ' ' && c != 0x7f)) {
            throw new IllegalArgumentException("password: with a control character (expected: none)");
        }
    }

    @Override
    public String toString() {
        return "Credentials[not shown]";
    }

}
