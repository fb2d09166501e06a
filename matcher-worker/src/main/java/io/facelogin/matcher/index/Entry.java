package io.facelogin.matcher.index;

import io.facelogin.contract.PersonId;
import io.facelogin.contract.TemplateId;

/** One template in the index. Erasing it masks it at once wherever its vector still lies. */
final class Entry {

  final TemplateId template;
  final PersonId person;
  volatile boolean erased;

  /** Row of the delta, or ~id in the index file. Changes only under the write lock. */
  int location;

  Entry(TemplateId template, PersonId person) {
    this.template = template;
    this.person = person;
  }
}
