export const container = {
  "container.one": "Container",
  "container.title": "Containers of {name}",
  "container.name": "Container",
  "container.id": "ID",
  "container.image": "Image",
} as const;
