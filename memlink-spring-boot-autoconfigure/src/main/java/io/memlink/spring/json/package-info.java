/**
 * JSON of the fields of objects, with their classes and what these consist of: a format
 * that people and other programs can read, and that no setting of the application
 * changes. Knows the value format, which has the last word about what is written.
 * <p>
 * Read {@link io.memlink.spring.json.StrictJsonTranscoder} first.
 */
@NullMarked
package io.memlink.spring.json;

import org.jspecify.annotations.NullMarked;
