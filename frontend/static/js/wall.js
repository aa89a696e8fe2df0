// The wall: its frame with the clock, its cards, the question on stage, and a screen that stays awake.
import './app.js';
import './wall_frame.js';
import './wall_feed.js';
import './wall_stage.js';
import './wall_scenes.js';
import './wall_times.js';
import './wall_screen.js';
import { stayAwake } from './stay_awake.js';

stayAwake();
