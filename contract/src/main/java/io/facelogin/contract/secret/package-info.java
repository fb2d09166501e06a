/**
 * How bytes are sealed that must not lie on a disk in the plain, and how they become unreadable for
 * good: by forgetting a key. Start reading at {@link io.facelogin.contract.secret.MasterKeys}.
 */
@NullMarked
package io.facelogin.contract.secret;

import org.jspecify.annotations.NullMarked;
