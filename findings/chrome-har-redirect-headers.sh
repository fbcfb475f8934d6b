#!/usr/bin/env bash
# chrome-har 1.3.1 (npm).
#
# HAR 1.2, response: an entry has the headers of its own response. Chromium tells the
# headers as received in Network.responseReceivedExtraInfo, once for each response, and a
# redirect and what follows it have one requestId. The headers of the redirect are written
# under the response that follows, in place of its own: no Content-Type, a Content-Length
# that is not that of the body, cookies that another response has set.
#
# Seen: GET /b, which is reached from /a, has Location and Set-Cookie of the redirect, and
# no Content-Type; the redirect itself has no Set-Cookie. Without the redirect, /b has its
# own headers. The order of the events is that of Chromium 156.
# Exits 1 if that changes.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
npm install --silent --no-audit --no-fund --no-save --ignore-scripts --prefix "$dir" chrome-har@1.3.1

cat >har.mjs <<'JS'
import { harFromMessages } from 'chrome-har';

let clock = 1;
const event = (method, params) => ({ method, params: { timestamp: clock++, wallTime: 1700000000 + clock, frameId: 'F', loaderId: 'L', type: 'Fetch', ...params } });
const sent = (requestId, path, more) => event('Network.requestWillBeSent', {
  requestId, documentURL: 'http://localhost/', initiator: { type: 'script' }, request: { url: 'http://localhost' + path, method: 'GET', headers: {}, initialPriority: 'High' }, ...more,
});
const received = (requestId, statusCode, headers) => event('Network.responseReceivedExtraInfo', { requestId, statusCode, headers, blockedCookies: [] });
const timing = { requestTime: 1, proxyStart: -1, proxyEnd: -1, dnsStart: -1, dnsEnd: -1, connectStart: -1, connectEnd: -1, sslStart: -1, sslEnd: -1, sendStart: 0, sendEnd: 1, receiveHeadersEnd: 2 };
const response = (path, status, headers) => ({
  url: 'http://localhost' + path, status, statusText: '', headers, mimeType: headers['Content-Type'] ?? '', connectionId: 1, encodedDataLength: 100, protocol: 'http/1.1', timing,
});
const whole = (requestId, path, status, headers) => [
  received(requestId, status, headers),
  event('Network.responseReceived', { requestId, hasExtraInfo: true, response: response(path, status, headers) }),
  event('Network.loadingFinished', { requestId, encodedDataLength: 100 }),
];
const own = { 'Content-Type': 'application/json', 'Content-Length': '2' };
const redirect = { Location: '/b', 'Content-Length': '0' }; // Chromium leaves Set-Cookie out here

const cases = {
  'after a redirect': [
    sent('1', '/a', {}),
    received('1', 303, { ...redirect, 'Set-Cookie': 'sid=1' }),
    sent('1', '/b', { redirectHasExtraInfo: true, redirectResponse: response('/a', 303, redirect) }),
    ...whole('1', '/b', 200, own),
  ],
  'by itself': [sent('1', '/b', {}), ...whole('1', '/b', 200, own)],
};
for (const [name, events] of Object.entries(cases)) {
  const har = harFromMessages([
    event('Page.frameStartedLoading', { frameId: 'F' }),
    sent('L', '/', { type: 'Document' }), ...whole('L', '/', 200, { 'Content-Type': 'text/html' }),
    ...events,
  ]);
  for (const e of har.log.entries.slice(1)) {
    console.log(`${name}: ${e.request.url.slice(16)} ${e.response.status} ${e.response.headers.map(h => h.name).sort().join(',')}`);
  }
}
JS
node har.mjs | tee seen
diff - seen <<'SEEN' || { echo "this is not what was seen"; exit 1; }
after a redirect: /a 303 Content-Length,Location
after a redirect: /b 200 Content-Length,Location,Set-Cookie
by itself: /b 200 Content-Length,Content-Type
SEEN
