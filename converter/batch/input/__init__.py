"""Where documents come from: folders, lists, archives."""
