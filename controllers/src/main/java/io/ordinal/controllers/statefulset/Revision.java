package io.ordinal.controllers.statefulset;

import io.fabric8.kubernetes.api.model.PodTemplateSpec;

/// A template of the set, present or past, under the name of the ControllerRevision that keeps it.
record Revision(String name, PodTemplateSpec template) {}
