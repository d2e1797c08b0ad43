/** The package's old place, for scripts outside of the repository that name it. */
export { labelsFrom } from '@valtronics/promql';
