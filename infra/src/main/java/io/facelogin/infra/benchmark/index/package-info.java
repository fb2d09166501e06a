/**
 * Ways of searching a gallery against each other, on vectors that behave like faces. Start reading
 * at {@link io.facelogin.infra.benchmark.index.IndexBenchmark}.
 */
@NullMarked
package io.facelogin.infra.benchmark.index;

import org.jspecify.annotations.NullMarked;
