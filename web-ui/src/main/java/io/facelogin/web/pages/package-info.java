/** The pages that the server renders. Start reading at PagesController. */
@NullMarked
package io.facelogin.web.pages;

import org.jspecify.annotations.NullMarked;
