/**
 * Which put follows which miss, so that what was loaded before an eviction is not stored
 * after it. Knows items and their tokens, and neither values nor settings. Read
 * {@link io.memlink.spring.cache.fence.OpenMisses} first.
 */
@NullMarked
package io.memlink.spring.cache.fence;

import org.jspecify.annotations.NullMarked;
