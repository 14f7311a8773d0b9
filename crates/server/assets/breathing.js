// A breath as the moment and the break share it: four seconds in, six out, as a ring, as words, with a sound where it is asked for.
export const IN_MS = 4000;
export const OUT_MS = 6000;
const FADE_MS = 200;
const LOW_HZ = 196;
const HIGH_HZ = 262;
const LOUDNESS = .05;

export const still = matchMedia("(prefers-reduced-motion: reduce)");

/** Breathes in `place` (a .word and a .ring); `words`: without the ring. Gives what ends it, and what makes it longer. */
export function breathe(place, { cycles = 1, words = false, sound = false, ended = () => {} } = {}) {
  const word = place.querySelector(".word");
  const tone = sound ? soft() : null;
  let left = cycles;
  let timer;
  place.hidden = false;
  place.classList.remove("gone");
  place.classList.toggle("as-words", words || still.matches);

  function cycle() {
    place.classList.remove("going");
    if (still.matches && cycles === 1 && left === 1) {
      word.textContent = "In … out …"; // One line that holds still.
      timer = setTimeout(next, IN_MS + OUT_MS);
      return;
    }
    void place.offsetWidth; // Starts the ring anew.
    place.classList.add("going");
    word.textContent = "in …";
    tone?.glide(LOW_HZ, HIGH_HZ, IN_MS);
    timer = setTimeout(() => {
      word.textContent = "out …";
      tone?.glide(HIGH_HZ, LOW_HZ, OUT_MS);
      timer = setTimeout(next, OUT_MS);
    }, IN_MS);
  }

  function next() {
    left -= 1;
    if (left > 0) return cycle();
    place.classList.add("gone");
    timer = setTimeout(() => end(true), FADE_MS);
  }

  function end(whole = false) {
    clearTimeout(timer);
    tone?.end();
    place.hidden = true;
    place.classList.remove("going", "gone", "as-words");
    if (left === -1) return;
    left = -1;
    ended(whole);
  }

  cycle();
  return { end, longer(by) { if (left > 0) left += by; } };
}

// Two notes that glide into each other, no louder than a fridge.
function soft() {
  const Context = window.AudioContext;
  if (!Context) return null;
  const context = new Context();
  const voice = new OscillatorNode(context, { type: "sine", frequency: LOW_HZ });
  const loud = new GainNode(context, { gain: 0 });
  voice.connect(loud).connect(context.destination);
  voice.start();
  return {
    glide(from, to, ms) {
      const now = context.currentTime;
      voice.frequency.cancelScheduledValues(now);
      voice.frequency.setValueAtTime(from, now);
      voice.frequency.linearRampToValueAtTime(to, now + ms / 1000);
      loud.gain.cancelScheduledValues(now);
      loud.gain.setValueAtTime(loud.gain.value, now);
      loud.gain.linearRampToValueAtTime(LOUDNESS, now + ms / 3000);
      loud.gain.linearRampToValueAtTime(0, now + ms / 1000);
    },
    end() { context.close(); },
  };
}
