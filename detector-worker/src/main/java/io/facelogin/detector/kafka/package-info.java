/** The rim: takes frames from their topic, puts faces on theirs. */
@NullMarked
package io.facelogin.detector.kafka;

import org.jspecify.annotations.NullMarked;
