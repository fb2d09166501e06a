/**
 * A whole site in one process: broker, database and every stage, started in order and stopped in
 * reverse. Start reading at {@link io.facelogin.infra.site.Site}.
 */
@NullMarked
package io.facelogin.infra.site;

import org.jspecify.annotations.NullMarked;
