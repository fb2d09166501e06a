package io.facelogin.capture;

import io.facelogin.capture.kafka.CameraFollower;
import io.facelogin.capture.kafka.StatusPublisher;
import io.facelogin.contract.v1.Camera;
import io.facelogin.contract.v1.CameraState;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * The cameras that this agent serves, kept equal to the list on the topic. Changed by the
 * follower's thread only; {@link #reportAll} may come from another.
 */
final class CameraFleet implements CameraFollower.Listener {

  private record Place(int partition, ServedCamera camera) {}

  private final Function<Camera, ServedCamera> served;
  private final StatusPublisher statuses;
  private final Map<String, Place> places = new ConcurrentHashMap<>();

  CameraFleet(Function<Camera, ServedCamera> served, StatusPublisher statuses) {
    this.served = served;
    this.statuses = statuses;
  }

  @Override
  public void camerasOf(int partition, Collection<Camera> cameras) {
    Set<String> kept = new HashSet<>();
    Set<String> listed = new HashSet<>();
    for (Camera camera : cameras) {
      listed.add(camera.getCameraId());
      Place place = places.get(camera.getCameraId());
      if (place != null && place.camera.servesAlready(camera)) {
        kept.add(camera.getCameraId());
      }
    }
    Set<String> leaving = new HashSet<>();
    places.forEach(
        (id, place) -> {
          if (place.partition == partition && !kept.contains(id)) {
            leaving.add(id);
          }
        });
    stop(leaving);
    leaving.stream().filter(id -> !listed.contains(id)).forEach(statuses::forget);
    for (Camera camera : cameras) {
      if (!kept.contains(camera.getCameraId())) {
        ServedCamera newcomer = served.apply(camera);
        places.put(camera.getCameraId(), new Place(partition, newcomer));
        newcomer.start();
      }
    }
  }

  /** Another agent speaks for these cameras from now on, so nothing is said of them here. */
  @Override
  public void partitionGone(int partition) {
    Set<String> leaving = new HashSet<>();
    places.forEach(
        (id, place) -> {
          if (place.partition == partition) {
            leaving.add(id);
          }
        });
    stop(leaving);
  }

  void reportAll() {
    for (Place place : places.values()) {
      statuses.publish(place.camera::status);
    }
  }

  int size() {
    return places.size();
  }

  /** Ends them all and says that they are away, as far as anybody here knows. */
  void close() {
    List<ServedCamera> all = new ArrayList<>();
    places.values().forEach(place -> all.add(place.camera));
    stop(Set.copyOf(places.keySet()));
    for (ServedCamera camera : all) {
      camera.state(CameraState.AWAY, "The capture agent has stopped.");
    }
  }

  /** First told all, then awaited: they stop side by side. */
  private void stop(Set<String> ids) {
    List<ServedCamera> leaving = new ArrayList<>();
    for (String id : ids) {
      Place place = places.remove(id);
      if (place != null) {
        leaving.add(place.camera);
      }
    }
    leaving.forEach(ServedCamera::stop);
    leaving.forEach(ServedCamera::awaitStop);
  }
}
