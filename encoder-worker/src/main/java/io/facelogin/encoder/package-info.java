/**
 * Faces to embeddings. Start reading at {@link io.facelogin.encoder.EncoderWorker}; what happens to
 * the faces of a poll is {@code face.FaceEncoding}.
 */
@NullMarked
package io.facelogin.encoder;

import org.jspecify.annotations.NullMarked;
