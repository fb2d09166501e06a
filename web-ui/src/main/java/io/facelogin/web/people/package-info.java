/**
 * Who is enrolled, what they consented to, and how they are erased. Start reading at
 * PeopleController.
 */
@NullMarked
package io.facelogin.web.people;

import org.jspecify.annotations.NullMarked;
