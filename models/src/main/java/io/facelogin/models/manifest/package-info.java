/**
 * What is known of each network: its files and their hashes, what it wants as input, its licence
 * and its measured rates. Start reading at {@link io.facelogin.models.manifest.Manifest}.
 */
@NullMarked
package io.facelogin.models.manifest;

import org.jspecify.annotations.NullMarked;
