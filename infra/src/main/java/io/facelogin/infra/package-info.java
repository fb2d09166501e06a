/**
 * Everything that runs the other modules: the command line, the site in one process, single
 * workers, and the embedded broker and database. Start reading at {@code cli.FaceLogin}, then
 * {@code site.Site}.
 */
@NullMarked
package io.facelogin.infra;

import org.jspecify.annotations.NullMarked;
