/** The rim: takes faces from their topic, puts embeddings on theirs. */
@NullMarked
package io.facelogin.encoder.kafka;

import org.jspecify.annotations.NullMarked;
