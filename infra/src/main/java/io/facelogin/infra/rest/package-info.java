/**
 * Commands that need a site speak REST to it, wherever it runs: one way only. Start reading at
 * {@link io.facelogin.infra.rest.SiteConnection}.
 */
@NullMarked
package io.facelogin.infra.rest;

import org.jspecify.annotations.NullMarked;
