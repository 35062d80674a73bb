package io.memlink.benchmarks.sidebyside.contender;

import java.io.Serializable;

/**
 * The value that a cached method returns.
 *
 * @param key by which it is found
 * @param name some text
 * @param email some more
 * @param stamp tells to which key it belongs
 */
record Profile(String key, String name, String email, int stamp) implements Serializable {

}
