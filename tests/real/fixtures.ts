// Owns the name under which the specs of this folder have their layer: the real widget.
export * from "../fixtures";
export { realTest as test } from "../fixtures";
