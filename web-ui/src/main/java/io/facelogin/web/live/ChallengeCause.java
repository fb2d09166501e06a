package io.facelogin.web.live;

/** Why somebody who logs in is asked to do something. */
enum ChallengeCause {
  /** The site asks everybody. */
  ALWAYS,
  /** The networks that tell people from pictures are not there. */
  UNCHECKED,
  /** The passive check found nothing against the person, and too little for them. */
  UNSURE
}
