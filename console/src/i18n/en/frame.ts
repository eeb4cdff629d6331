export const frame = {
  "frame.business": "Businesses",
  "frame.platform": "Platform",
  "frame.toBusiness": "Switch to businesses",
  "frame.toPlatform": "Switch to platform",
  "frame.otherLanguage": "中文",
  "frame.themeName": "Appearance",
  "frame.theme": "Appearance: {theme}",
  "frame.light": "Light",
  "frame.dark": "Dark",
  "frame.system": "As the system",
  "frame.signOut": "Sign out",
  "frame.signOutEverywhere": "Sign out everywhere",
  "frame.stale": "The connection is broken and being mended; what you see may be old.",
  "frame.noPermission": "No permission",
  "frame.noPermissionHelp": "You are not a member of any business. Ask a platform administrator.",
  "frame.limited":
    "This console acts as {user}, with the rights of its kubeconfig and for one user alone: what the kubeconfig may not do is refused.",
  "frame.limitedNamespace":
    "This console acts as {user}, with the rights of its kubeconfig and for one user alone, in the namespace {namespace}: what the kubeconfig may not do is refused.",
} as const;
