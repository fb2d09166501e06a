package io.facelogin.detector.track;

import io.facelogin.models.DetectedFace;
import io.facelogin.models.geometry.Box;
import io.facelogin.models.quality.FaceQuality;

/** One face over the frames of one camera. One thread. */
public final class Track {

  /** A face that is lost is expected no further on than it comes in this time. */
  private static final long MOST_AHEAD_US = 400_000;

  private final long id;
  private final PictureSelection selection;
  private DetectedFace face;
  private FaceQuality quality;
  private long atUs;
  private double dxPerUs;
  private double dyPerUs;

  Track(long id, PictureSelection selection, DetectedFace face, FaceQuality quality, long atUs) {
    this.id = id;
    this.selection = selection;
    this.face = face;
    this.quality = quality;
    this.atUs = atUs;
  }

  /** Time of its first frame, so that a restart cannot give it again. */
  public long id() {
    return id;
  }

  /** As it was last seen. */
  public DetectedFace face() {
    return face;
  }

  public FaceQuality quality() {
    return quality;
  }

  /** When it was last seen, microseconds since the epoch. */
  public long atUs() {
    return atUs;
  }

  public PictureSelection selection() {
    return selection;
  }

  /** Where the face should be, were it to go on as it went. */
  public Box expectedAt(long timeUs) {
    return faceExpectedAt(timeUs).boxPx();
  }

  /** The face as it was last seen, where it should be. */
  public DetectedFace faceExpectedAt(long timeUs) {
    long aheadUs = Math.max(0, Math.min(MOST_AHEAD_US, timeUs - atUs));
    return face.moved((float) (dxPerUs * aheadUs), (float) (dyPerUs * aheadUs));
  }

  float overlap(Box other, long timeUs) {
    return Math.max(face.boxPx().iou(other), expectedAt(timeUs).iou(other));
  }

  void seen(DetectedFace now, FaceQuality nowQuality, long timeUs) {
    double elapsedUs = Math.max(1, timeUs - atUs);
    dxPerUs = (centreX(now.boxPx()) - centreX(face.boxPx())) / elapsedUs;
    dyPerUs = (centreY(now.boxPx()) - centreY(face.boxPx())) / elapsedUs;
    face = now;
    quality = nowQuality;
    atUs = timeUs;
  }

  /** It is where it was, though nobody looked: nothing changed there. */
  void still(long timeUs) {
    dxPerUs = 0;
    dyPerUs = 0;
    atUs = timeUs;
  }

  private static double centreX(Box box) {
    return (box.x1() + box.x2()) / 2.0;
  }

  private static double centreY(Box box) {
    return (box.y1() + box.y2()) / 2.0;
  }
}
