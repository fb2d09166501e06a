/** What happens to frames, free of Kafka: which are worth looking at, and what is found in them. */
@NullMarked
package io.facelogin.detector.frame;

import org.jspecify.annotations.NullMarked;
