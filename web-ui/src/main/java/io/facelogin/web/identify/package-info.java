/**
 * Still pictures over REST: who is this, and are these two the same? Start reading at
 * IdentifyController.
 */
@NullMarked
package io.facelogin.web.identify;

import org.jspecify.annotations.NullMarked;
