package io.facelogin.infra.erasure;

/**
 * One place that was looked at.
 *
 * @param found in words
 * @param remains whether it still holds what can be read of the person
 * @param goneWhen when the last bytes leave the disk, in words
 */
public record Place(String place, String found, boolean remains, String goneWhen) {}
