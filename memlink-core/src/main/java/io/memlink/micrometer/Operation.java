package io.memlink.micrometer;

import java.util.Locale;

import io.memlink.link.Request;
import io.memlink.meta.MetaArithmetic;
import io.memlink.meta.MetaBatch;
import io.memlink.meta.MetaDelete;
import io.memlink.meta.MetaGet;
import io.memlink.meta.MetaSet;
import io.memlink.meta.MultiGet;

/** What a request does, as the tag {@code operation}. */
enum Operation {

    GET, SET, DELETE, ARITHMETIC, BATCH, OTHER;

    private final String tag = name().toLowerCase(Locale.ROOT);

    static Operation of(Request<?> request) {
        if (request instanceof MetaGet) {
            return GET;
        }
        if (request instanceof MetaSet) {
            return SET;
        }
        if (request instanceof MetaDelete) {
            return DELETE;
        }
        if (request instanceof MetaArithmetic) {
            return ARITHMETIC;
        }
        return (request instanceof MetaBatch || request instanceof MultiGet) ? BATCH : OTHER;
    }

    String tag() {
        return this.tag;
    }

}
