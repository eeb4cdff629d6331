export const list = {
  "list.count": "{count} in all",
  "list.empty": "The list is empty; you may switch the namespace",
  "list.nothingFound": "Nothing fits the search",
  "list.columns": "Columns",
  "list.export": "Export all",
  "list.chooseAll": "Choose all",
  "list.search": "Search",
  "list.searchHelp": "A name, or label:app=web|db, status:Ready; Enter adds",
  "list.searchPlaceholder": "Search by name, label, status",
} as const;
