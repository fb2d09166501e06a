package io.facelogin.web.token;

import io.facelogin.web.audit.AuditTrail;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** The keys that sign tokens, for the administrator: ids and times, never a key. */
@RestController
@RequestMapping("/api/v1/signing-keys")
@Tag(name = "signing keys")
class KeysController {

  private final SigningKeys keys;
  private final AuditTrail audit;

  KeysController(SigningKeys keys, AuditTrail audit) {
    this.keys = keys;
    this.audit = audit;
  }

  /**
   * How to rotate.
   *
   * @param revoke refuse what the old keys have signed from now on, as after a theft
   */
  record Rotation(boolean revoke) {}

  @Operation(summary = "Lists the keys that tokens can be checked with, the one that signs first")
  @GetMapping
  List<SigningKey> list() {
    return keys.list();
  }

  @Operation(summary = "Makes a new signing key; tokens of the old ones stay valid unless revoked")
  @PostMapping("/rotate")
  SigningKey rotate(@RequestBody Rotation rotation) {
    audit.write(rotation.revoke() ? "signing-keys-revoked" : "signing-key-rotated", null);
    return keys.rotate(rotation.revoke());
  }
}
