package io.facelogin.detector.follow;

import io.facelogin.contract.v1.Reason;
import io.facelogin.detector.DetectorSettings;
import io.facelogin.detector.presentation.CameraEvidence;
import io.facelogin.detector.track.CameraTracks;
import io.facelogin.detector.track.Track;
import io.facelogin.models.AlignedFace;
import io.facelogin.models.DetectedFace;
import io.facelogin.models.FoundFace;
import io.facelogin.models.Search;
import io.facelogin.models.Search.Around;
import io.facelogin.models.Search.Everywhere;
import io.facelogin.models.Search.Where;
import io.facelogin.models.geometry.Box;
import io.facelogin.models.picture.Glimpse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Follows the faces of one camera, whose frames come in order: {@link #look} tells where to look in
 * a frame, {@link #seen} takes what was found there. Only {@code seen} changes what is known, so
 * that a frame which cannot be decoded leaves no trace. One thread.
 *
 * <p>The whole picture is searched at first, every so often, after a gap, when much of it changed
 * (a cut, a light) and when its size changed. In between a face is looked for where it should be;
 * what changed elsewhere since it was last looked at is searched for new ones. A face around which
 * nothing changed is where it was, and nobody looks.
 */
public final class FollowedCamera {

  /** Around a face, in its widths: its hair and shadow move along with it. */
  private static final float HALO = 0.3f;

  /** Around what changed, in widths of the smallest face, so that a face lies in it whole. */
  private static final float PADDING = 1.0f;

  /** A face that was one a moment ago still is one from this detection score on. */
  private static final float STILL_A_FACE = 0.5f;

  /** A face that is missed for no longer than this is taken to be where it should be. */
  private static final long MISSED_US = 130_000;

  /** Overlap, as intersection over union, of two boxes that may be of one face. */
  private static final float SAME = 0.3f;

  /** From this score on, what is no face may be one in the next picture: a head that turns. */
  public static final float HINT = 0.2f;

  private final DetectorSettings settings;
  private final CameraTracks tracks;
  private final CameraEvidence evidence;
  private @Nullable ChangeMap map;
  private @Nullable ChangedRegions regions;
  private int minFacePx;
  private long lastAtUs;
  private long fullAtUs;
  private boolean restless;
  private List<Box> hints = List.of();
  private List<Reason> problems = List.of();

  /** Aligns and judges what was detected in the frame's picture. */
  public interface Judge {

    /**
     * @return nothing if it is no face after all
     */
    Optional<FoundFace> judge(DetectedFace face);
  }

  public FollowedCamera(DetectorSettings settings) {
    this.settings = settings;
    this.tracks =
        new CameraTracks(settings.trackTimeout(), 3 * settings.maxFaces(), settings.selection());
    this.evidence = new CameraEvidence(settings.presentation(), settings.maxFaces());
  }

  /** What its tracks show of being people. */
  public CameraEvidence evidence() {
    return evidence;
  }

  /**
   * @param glimpse of the frame
   * @param atUs when it was taken, microseconds since the epoch
   * @param minFacePx smallest face worth looking for
   * @param everyPicture each picture of a face counts, so none is passed over as still
   */
  public Look look(Glimpse glimpse, long atUs, int minFacePx, boolean everyPicture) {
    ChangeMap known = map;
    ChangedRegions places = regions;
    if (known == null || places == null || !known.fits(glimpse)) {
      return everywhere(glimpse, atUs, minFacePx);
    }
    known.compare(glimpse);
    boolean moving = restless || known.changedShare() > 0;
    long every = us(moving ? settings.follow().fullSearch() : settings.follow().stillSearch());
    if (this.minFacePx != minFacePx
        || atUs <= lastAtUs
        || atUs - lastAtUs > us(settings.trackTimeout())
        || atUs - fullAtUs >= every
        || known.changedShare() > settings.follow().mostChanged()) {
      return everywhere(glimpse, atUs, minFacePx);
    }
    List<Track> still = new ArrayList<>();
    List<Box> stillHints = new ArrayList<>();
    List<Box> expected = new ArrayList<>();
    List<Box> accounted = new ArrayList<>();
    for (Track track : tracks.alive(atUs)) {
      Box expectedPx = track.expectedAt(atUs);
      boolean lost = track.atUs() < lastAtUs;
      boolean wanted = everyPicture || (track.quality().isGood() && track.selection().isWaiting());
      if (!lost && !wanted && known.isStill(track.face().boxPx())) {
        still.add(track);
      } else {
        expected.add(expectedPx);
      }
      if (!lost) {
        accounted.add(haloed(track.face().boxPx()));
        accounted.add(haloed(expectedPx));
      }
    }
    for (Box hint : hints) {
      (known.isStill(hint) ? stillHints : expected).add(hint);
      accounted.add(haloed(hint));
    }
    accounted.forEach(known::disregard);
    List<Box> changed =
        places.due(known, atUs, PADDING * minFacePx, glimpse.widthPx(), glimpse.heightPx());
    double area = changed.stream().mapToDouble(Box::area).sum();
    double all = (double) glimpse.widthPx() * glimpse.heightPx();
    return area > settings.follow().mostChanged() * all
        ? everywhere(glimpse, atUs, minFacePx)
        : new Look(glimpse, atUs, minFacePx, new Around(expected, changed), still, stillHints);
  }

  private static Look everywhere(Glimpse glimpse, long atUs, int minFacePx) {
    return new Look(glimpse, atUs, minFacePx, new Everywhere(), List.of(), List.of());
  }

  /**
   * @param detected where the look said, from {@link #HINT} on
   * @param judge of the frame's picture
   * @return the faces of the frame, the still ones too, the largest first
   */
  public List<SeenFace> seen(
      Look look, List<DetectedFace> detected, Judge judge, boolean everyPicture) {
    List<DetectedFace> faces = new ArrayList<>();
    List<Box> places = new ArrayList<>(look.stillHints());
    for (DetectedFace face : detected) {
      boolean known = face.detectionScore() >= STILL_A_FACE && wasFace(face, look.atUs());
      if (known || face.detectionScore() >= Search.FACE) {
        faces.add(face);
      } else {
        places.add(face.boxPx());
      }
    }
    hints = places.subList(0, Math.min(places.size(), settings.maxFaces()));
    remember(look);
    List<FoundFace> found =
        faces.stream()
            .sorted(Comparator.comparingDouble((DetectedFace face) -> -face.boxPx().area()))
            .flatMap(face -> judge.judge(face).stream())
            .limit(settings.maxFaces())
            .toList();
    List<Track> followed = tracks.follow(look.atUs(), found);
    List<SeenFace> seen = new ArrayList<>();
    for (int i = 0; i < followed.size(); i++) {
      seen.add(seen(followed.get(i), found.get(i), look, everyPicture));
    }
    for (Track track : look.still()) {
      if (!followed.contains(track)) {
        tracks.still(track, look.atUs());
        seen.add(unlooked(track, track.face()));
      }
    }
    if (look.where() instanceof Around) {
      seen.addAll(missed(seen, look.atUs()));
    }
    seen.sort(Comparator.comparingDouble(face -> -face.face().boxPx().area()));
    return seen.subList(0, Math.min(seen.size(), settings.maxFaces()));
  }

  /** Faces that were there a moment ago and were not found, where nothing else was found. */
  private List<SeenFace> missed(List<SeenFace> seen, long atUs) {
    List<SeenFace> missed = new ArrayList<>();
    for (Track track : tracks.alive(atUs)) {
      DetectedFace face = track.faceExpectedAt(atUs);
      if (track.atUs() < atUs
          && atUs - track.atUs() <= MISSED_US
          && seen.stream().noneMatch(other -> other.face().boxPx().iou(face.boxPx()) > SAME)) {
        missed.add(unlooked(track, face));
      }
    }
    return missed;
  }

  private static SeenFace unlooked(Track track, DetectedFace face) {
    return new SeenFace(track.id(), face, track.quality(), false, Optional.empty());
  }

  private boolean wasFace(DetectedFace face, long atUs) {
    return tracks.alive(atUs).stream()
        .anyMatch(track -> track.expectedAt(atUs).iou(face.boxPx()) > SAME);
  }

  private SeenFace seen(Track track, FoundFace found, Look look, boolean everyPicture) {
    if (map != null) {
      map.lookedAt(look.glimpse(), haloed(found.face().boxPx()));
    }
    boolean sure = found.face().detectionScore() >= Search.FACE;
    boolean selected =
        (sure && track.selection().select(found.quality(), look.atUs())) || everyPicture;
    Optional<AlignedFace> crop = selected ? Optional.of(found.crop()) : Optional.empty();
    return new SeenFace(track.id(), found.face(), found.quality(), true, crop);
  }

  private void remember(Look look) {
    ChangeMap known = map;
    ChangedRegions places = regions;
    Where where = look.where();
    if (known == null || places == null || !known.fits(look.glimpse())) {
      known = new ChangeMap(look.glimpse());
      places = new ChangedRegions(known, us(settings.follow().rest()));
      map = known;
      regions = places;
      tracks.clear();
    } else if (where instanceof Everywhere
        && known.changedShare() > settings.follow().mostChanged()) {
      tracks.doubt();
    }
    for (Box hint : hints) {
      known.lookedAt(look.glimpse(), haloed(hint));
    }
    if (where instanceof Around around) {
      restless |= known.changedShare() > 0;
      for (Box region : around.regionsPx()) {
        known.lookedAt(look.glimpse(), region);
        places.searched(region, look.atUs());
      }
    } else {
      restless = false;
      known.lookedAt(look.glimpse());
      places.searchedAll(look.atUs());
      fullAtUs = look.atUs();
      minFacePx = look.minFacePx();
    }
    lastAtUs = look.atUs();
  }

  /** What was wrong with the last frame as a whole, for one that was not looked at. */
  public List<Reason> problems() {
    return problems;
  }

  public void problems(List<Reason> now) {
    problems = List.copyOf(now);
  }

  private static Box haloed(Box box) {
    float halo = HALO * box.width();
    return new Box(box.x1() - halo, box.y1() - halo, box.x2() + halo, box.y2() + halo);
  }

  private static long us(Duration duration) {
    return duration.toNanos() / 1000;
  }
}
