/**
 * The broker and the database of a site that has neither: real ones, inside of our process, with
 * their files in the data directory. A site that has its own Kafka and PostgreSQL never touches
 * this package.
 */
@NullMarked
package io.facelogin.infra.embedded;

import org.jspecify.annotations.NullMarked;
