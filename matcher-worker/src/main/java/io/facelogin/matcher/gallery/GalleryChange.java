package io.facelogin.matcher.gallery;

import io.facelogin.contract.TemplateId;

/** What can happen to a gallery. */
public sealed interface GalleryChange {

  /** A template is there, new or again. */
  record Enrolled(Reference reference) implements GalleryChange {}

  /** A template is gone, if it was there. */
  record Erased(TemplateId template) implements GalleryChange {}
}
