/**
 * Generated cases for the tests of this project's own modules. Not exported: users have
 * libraries for this.
 */
@NullMarked
package io.memlink.test.cases;

import org.jspecify.annotations.NullMarked;
