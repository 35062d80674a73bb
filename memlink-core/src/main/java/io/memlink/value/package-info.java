/**
 * A closed binary format for the values of an application: a value comes back as it was,
 * or not at all. What cannot be kept is refused when it is written; what was written by
 * other classes, or by nobody, is refused when it is read.
 * <p>
 * Types of the JDK have tags, classes of the application have names that are checked
 * against an allow-list before anything is loaded. Imports nothing but the JDK; knows no
 * client, no server and no Spring. The bytes are specified in
 * {@code docs/value-format.md}.
 * <p>
 * Read {@link io.memlink.value.ValueFormat} first, then {@code ValueWriter} and
 * {@code ValueReader}, which are mirror images; {@code Kind} lists the types of the JDK,
 * {@code ClassDescriptor} is what is known about a class of the application.
 */
@NullMarked
package io.memlink.value;

import org.jspecify.annotations.NullMarked;
