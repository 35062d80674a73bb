package io.memlink.value.suite.foreign;

import java.io.Serializable;

/**
 * A class of a package that is not trusted, harmless in itself.
 */
@SuppressWarnings("serial")
public class Stranger implements Serializable {

    public String text = "s";

    public record Noted(String text) implements Serializable {
    }

    public enum Side {

        LEFT, RIGHT

    }

}
