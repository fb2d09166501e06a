/** For tests of all modules: what strangers send, and what a parser may do with it. */
@NullMarked
package io.facelogin.contract.foreign;

import org.jspecify.annotations.NullMarked;
