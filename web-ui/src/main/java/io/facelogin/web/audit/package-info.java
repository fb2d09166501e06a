/**
 * Who did what and what was decided, appended and chained by hashes, so that a change shows. Start
 * reading at AuditTrail, which writes, then at AuditChain, which finds what was changed.
 */
@NullMarked
package io.facelogin.web.audit;

import org.jspecify.annotations.NullMarked;
