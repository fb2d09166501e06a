/**
 * Whether memory stays flat over many frames. Start reading at {@link
 * io.facelogin.infra.benchmark.soak.Soak}.
 */
@NullMarked
package io.facelogin.infra.benchmark.soak;

import org.jspecify.annotations.NullMarked;
