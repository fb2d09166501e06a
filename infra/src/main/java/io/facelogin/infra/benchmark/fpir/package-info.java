/**
 * Shows by simulation whether the promised chance that a stranger is accepted is kept. Start
 * reading at {@link io.facelogin.infra.benchmark.fpir.FpirSimulation}.
 */
@NullMarked
package io.facelogin.infra.benchmark.fpir;

import org.jspecify.annotations.NullMarked;
