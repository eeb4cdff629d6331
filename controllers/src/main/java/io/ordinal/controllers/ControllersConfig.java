package io.ordinal.controllers;

import io.ordinal.controllers.volume.VolumeDirectories;

/// What the controllers must be told.
///
/// @param rootCa the certificates by which pods know the API server, as PEM text
/// @param directories where the data of local volumes lies
public record ControllersConfig(String rootCa, VolumeDirectories directories) {}
