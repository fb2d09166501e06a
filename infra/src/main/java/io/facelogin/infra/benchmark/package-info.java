/**
 * Measures the whole pipeline in one process, with real networks and with none. Start reading at
 * {@link io.facelogin.infra.benchmark.PipelineBenchmark}.
 */
@NullMarked
package io.facelogin.infra.benchmark;

import org.jspecify.annotations.NullMarked;
