package io.facelogin.web.pages;

import io.facelogin.web.access.RecognisedPerson;

/**
 * Who logged in by face, as a page shows it.
 *
 * @param at ISO-8601 instant of the log-in
 */
public record Visitor(String id, String name, String at, float similarity) {

  static Visitor of(RecognisedPerson person) {
    return new Visitor(
        person.id().toString(), person.name(), person.at().toString(), person.cosineSimilarity());
  }
}
