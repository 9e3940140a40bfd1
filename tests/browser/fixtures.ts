// Owns the name under which the specs of this folder have their layer: the stand-in for the widget.
export * from "../fixtures";
export { standInTest as test } from "../fixtures";
