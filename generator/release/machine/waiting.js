// Until the first release is installed: asks for it, and opens it.
'use strict';
(function () {
  var folder = 'file://@FOLDER@';
  window.QunyingKiosk = function (news) {
    if (/^[0-9]+$/.test(news.release)) location.replace(folder + '/releases/' + news.release + '/kiosk/index.html');
  };
  function ask() {
    var script = document.createElement('script');
    script.src = folder + '/current.js?' + Date.now();
    script.onload = script.onerror = function () { script.remove(); };
    document.head.appendChild(script);
  }
  // Not at once: a release that could not be opened when the browser was started is not tried again and again.
  setInterval(ask, 5000);
}());
