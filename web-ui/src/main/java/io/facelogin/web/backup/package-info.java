/**
 * Everything that makes a site, as one sealed file, and how it comes back. Start reading at {@link
 * io.facelogin.web.backup.Backup}; restoring begins in the launcher.
 */
@NullMarked
package io.facelogin.web.backup;

import org.jspecify.annotations.NullMarked;
