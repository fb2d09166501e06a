/**
 * Everything that people and other programs see: pages, WebSocket, REST, PostgreSQL. Start reading
 * at {@link io.facelogin.web.WebUi}, then at BrowserSocket for what happens between a browser and
 * the pipeline.
 */
@NullMarked
package io.facelogin.web;

import org.jspecify.annotations.NullMarked;
