export const volume = {
  "volume.emptyDir": "Temporary directory",
  "volume.hostPath": "Host path",
  "volume.nfs": "NFS",
  "volume.configMap": "ConfigMap",
  "volume.secret": "Secret",
  "volume.persistentVolumeClaim": "Existing claim",
  "volume.template": "Disk of its own for each pod",
  "volume.other": "Other (see the YAML)",
} as const;
