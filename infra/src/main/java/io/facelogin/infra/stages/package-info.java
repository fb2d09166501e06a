/**
 * What a site and a single worker share: how each stage is built from settings, and what keeps it
 * alive and visible. Start reading at {@link io.facelogin.infra.stages.Stages}.
 */
@NullMarked
package io.facelogin.infra.stages;

import org.jspecify.annotations.NullMarked;
