/** Stands for any picture or style sheet that a component imports. */
export default 'asset';
