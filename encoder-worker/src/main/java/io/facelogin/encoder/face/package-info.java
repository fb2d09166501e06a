/** What happens to faces, free of Kafka: which are encoded, all of them in one network call. */
@NullMarked
package io.facelogin.encoder.face;

import org.jspecify.annotations.NullMarked;
