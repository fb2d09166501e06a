/**
 * Where weights come from and how they are checked before anybody trusts them. Start reading at
 * {@link io.facelogin.models.store.ModelStore}.
 */
@NullMarked
package io.facelogin.models.store;

import org.jspecify.annotations.NullMarked;
