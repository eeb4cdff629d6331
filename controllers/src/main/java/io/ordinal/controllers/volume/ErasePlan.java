package io.ordinal.controllers.volume;

import io.fabric8.kubernetes.api.model.PersistentVolume;

/// When the data of a local volume may be removed: only after the object that stands for it was
/// told to go, by a person or because its claim is gone and the policy says Delete.
enum ErasePlan {
  NOTHING,
  /// The volume object is to be deleted, exactly as it was looked at.
  CONDEMN,
  /// The data goes, then the object.
  ERASE,
  /// The object goes and the data stays.
  LET_GO,
  /// It says that it is ours, and it is not.
  DISOWN;

  /// @param path where the provisioner would have put the volume's data
  static ErasePlan of(PersistentVolume volume, String path) {
    if (!LocalProvisioner.isOurs(volume)) {
      return NOTHING;
    }
    String phase = volume.getStatus() == null ? "" : volume.getStatus().getPhase();
    boolean deletes = VolumePlan.reclaim(volume) == VolumePlan.Reclaim.DELETE;
    boolean leaving = volume.getMetadata().getDeletionTimestamp() != null;
    if (!leaving) {
      return deletes && "Released".equals(phase)
          ? (isWhereWePutIt(volume, path) ? CONDEMN : DISOWN)
          : NOTHING;
    }
    if (!volume.getMetadata().getFinalizers().contains(LocalProvisioner.FINALIZER)
        || "Bound".equals(phase)) {
      return NOTHING;
    }
    return deletes && isWhereWePutIt(volume, path) ? ERASE : LET_GO;
  }

  private static boolean isWhereWePutIt(PersistentVolume volume, String path) {
    var ref = volume.getSpec().getClaimRef();
    return ref != null
        && volume.getMetadata().getName().equals(VolumeNames.forClaim(Claims.orEmpty(ref.getUid())))
        && volume.getSpec().getLocal() != null
        && path.equals(volume.getSpec().getLocal().getPath());
  }
}
