export const same = (event) => event;
