/**
 * What tells a living face before the camera from a picture of one: how the evidence of single
 * frames adds up over a track, and whether somebody did what the server asked for. Free of networks
 * and of time: matcher and web stage use the same rules. Start reading at {@link
 * io.facelogin.models.liveness.AttackEvidence} and {@link
 * io.facelogin.models.liveness.ChallengeWatch}.
 */
@NullMarked
package io.facelogin.models.liveness;

import org.jspecify.annotations.NullMarked;
