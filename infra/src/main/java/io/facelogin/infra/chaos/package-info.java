/**
 * Faults, rehearsed: a site of processes of its own, to which something happens, and what must hold
 * afterwards. The command {@code face-login chaos} and the tests run the same scenarios. Start
 * reading at {@link io.facelogin.infra.chaos.Rehearsal}.
 */
@NullMarked
package io.facelogin.infra.chaos;

import org.jspecify.annotations.NullMarked;
