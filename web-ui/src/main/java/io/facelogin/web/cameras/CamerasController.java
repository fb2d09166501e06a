package io.facelogin.web.cameras;

import io.facelogin.contract.MaskedAddress;
import io.facelogin.contract.kafka.Topics;
import io.facelogin.contract.v1.Camera;
import io.facelogin.web.access.Role;
import io.facelogin.web.access.Roles;
import io.facelogin.web.audit.AuditTrail;
import io.facelogin.web.kafka.Outgoing;
import io.facelogin.web.problem.Problem;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/**
 * The registry of cameras, for operators; viewers see it. The compacted topic {@code cameras} is
 * the registry itself; what is answered here is what the topic says.
 */
@RestController
@RequestMapping("/api/v1/cameras")
@Tag(name = "cameras")
class CamerasController {

  private static final String SEQUENCE = "X-Frame-Sequence";
  private static final Duration TEST_TIMEOUT = Duration.ofSeconds(8);
  private static final Duration ECHO_TIMEOUT = Duration.ofSeconds(3);

  private final CameraBoard board;
  private final CameraCheck test;
  private final Outgoing outgoing;
  private final AuditTrail audit;
  private final Clock clock;

  CamerasController(
      CameraBoard board, CameraCheck test, Outgoing outgoing, AuditTrail audit, Clock clock) {
    this.board = board;
    this.test = test;
    this.outgoing = outgoing;
    this.audit = audit;
    this.clock = clock;
  }

  /** A camera as the registry has it, and how it is. */
  record Shown(
      String id,
      String name,
      String address,
      int minFacePx,
      float maxFramesPerSecond,
      boolean enabled,
      String state,
      String message,
      @Nullable Instant since,
      float framesPerSecond,
      @Nullable Long lagMs) {}

  record Address(@Nullable String address) {}

  @Operation(summary = "Lists the cameras and how they are")
  @GetMapping
  List<Shown> list() {
    return board.registered().stream().map(this::shown).toList();
  }

  @Operation(summary = "Adds a camera; the capture agents follow within a second")
  @PostMapping
  @ResponseStatus(HttpStatus.CREATED)
  Shown add(@RequestBody CameraPolicy policy) {
    String id =
        policy.id() == null ? "cam-" + UUID.randomUUID().toString().substring(0, 8) : policy.id();
    if (board.camera(id).isPresent()) {
      throw Problem.conflict("There is a camera with the id " + id + " already.");
    }
    return put(policy.checked(id), "camera-added");
  }

  @Operation(summary = "Changes a camera")
  @PutMapping("/{id}")
  Shown change(@PathVariable String id, @RequestBody CameraPolicy policy) {
    requireKnown(id);
    return put(policy.checked(id), "camera-changed");
  }

  @Operation(summary = "Takes a camera off; its past decisions stay")
  @DeleteMapping("/{id}")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void remove(@PathVariable String id) {
    requireKnown(id);
    // Written first: what cannot be written down is not done.
    audit.write("camera-removed", id);
    outgoing.publish(Topics.CAMERAS, id, null);
    board.awaitCamera(id, Objects::isNull, ECHO_TIMEOUT);
  }

  @Operation(summary = "Tries an address before it is saved")
  @PostMapping("/test")
  CameraCheck.Answer test(@RequestBody Address address) {
    String text = address.address() == null ? "" : address.address().strip();
    if (text.isEmpty()) {
      throw Problem.badRequest("Give the address to try.");
    }
    return test.test(text, TEST_TIMEOUT);
  }

  @Operation(summary = "Tries the address of a camera")
  @PostMapping("/{id}/test")
  CameraCheck.Answer testKnown(@PathVariable String id) {
    return test.test(requireKnown(id).getAddress(), TEST_TIMEOUT);
  }

  @Operation(summary = "Gives the newest picture of a camera; 404 while there is none")
  @GetMapping(path = "/{id}/picture.jpg")
  ResponseEntity<byte[]> picture(@PathVariable String id) {
    CameraBoard.Picture picture =
        board
            .picture(id)
            .orElseThrow(() -> Problem.notFound("There is no picture of camera " + id + " yet."));
    return ResponseEntity.ok()
        .contentType(MediaType.IMAGE_JPEG)
        .cacheControl(CacheControl.noStore())
        // So that a page draws boxes over the very frame in which they were found.
        .header(SEQUENCE, Long.toString(picture.sequence()))
        .body(picture.jpeg());
  }

  private Shown put(Camera.Builder checked, String action) {
    Camera camera =
        checked.setUpdatedAtUs(ChronoUnit.MICROS.between(Instant.EPOCH, clock.instant())).build();
    audit.write(action, camera.getCameraId());
    outgoing.publish(Topics.CAMERAS, camera.getCameraId(), camera);
    // Whoever lists the cameras next shall see it.
    board.awaitCamera(camera.getCameraId(), camera::equals, ECHO_TIMEOUT);
    return shown(camera);
  }

  /** Others see addresses without the passwords in them. */
  private static boolean mayChange() {
    return Roles.has(SecurityContextHolder.getContext().getAuthentication(), Role.OPERATOR);
  }

  private Camera requireKnown(String id) {
    return board
        .camera(id)
        .orElseThrow(() -> Problem.notFound("There is no camera with the id " + id + "."));
  }

  private Shown shown(Camera camera) {
    CameraState state =
        board
            .find(camera.getCameraId())
            .orElseGet(
                () ->
                    new CameraState(
                        camera.getCameraId(), camera.getName(), "OFF", "", null, 0, null));
    return new Shown(
        camera.getCameraId(),
        state.name(),
        mayChange() ? camera.getAddress() : MaskedAddress.of(camera.getAddress()).text(),
        camera.getMinFacePx(),
        camera.getMaxFramesPerSecond(),
        camera.getEnabled(),
        state.state(),
        state.message(),
        state.since(),
        state.framesPerSecond(),
        state.lagMs());
  }
}
