/* Keeps an open page of the preview up to date. It asks for news of its own page: while someone looks at it through a
   stream of events, else (too many tabs at once) by asking again and again. A tab nobody looks at asks for nothing.
   Chromium 64 is the floor. */
(function () {
  'use strict';
  var me = document.currentScript.dataset;
  var query = '?token=' + me.token + '&page=' + encodeURIComponent(me.page);
  var pollEvery = 1000;
  var source = null;
  var timer = 0;
  var leaving = false;
  var known = null;
  var banner = null;

  /* ---- the page again, where it was ---- */

  var placeKey = 'qunying-live ' + location.pathname;

  function remembered() {
    try {
      var place = JSON.parse(sessionStorage.getItem(placeKey));
      sessionStorage.removeItem(placeKey);
      return place;
    } catch (error) {
      return null;
    }
  }

  function wayTo(element) {
    var way = [];
    for (; element && element !== document.body && element.parentNode; element = element.parentNode)
      way.unshift(Array.prototype.indexOf.call(element.parentNode.children, element));
    return way;
  }

  function elementAt(way) {
    return way.reduce(function (element, index) { return element && element.children[index]; }, document.body);
  }

  function load() {
    if (leaving) return;
    leaving = true;
    stop();
    var focused = document.activeElement;
    var place = { x: window.pageXOffset, y: window.pageYOffset, focus: null, mark: known && known.mark };
    if (focused && focused !== document.body && document.body.contains(focused)) place.focus = wayTo(focused);
    try { sessionStorage.setItem(placeKey, JSON.stringify(place)); } catch (error) { /* then it begins at the top */ }
    location.reload();
  }

  function restore(place) {
    var back = function () { window.scrollTo({ left: place.x, top: place.y, behavior: 'instant' }); };
    back();
    if (document.readyState !== 'complete') window.addEventListener('load', back);
    var focused = place.focus && elementAt(place.focus);
    if (focused && focused.focus) focused.focus({ preventScroll: true });
  }

  var place = remembered();
  if (place) restore(place);

  /* ---- what the preview says ---- */

  function take(text) {
    if (leaving) return;
    known = JSON.parse(text);
    /* Never twice for the same: a page that cannot be had must not load for ever. */
    if (known.mark !== me.mark && !(place && place.mark === known.mark)) return load();
    show();
  }

  function element(name, kind, text) {
    var made = document.createElement(name);
    if (kind) made.className = kind;
    if (text !== undefined) made.textContent = text;
    return made;
  }

  function link(kind, text) {
    var made = element('a', kind, text);
    made.href = '/_qunying/';
    return made;
  }

  function findingList() {
    var list = element('ol', 'list');
    known.findings.forEach(function (finding) {
      var item = list.appendChild(element('li'));
      if (finding.place) item.appendChild(element('code', '', finding.place));
      item.appendChild(element('span', 'message', finding.message));
      if (finding.cure) item.appendChild(element('span', 'cure', finding.cure));
    });
    return list;
  }

  function trouble() {
    var box = element('section', 'banner');
    var head = box.appendChild(element('p', 'head'));
    head.appendChild(element('strong', '', known.title));
    head.appendChild(element('span', '', known.stale));
    head.appendChild(link('', known.more));
    box.appendChild(findingList());
    return box;
  }

  function board() {
    if (banner) return banner;
    var host = document.body.appendChild(document.createElement('qunying-live'));
    banner = host.attachShadow({ mode: 'open' });
    var style = element('link');
    style.rel = 'stylesheet';
    style.href = '/_qunying/live.css';
    style.onload = function () { banner.ready = true; show(); };
    banner.appendChild(style);
    return banner;
  }

  function put(box) {
    var into = board();
    while (into.childNodes.length > 1) into.removeChild(into.lastChild);
    if (!box) return;
    box.setAttribute('role', 'status');
    into.appendChild(box);
  }

  function show() {
    if (me.page === '/_qunying/' || !known || (banner && !banner.ready)) return;
    if (known.errors > 0) put(trouble());
    else if (known.warnings > 0) put(link('pill', known.title));
    else if (banner) put(null);
  }

  function showLost() {
    if (known) put(element('p', 'pill', known.lost));
  }

  /* ---- how it is asked ---- */

  function stop() {
    if (source) source.close();
    source = null;
    clearTimeout(timer);
  }

  function listen() {
    stop();
    if (document.hidden || leaving) return;
    source = new EventSource('/_qunying/events' + query);
    source.onmessage = function (event) { take(event.data); };
    source.addEventListener('displaced', pollSoon);
    source.onerror = pollSoon;
  }

  function pollSoon() {
    stop();
    if (!document.hidden && !leaving) timer = setTimeout(poll, pollEvery);
  }

  /* A preview that was started anew has another token: then the page is loaded again, with that. */
  function poll() {
    fetch('/_qunying/version' + query, { cache: 'no-store' }).then(function (response) {
      if (response.status === 403) return load();
      return response.text().then(take).then(pollSoon);
    }).catch(function () { showLost(); pollSoon(); });
  }

  document.addEventListener('visibilitychange', listen);
  window.addEventListener('focus', function () { if (!source) listen(); });
  window.addEventListener('pageshow', function (event) { if (event.persisted) listen(); });
  window.addEventListener('pagehide', stop);
  listen();
}());
