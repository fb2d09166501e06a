/**
 * How a site comes back from a backup, and who does not come back with it. Start reading at {@link
 * io.facelogin.infra.backup.Restore}.
 */
@NullMarked
package io.facelogin.infra.backup;

import org.jspecify.annotations.NullMarked;
