package io.facelogin.detector.frame;

import io.facelogin.contract.v1.FaceCrop;
import io.facelogin.contract.v1.Faces;
import io.facelogin.contract.v1.Frame;
import io.facelogin.contract.v1.Purpose;
import io.facelogin.contract.v1.Reason;
import io.facelogin.detector.follow.FollowedCamera;
import io.facelogin.detector.follow.Look;
import io.facelogin.detector.follow.Look.Kind;
import io.facelogin.detector.follow.SeenFace;
import io.facelogin.detector.presentation.PresentedFace;
import io.facelogin.models.DetectedFace;
import io.facelogin.models.FaceFinder;
import io.facelogin.models.Search;
import io.facelogin.models.picture.Glimpse;
import io.facelogin.models.picture.Picture;
import io.facelogin.models.picture.PictureReader;
import io.facelogin.models.picture.UnusablePictureException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A frame of a camera that can be decoded, on its way to its answer. */
final class FrameWork implements AutoCloseable {

  private final FollowedCamera camera;
  private final Purpose purpose;
  private final boolean everyPicture;
  private final Look look;
  private final @Nullable Picture picture;

  /**
   * @throws UnusablePictureException if it is no picture that we take
   */
  FrameWork(Frame frame, FollowedCamera camera, int minFacePx) throws UnusablePictureException {
    this.camera = camera;
    this.purpose = frame.getRef().getPurpose();
    // An enrolment chooses among all pictures; a still picture has no others; who does what a
    // challenge asks for must be the same person in each.
    this.everyPicture =
        purpose == Purpose.ENROL || purpose == Purpose.IDENTIFY || frame.getRef().hasChallenge();
    byte[] jpeg = frame.getJpeg().toByteArray();
    Picture decoded = purpose == Purpose.IDENTIFY ? PictureReader.read(jpeg) : null;
    Glimpse glimpse = decoded == null ? PictureReader.glimpse(jpeg) : Glimpse.of(decoded);
    // Who logs in is watched in every frame: a picture that does not move at all tells something
    // too.
    boolean everyLook = everyPicture || purpose == Purpose.LOGIN;
    this.look = camera.look(glimpse, frame.getRef().getCapturedAtUs(), minFacePx, everyLook);
    boolean needed = decoded == null && look.kind() != Kind.SKIPPED;
    this.picture = needed ? PictureReader.read(jpeg) : decoded;
  }

  Kind kind() {
    return look.kind();
  }

  Optional<Search> search() {
    return Optional.ofNullable(picture)
        .map(given -> new Search(given, look.minFacePx(), look.where(), FollowedCamera.HINT));
  }

  /**
   * @param found in the search, if there was one
   * @return its faces, those that are not worth encoding without a crop, to be judged further
   */
  List<PresentedFace> answer(List<DetectedFace> found, FaceFinder finder, Faces.Builder answer) {
    answer
        .getFrameBuilder()
        .setWidthPx(look.glimpse().widthPx())
        .setHeightPx(look.glimpse().heightPx());
    List<SeenFace> faces =
        camera.seen(
            look,
            found,
            face -> picture == null ? Optional.empty() : finder.judge(picture, face),
            everyPicture);
    List<PresentedFace> presented = new ArrayList<>();
    for (SeenFace face : faces) {
      FaceCrop.Builder record = answer.addFacesBuilder().mergeFrom(FaceRecords.crop(face));
      presented.add(
          new PresentedFace(
              purpose,
              Optional.ofNullable(picture),
              look.atUs(),
              face.trackId(),
              face.face(),
              face.looked(),
              face.crop().isPresent(),
              camera.evidence(),
              record));
    }
    if (picture != null) {
      camera.problems(faces.isEmpty() ? problems(finder, picture) : List.of());
    }
    answer.addAllProblems(camera.problems());
    return presented;
  }

  private static List<Reason> problems(FaceFinder finder, Picture picture) {
    List<Reason> problems = new ArrayList<>(List.of(Reason.NO_FACE));
    finder.lightOf(picture).ifPresent(problems::add);
    return problems;
  }

  @Override
  public void close() {
    if (picture != null) {
      picture.close();
    }
  }
}
