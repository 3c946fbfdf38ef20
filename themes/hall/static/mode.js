// How the visitor wants to read, settled before the first paint: 长辈版 (m=z), its size of text (s=1 to 4, 2 unless
// told), the roll as 名册 (v=l). The choice stands in the address, so that a file opened by double-click and a QR code
// keep it, and in localStorage. Other scripts find it as window.qunying. A screen in a hall (m=k) keeps nothing, for
// everybody touches it; it alone loads the kiosk's scripts and styles (docs/kiosk-face.md).
(function () {
  'use strict';
  const root = document.documentElement;
  const asked = new URLSearchParams(location.search);
  const entry = window.performance && performance.getEntriesByType ? performance.getEntriesByType('navigation')[0] : null;
  const returning = Boolean(entry) && entry.type === 'back_forward';

  function stored(name) {
    try { return localStorage.getItem('qunying.' + name) } catch (error) { return null }
  }
  function store(name, value) {
    try { localStorage.setItem('qunying.' + name, value) } catch (error) { /* then the address alone keeps it */ }
  }
  // Who comes back to a page finds it as he last chose, whatever its address said then.
  function chosen(name) {
    const kept = stored(name);
    return returning && kept !== null ? kept : asked.has(name) ? asked.get(name) : kept || '';
  }

  const site = {
    // The folder that the site lies in: scripts lie in static/.
    home: new URL('..', document.currentScript.src).href,
    // m, s and v as they are now.
    now: {},

    set: function (name, value) {
      site.now[name] = value;
      if (site.now.m !== 'k') store(name, value);
      site.show();
    },
    show: function () {
      const size = Number(site.now.s) || 2;
      root.classList.add('scripted');
      root.classList.toggle('elder', site.now.m === 'z');
      root.classList.toggle('kiosk', site.now.m === 'k');
      for (let step = 1; step <= 4; ++step) root.classList.toggle('size-' + step, Boolean(site.now.m) && size === step);
      root.classList.toggle('listed', site.now.v === 'l');
    },
    // Whether an address is a page of this site.
    isPage: function (address) {
      return address.indexOf(site.home) === 0 && /\.html$/.test(address.split(/[?#]/)[0]);
    },
    // The same address with `values` in its query; an empty value leaves it out.
    withValues: function (address, values) {
      const url = new URL(address, location.href);
      Object.keys(values).forEach(function (name) {
        if (values[name]) url.searchParams.set(name, values[name]);
        else url.searchParams.delete(name);
      });
      return url.href;
    },
    // An address of this site with the visitor's choice in it.
    carry: function (address) {
      return site.withValues(address, { m: site.now.m, s: site.now.m && site.now.s !== '2' ? site.now.s : '' });
    },
  };
  window.qunying = site;
  ['m', 's', 'v'].forEach(function (name) { site.now[name] = chosen(name) });
  const hall = asked.get('m') === 'k' || root.classList.contains('kiosk');
  if (hall) site.now = { m: 'k', s: asked.get('s') || '2', v: '' };
  if (!/^[1-4]$/.test(site.now.s)) site.now.s = '2';
  if (site.now.m !== 'z' && !hall) site.now.m = '';
  site.show();
  // Written into the page, so that it never shows without them.
  const parts = hall ? (document.currentScript.getAttribute('data-kiosk') || '').split(' ') : [];
  if (parts[0]) {
    root.classList.add('dark');
    document.write([site.home + 'kiosk/screen.css', site.home + 'kiosk/settings.js'].concat(parts).map(function (part) {
      return /\.css$/.test(part) ? '<link rel="stylesheet" href="' + part + '">' : '<script src="' + part + '"' + (/settings/.test(part) ? '' : ' defer') + '><\/script>';
    }).join(''));
  }
  if (site.now.m === 'z' && asked.get('m') === 'z') store('m', 'z');
})();
