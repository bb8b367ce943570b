/** Stands in for Electron's types wherever Electron must not be imported: it exports nothing, so nothing can be taken from it. */
export {};
