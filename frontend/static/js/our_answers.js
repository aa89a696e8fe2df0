// What our server answers, and nothing else. A hotel's login page, a proxy's refusal or an answer of another kind is no
// answer, whatever its status: nothing was stored and nothing may be shown.
const WANTED = { json: 'application/json', html: 'text/html' };
const KINDS = { json: /^application\/(problem\+)?json\b/, html: /^text\/html\b/ };
const LONG = 10_000;

export class NoAnswer extends Error {}

const isOurs = (answer, kind) => answer.headers.get('Backchannel') === '1'
  && (answer.status === 204 || KINDS[kind].test(answer.headers.get('Content-Type') ?? ''));

// Whoever waits for the network hears that it is there again.
const tellOfOurs = () => document.dispatchEvent(new CustomEvent('ours:answered'));

// Gives { status, ok, wait, told }: `wait` in milliseconds where the server asks for patience, `told` its JSON or HTML.
// Throws NoAnswer when there is none of ours in time. Who is refused for want of our cookie gets it and asks again, once.
export async function ask(address, asked = {}) {
  const answer = await askOnce(address, asked);
  return answer.again ? askOnce(address, asked) : answer;
}
// Of what was deleted nothing is asked any more, whoever still has a clock that would.
function askable(address) {
  if (document.body.dataset.connection === 'gone') throw new NoAnswer(address);
}
async function askOnce(address, { kind = 'json', patience = LONG, ...more }) {
  askable(address);
  const ends = new AbortController();
  const timer = setTimeout(() => ends.abort(), patience);
  try {
    const answer = await fetch(address, { headers: { Accept: WANTED[kind] }, ...more, signal: ends.signal });
    if (!isOurs(answer, kind)) throw new NoAnswer(address);
    tellOfOurs();
    const text = await answer.text();
    const told = kind === 'json' && answer.status !== 204 ? JSON.parse(text) : text;
    const after = answer.headers.get('Retry-After');
    const again = answer.status === 403 && after === '0';
    return { status: answer.status, ok: answer.ok, wait: Number(after ?? 0) * 1_000, told, again };
  } catch (error) {
    throw error instanceof NoAnswer ? error : new NoAnswer(String(error));
  } finally {
    clearTimeout(timer);
  }
}

// htmx swaps what comes, whatever it is; so it gets only what is ours, and an error for all else.
document.addEventListener('htmx:config:request', ({ detail: { ctx } }) => {
  ctx.fetch = async (address, options) => {
    askable(address);
    const answer = await fetch(address, options);
    if (!isOurs(answer, 'html')) throw new NoAnswer(address);
    tellOfOurs();
    return answer;
  };
});
