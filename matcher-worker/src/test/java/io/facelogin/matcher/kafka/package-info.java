/** Tests and their fakes. */
@NullMarked
package io.facelogin.matcher.kafka;

import org.jspecify.annotations.NullMarked;
