// The visitor's camera: opening it, and saying why it does not open in a way that helps.

/** Kinds of failure, each with js.camera.KIND.title and .text. */
export class CameraFailure extends Error {
  constructor(kind) {
    super(kind);
    this.kind = kind;
  }
}

function kindOf(failure) {
  switch (failure.name) {
    case 'NotAllowedError': case 'SecurityError': return 'REFUSED';
    case 'NotFoundError': case 'DevicesNotFoundError': case 'OverconstrainedError': return 'NONE';
    case 'NotReadableError': case 'TrackStartError': case 'AbortError': return 'BUSY';
    default: return 'OTHER';
  }
}

/** Whether the browser would open the camera without asking; false where it does not tell. */
export async function isAllowedAlready() {
  try {
    return (await navigator.permissions.query({ name: 'camera' })).state === 'granted';
  } catch {
    return false;
  }
}

/**
 * Plays the camera in the video element.
 * @param lost called when the camera goes away later
 * @returns a function that switches it off
 * @throws CameraFailure
 */
export async function openCamera(video, lost) {
  if (!window.isSecureContext) throw new CameraFailure('INSECURE');
  if (!navigator.mediaDevices?.getUserMedia) throw new CameraFailure('UNSUPPORTED');
  let stream;
  try {
    stream = await navigator.mediaDevices.getUserMedia({
      audio: false,
      video: { facingMode: 'user', width: { ideal: 1280 }, height: { ideal: 720 }, frameRate: { ideal: 30 } },
    });
  } catch (failure) {
    throw new CameraFailure(kindOf(failure));
  }
  const [track] = stream.getVideoTracks();
  track.addEventListener('ended', lost);
  video.srcObject = stream;
  try {
    await video.play();
  } catch {
    stream.getTracks().forEach(each => each.stop());
    throw new CameraFailure('OTHER');
  }
  return () => {
    track.removeEventListener('ended', lost);
    stream.getTracks().forEach(each => each.stop());
    video.srcObject = null;
  };
}
