export const claim = {
  "claim.size": "Size",
  "claim.modes": "Access modes",
  "claim.unused": "not in use",
  "claim.none": "No claims",
  "claim.createTitle": "New PersistentVolumeClaim",
  "claim.unit": "Unit",
} as const;
