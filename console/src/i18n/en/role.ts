export const role = {
  "role.admin": "Business administrator",
  "role.member": "Member",
  "role.viewer": "Viewer",
  "role.custom": "Custom",
  "role.project-owner": "Business administrator",
  "role.project-member": "Member",
  "role.project-viewer": "Viewer",
} as const;
