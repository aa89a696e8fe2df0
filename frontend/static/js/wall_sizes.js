// The measures of a wall, as wall.css has them: 1 unit is a 1080th of the shorter side.
export const unit = () => Math.max(Math.min(innerWidth, innerHeight) / 1080, 0.5);
// The smallest type: a capital letter of a 54th of the screen, read from twenty metres.
export const readable = () => 28 * unit();
export const gap = () => 24 * unit();
// As many columns as hold about forty letters a line.
export const columns = (width) => Math.max(1, Math.min(4, Math.floor((width + gap()) / (515 * unit() + gap()))));
