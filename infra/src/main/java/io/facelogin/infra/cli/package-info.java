/** The command line: one class per command; {@link io.facelogin.infra.cli.FaceLogin} lists them. */
@NullMarked
package io.facelogin.infra.cli;

import org.jspecify.annotations.NullMarked;
