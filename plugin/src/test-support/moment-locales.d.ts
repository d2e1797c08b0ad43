/** Languages of moment: imported for what they add to it, without types of their own. */
declare module 'moment/locale/*';
