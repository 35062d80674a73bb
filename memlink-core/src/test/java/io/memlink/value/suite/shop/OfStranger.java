package io.memlink.value.suite.shop;

import io.memlink.value.suite.foreign.Stranger;

/**
 * Extends a class of a package that is not trusted.
 */
@SuppressWarnings("serial")
public class OfStranger extends Stranger {

    public String own = "own";

}
