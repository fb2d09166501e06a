package io.facelogin.web.audit;

/** Somebody whose acts are written down. */
public interface AuditActor {

  /** Role and id, such as {@code operator:1b2c…}; never a name, for it outlives the person. */
  String auditName();
}
