/**
 * Whether somebody who was erased is really gone, place by place. Start reading at {@link
 * io.facelogin.infra.erasure.ErasureProof}.
 */
@NullMarked
package io.facelogin.infra.erasure;

import org.jspecify.annotations.NullMarked;
